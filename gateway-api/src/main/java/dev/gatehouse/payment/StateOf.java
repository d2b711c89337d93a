package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives the state of a payment: money first, then holds, then attempts, then our own sends. */
final class StateOf {
  private StateOf() {}

  static PaymentState payment(Payment payment) {
    return switch (payment.purpose()) {
      case PAYMENT -> money(payment);
      case SET_UP -> setUp(payment);
      case REMOVAL -> ofFirst(payment);
    };
  }

  private static PaymentState money(Payment payment) {
    PaymentFacts ledger = payment.ledger();
    return ofMoney(payment)
        .or(() -> ofHolds(ledger.authorizations().values()))
        .or(() -> ofAttempts(payment, ledger.attempts()))
        .orElseGet(() -> ofSends(payment));
  }

  private static PaymentState setUp(Payment payment) {
    Map<String, Attempt> attempts = payment.facts().attempts();
    boolean stored =
        attempts.values().stream()
            .anyMatch(a -> a.isCurrent() && a.step().reached(AttemptStep.SUCCEEDED));
    return stored
        ? PaymentState.DONE
        : ofAttempts(payment, attempts).orElseGet(() -> ofFirst(payment));
  }

  private static Optional<PaymentState> ofMoney(Payment payment) {
    Totals totals = payment.totals().orElse(null);
    if (totals == null || totals.captured().isZero()) {
      return Optional.empty();
    }
    if (totals.authorized().isPositive()) {
      return Optional.of(PaymentState.PARTLY_CAPTURED);
    }
    if (!totals.captured().isGreaterThan(totals.uncaptured())) {
      return Optional.of(PaymentState.REVERSED);
    }
    if (totals.refunded().isZero()) {
      return Optional.of(PaymentState.CAPTURED);
    }
    boolean all = !totals.captured().minus(totals.uncaptured()).isGreaterThan(totals.refunded());
    return Optional.of(all ? PaymentState.REFUNDED : PaymentState.PARTLY_REFUNDED);
  }

  private static Optional<PaymentState> ofHolds(Collection<Authorization> holds) {
    if (holds.isEmpty()) {
      return Optional.empty();
    }
    if (holds.stream().anyMatch(Authorization::isAlive)) {
      return Optional.of(PaymentState.AUTHORIZED);
    }
    if (holds.stream().anyMatch(hold -> hold.end().has(AuthorizationEnd.VOIDED))) {
      return Optional.of(PaymentState.VOIDED);
    }
    boolean expired = holds.stream().anyMatch(h -> h.end().has(AuthorizationEnd.EXPIRED));
    // Exhausted, or another took its place: a capture or another hold came of it, which was not
    // seen yet.
    return Optional.of(expired ? PaymentState.EXPIRED : PaymentState.PENDING);
  }

  private static Optional<PaymentState> ofAttempts(Payment payment, Map<String, Attempt> all) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (all.values().stream().noneMatch(Attempt::isCurrent)) {
      // The one that took the place was not seen yet.
      return Optional.of(PaymentState.PENDING);
    }
    List<Attempt> attempts =
        all.entrySet().stream()
            .filter(entry -> entry.getValue().isCurrent())
            .filter(entry -> !isGivenUp(payment, entry.getKey(), entry.getValue()))
            .map(Map.Entry::getValue)
            .toList();
    if (attempts.stream().allMatch(a -> a.step().reached(AttemptStep.FAILED))) {
      return Optional.of(PaymentState.FAILED);
    }
    boolean works =
        attempts.stream()
            .anyMatch(
                a ->
                    !a.step().isAt(AttemptStep.ACTION_NEEDED)
                        && !a.step().reached(AttemptStep.FAILED));
    // One that neither works nor failed waits for the customer.
    return Optional.of(works ? PaymentState.PENDING : PaymentState.ACTION_REQUIRED);
  }

  /** An approved attempt goes on only if we complete it. */
  private static boolean isGivenUp(Payment payment, String id, Attempt attempt) {
    return attempt.step().isAt(AttemptStep.APPROVED)
        && payment.operations().stream()
            .filter(o -> o.kind() == OperationKind.COMPLETE && o.target().equals(id))
            .anyMatch(o -> o.closed() && payment.status(o) == OperationStatus.NO_EFFECT);
  }

  private static PaymentState ofSends(Payment payment) {
    return payment.operations().stream()
        .filter(o -> o.kind() == OperationKind.CHARGE)
        .findFirst()
        .map(charge -> of(payment, charge))
        .orElse(PaymentState.PENDING);
  }

  /** What moves no money has one operation that says where it stands: the first. */
  private static PaymentState ofFirst(Payment payment) {
    Operation first = payment.operations().get(0);
    boolean done =
        first.kind() == OperationKind.REMOVE && payment.status(first) == OperationStatus.SUCCEEDED;
    return done ? PaymentState.DONE : of(payment, first);
  }

  private static PaymentState of(Payment payment, Operation begun) {
    return switch (payment.status(begun)) {
      case IN_DOUBT -> PaymentState.IN_DOUBT;
      case NO_EFFECT -> begun.closed() ? PaymentState.FAILED : PaymentState.PENDING;
      case FAILED -> PaymentState.FAILED;
      case UNDER_WAY, SUCCEEDED -> PaymentState.PENDING;
    };
  }
}
