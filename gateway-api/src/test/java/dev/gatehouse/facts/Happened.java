package dev.gatehouse.facts;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that once happened to a payment and cannot un-happen.
 *
 * @param what what happened
 * @param id the provider's id of what it happened to
 */
public record Happened(What what, String id) implements Comparable<Happened> {

  /** The kinds of happenings. A movement has failed when it never came about or was undone. */
  public enum What {
    ATTEMPT_SUCCEEDED,
    ATTEMPT_FAILED,
    AUTHORIZATION_GIVEN,
    AUTHORIZATION_ENDED,
    CAPTURE_DONE,
    CAPTURE_FAILED,
    CAPTURE_UNDONE,
    REFUND_DONE,
    REFUND_FAILED,
    REFUND_UNDONE,
    DISPUTE_OPENED,
    DISPUTE_WITHDREW,
    DISPUTE_REINSTATED
  }

  @Override
  public int compareTo(Happened other) {
    int byWhat = what.compareTo(other.what);
    return byWhat != 0 ? byWhat : id.compareTo(other.id);
  }

  /** What the facts say has happened. The ledger model says the same without them. */
  public static SortedSet<Happened> in(PaymentFacts facts) {
    SortedSet<Happened> all = new TreeSet<>();
    facts
        .attempts()
        .forEach(
            (id, attempt) -> {
              addIf(all, attempt.step().reached(AttemptStep.SUCCEEDED), What.ATTEMPT_SUCCEEDED, id);
              addIf(all, attempt.step().reached(AttemptStep.FAILED), What.ATTEMPT_FAILED, id);
            });
    facts
        .authorizations()
        .forEach(
            (id, authorization) -> {
              all.add(new Happened(What.AUTHORIZATION_GIVEN, id));
              addIf(all, !authorization.isAlive(), What.AUTHORIZATION_ENDED, id);
            });
    facts.movements().forEach((id, movement) -> addMovement(all, id, movement));
    facts.disputes().keySet().forEach(id -> all.add(new Happened(What.DISPUTE_OPENED, id)));
    return all;
  }

  private static void addMovement(SortedSet<Happened> all, String id, Movement movement) {
    boolean done = movement.step().reached(MovementStep.DONE);
    boolean failed = movement.step().reached(MovementStep.NEVER);
    boolean undone = movement.step().reached(MovementStep.UNDONE);
    if (movement.is(MovementKind.CAPTURE)) {
      addIf(all, done, What.CAPTURE_DONE, id);
      addIf(all, failed, What.CAPTURE_FAILED, id);
      addIf(all, undone, What.CAPTURE_UNDONE, id);
    } else if (movement.is(MovementKind.REFUND)) {
      addIf(all, done, What.REFUND_DONE, id);
      addIf(all, failed, What.REFUND_FAILED, id);
      addIf(all, undone, What.REFUND_UNDONE, id);
    } else if (movement.is(MovementKind.DISPUTE_WITHDRAWAL)) {
      addIf(all, done, What.DISPUTE_WITHDREW, id);
    } else if (movement.is(MovementKind.DISPUTE_REINSTATEMENT)) {
      addIf(all, done, What.DISPUTE_REINSTATED, id);
    }
  }

  private static void addIf(SortedSet<Happened> all, boolean happened, What what, String id) {
    if (happened) {
      all.add(new Happened(what, id));
    }
  }
}
