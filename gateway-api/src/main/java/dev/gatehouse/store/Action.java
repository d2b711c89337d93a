package dev.gatehouse.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that a person did, or was about to do when the process died. Holds neither personal
 * data of customers nor secrets.
 *
 * @param number its place in the log, from 1; 0 before it was kept
 * @param at when it was begun
 * @param actor who
 * @param what which action, as a word such as {@code settle}
 * @param subject about what: the id of a payment or a customer, or of a hook
 * @param detail what exactly, such as an operation's key; may be empty
 * @param reason why
 * @param outcome what came of it, as a line; empty while it is being done, and for ever if the
 *     process died before its end
 */
public record Action(
    long number,
    Instant at,
    String actor,
    String what,
    String subject,
    String detail,
    String reason,
    Optional<String> outcome) {

  /** One that begins now. */
  public static Action beginning(
      Instant at, String actor, String what, String subject, String detail, String reason) {
    return new Action(0, at, actor, what, subject, detail, reason, Optional.empty());
  }

  /** This, as the log holds it. */
  public Action numbered(long place) {
    return new Action(place, at, actor, what, subject, detail, reason, outcome);
  }

  /** This, with what came of it. */
  public Action ended(String result) {
    return new Action(number, at, actor, what, subject, detail, reason, Optional.of(result));
  }
}
