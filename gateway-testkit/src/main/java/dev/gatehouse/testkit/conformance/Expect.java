package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What has to be; each message says what was seen instead. */
final class Expect {
  private Expect() {}

  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  static void equal(String what, @Nullable Object expected, @Nullable Object seen) {
    that(Objects.equals(expected, seen), what + " is " + seen + " instead of " + expected + ".");
  }

  static void noMore(String what, Money most, Money seen) {
    that(
        seen.getCurrencyUnit().equals(most.getCurrencyUnit()) && !seen.isGreaterThan(most),
        what + " is " + seen + ", and may be " + most + " at most.");
  }

  static <O extends Outcome> O outcome(Class<O> wanted, Outcome outcome) {
    that(
        wanted.isInstance(outcome),
        "The answer was " + Words.of(outcome) + " instead of " + wanted.getSimpleName() + ".");
    return wanted.cast(outcome);
  }

  static <L extends Lookup> L lookup(Class<L> wanted, Lookup lookup) {
    that(
        wanted.isInstance(lookup),
        "The lookup said " + Words.of(lookup) + " instead of " + wanted.getSimpleName() + ".");
    return wanted.cast(lookup);
  }

  /** That it was refused, and nobody has to find out what became of it. */
  static void refused(String what, Outcome outcome) {
    that(
        outcome instanceof Outcome.NotSent || outcome instanceof Outcome.Declined,
        what + " was answered with " + Words.of(outcome) + ".");
  }

  /** That nothing was done because of the state in which it was; no bank has been asked. */
  static void invalidState(String what, Outcome outcome) {
    that(
        outcome instanceof Outcome.NotSent notSent
            && notSent.failure().category() == ErrorCategory.INVALID_STATE,
        what + " was answered with " + Words.of(outcome) + ".");
  }

  /** That it was not said to have come, or to be coming, about. */
  static void noSuccess(String what, Outcome outcome) {
    that(
        !(outcome instanceof Outcome.Succeeded) && !(outcome instanceof Outcome.Pending),
        what + " was answered with " + Words.of(outcome) + ".");
  }

  /** The one attempt that facts show, with its id. */
  static Map.Entry<String, Attempt> attempt(PaymentFacts facts) {
    that(
        facts.attempts().size() == 1,
        "The snapshot shows " + facts.attempts().size() + " attempts instead of 1.");
    return facts.attempts().entrySet().iterator().next();
  }

  /** That a movement is shown as what this operation of ours did. */
  static void causedBy(String key, Movement movement) {
    equal("The key that the movement is shown under", Flat.of(key), movement.operation());
  }

  /** The movement with this id, which has to be there. */
  static Movement movement(PaymentFacts facts, String id) {
    Movement movement = facts.movements().get(id);
    if (movement == null) {
      throw new AssertionError("The snapshot shows no movement " + id + ".");
    }
    return movement;
  }

  /** The ids of what has moved for good. */
  static List<String> done(PaymentFacts facts, MovementKind kind) {
    return facts.movements().entrySet().stream()
        .filter(entry -> entry.getValue().is(kind))
        .filter(entry -> entry.getValue().step().isAt(MovementStep.DONE))
        .map(Map.Entry::getKey)
        .toList();
  }
}
