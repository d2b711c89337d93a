package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import java.time.Instant;
import java.util.Optional;

/** When to look at a record again. A record's alarm is part of it; there is no other job. Pure. */
final class Alarms {
  private Alarms() {}

  static Checkout set(Checkout checkout, Instant now) {
    boolean waits = !checkout.state().isTerminal() && now.isBefore(checkout.expiresAt());
    return checkout.wakingAt(waits ? Optional.of(checkout.expiresAt()) : Optional.empty());
  }

  static Payment set(
      Payment payment,
      Optional<Checkout> checkout,
      EnginePolicy policy,
      Decider.Abilities abilities,
      Instant now) {
    Optional<Instant> next = Optional.empty();
    Effects effects = payment.effects();
    for (Operation operation : payment.operations()) {
      OperationStatus status = effects.status(operation);
      next = earlier(next, of(payment, operation, status, policy, abilities, now));
    }
    if (Attention.wants(payment, checkout, policy, now)) {
      next = earlier(next, Optional.of(now.plus(policy.pollAfter(payment.quietPolls()))));
    }
    return payment.wakingAt(next);
  }

  private static Optional<Instant> of(
      Payment payment,
      Operation operation,
      OperationStatus status,
      EnginePolicy policy,
      Decider.Abilities abilities,
      Instant now) {
    Instant nextLook = now.plus(policy.pollAfter(payment.quietPolls()));
    if (status == OperationStatus.NO_EFFECT) {
      return operation.nextSendAt();
    }
    if (status != OperationStatus.IN_DOUBT) {
      return Optional.empty();
    }
    boolean hopeless =
        operation.leftToPerson()
            && abilities.isConfigured(payment)
            && abilities.recovery(payment, operation.kind()).lookup().isEmpty();
    if (hopeless) {
      return Optional.empty();
    }
    Instant lost = operation.lastSentAt().plus(policy.callGrace());
    boolean inFlight = operation.failure().isEmpty() && now.isBefore(lost);
    if (inFlight) {
      return Optional.of(lost);
    }
    Instant patience = operation.createdAt().plus(policy.doubtPatience());
    boolean endsFirst = now.isBefore(patience) && patience.isBefore(nextLook);
    return Optional.of(endsFirst ? patience : nextLook);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return other.get().isBefore(one.get()) ? other : one;
  }
}
