package dev.gatehouse.engine;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether a late answer shows once more what is known to be the effect of a later send. All sends
 * of an operation carry one key, so a provider that keeps keys answers each of them with the one
 * effect: which send made it is not to be told. Pure.
 */
final class SameEffect {
  private SameEffect() {}

  /**
   * Whether the answer says nothing of its own send, of which we had concluded that it had no
   * effect. Only if a later send had one, exactly one is known, and the answer shows that one and
   * no other: a second effect, from whichever send, must contradict what we concluded.
   */
  static boolean isShown(Payment payment, Operation operation, Send send, PaymentFacts shown) {
    PaymentFacts known = payment.facts();
    return step(known, operation, send.number()).isAt(SendStep.HAD_NONE)
        && hadLaterEffect(known, operation, send)
        && isTheOne(effects(operation, known), effects(operation, shown))
        && isNothingElse(known, shown);
  }

  private static boolean isTheOne(Set<String> known, Set<String> shown) {
    return known.size() == 1 && shown.equals(known);
  }

  private static boolean isNothingElse(PaymentFacts known, PaymentFacts shown) {
    return known.attempts().keySet().containsAll(shown.attempts().keySet())
        && known.authorizations().keySet().containsAll(shown.authorizations().keySet())
        && known.movements().keySet().containsAll(shown.movements().keySet());
  }

  private static boolean hadLaterEffect(PaymentFacts known, Operation operation, Send send) {
    for (int number = send.number() + 1; number <= operation.sends(); number++) {
      if (step(known, operation, number).isAt(SendStep.HAD_EFFECT)) {
        return true;
      }
    }
    return false;
  }

  private static Chain<SendStep> step(PaymentFacts known, Operation operation, int number) {
    return known.sends().getOrDefault(operation.sendKey(number), Chain.unknown());
  }

  /** The provider's ids of what the operation may have made or released. */
  private static Set<String> effects(Operation operation, PaymentFacts facts) {
    return switch (operation.kind()) {
      case CHARGE, SET_UP ->
          ids(
              facts.attempts(),
              a -> a.operation().isUnknown() || a.operation().has(operation.key()));
      case COMPLETE -> {
        Set<String> made = new TreeSet<>(facts.authorizations().keySet());
        made.addAll(ids(facts.movements(), m -> !m.is(MovementKind.REFUND)));
        yield made;
      }
      case CAPTURE, REFUND -> ids(facts.movements(), m -> m.operation().has(operation.key()));
      case VOID ->
          ids(facts.authorizations(), SameEffect::isVoided).stream()
              .filter(operation.target()::equals)
              .collect(Collectors.toSet());
      case REMOVE ->
          ids(facts.credentials(), Credential::isRemoved).stream()
              .filter(operation.target()::equals)
              .collect(Collectors.toSet());
    };
  }

  private static boolean isVoided(Authorization hold) {
    return hold.end().has(AuthorizationEnd.VOIDED);
  }

  private static <T> Set<String> ids(SortedMap<String, T> facts, Predicate<T> of) {
    return facts.entrySet().stream()
        .filter(entry -> of.test(entry.getValue()))
        .map(SortedMap.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
