package dev.gatehouse.paypal;

import dev.gatehouse.facts.PaymentFacts;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attempts of one order. The first has the order's id. When PayPal declines what the payer
 * chose and wants the payer again, that attempt has failed, and the next one has the order's id and
 * the time of the decline: an approval counts for it only if it came later.
 *
 * @param order PayPal's id
 * @param attempt the attempt's id
 * @param since when PayPal wanted the payer again; empty for the first attempt
 */
record Rounds(String order, String attempt, Optional<Instant> since) {
  private static final Pattern AGAIN = Pattern.compile("(.+)~([0-9]{1,12})");

  static Rounds of(String attempt) {
    Matcher again = AGAIN.matcher(attempt);
    return again.matches()
        ? new Rounds(
            again.group(1),
            attempt,
            Optional.of(Instant.ofEpochSecond(Long.parseLong(again.group(2)))))
        : new Rounds(attempt, attempt, Optional.empty());
  }

  /** An order of which a person named what came of it: their word stands for its attempt. */
  static Rounds settled(String order, String named) {
    return new Rounds(order, named, Optional.empty());
  }

  /** The first attempt of the order, under which its money is kept. */
  String charge() {
    return of(attempt).order();
  }

  /** The attempt of an order that counts now. */
  static Rounds now(String order, PaymentFacts known) {
    return known.attempts().keySet().stream()
        .map(Rounds::of)
        .filter(round -> round.order().equals(order))
        .reduce(of(order), Rounds::later);
  }

  private Rounds later(Rounds other) {
    return since.orElse(Instant.MIN).isBefore(other.since.orElse(Instant.MIN)) ? other : this;
  }

  /** The one after it, of an order that was declined at this time. */
  Rounds next(Instant declined) {
    long after = since.map(time -> time.getEpochSecond() + 1).orElse(0L);
    return of(order + "~" + Math.max(after, declined.getEpochSecond()));
  }
}
