package dev.gatehouse.engine;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.OperationKind;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** What a person found out about an operation, as facts. Pure. */
final class Findings {
  private Findings() {}

  /**
   * The facts of a finding.
   *
   * @param effect the provider's id of what the operation did; empty if it did nothing
   */
  static PaymentFacts of(Payment payment, Operation operation, Optional<String> effect) {
    OperationStatus status = payment.status(operation);
    boolean taken = status == OperationStatus.UNDER_WAY || status == OperationStatus.SUCCEEDED;
    Snapshot.Builder found = Snapshot.builder();
    if (effect.isPresent()) {
      found.reference(payment.id().value()).mode(payment.mode());
      if (!isVouchedFor(payment, operation, effect.get())) {
        made(found, payment, operation, effect.get());
      }
    } else if (taken) {
      cameToNothing(found, payment, operation);
    }
    PaymentFacts facts = found.build().facts();
    SendStep step = effect.isPresent() || taken ? SendStep.HAD_EFFECT : SendStep.HAD_NONE;
    for (int number = 1; number <= operation.sends(); number++) {
      facts = facts.join(PaymentFacts.ofSend(operation.sendKey(number), step));
    }
    return facts;
  }

  /** Money of a charge that is seen already needs only somebody to say that it is ours. */
  static boolean isVouchedFor(Payment payment, Operation operation, String id) {
    Movement known = payment.facts().movements().get(id);
    return operation.kind() == OperationKind.CHARGE
        && known != null
        && known.is(MovementKind.CAPTURE);
  }

  private static void made(
      Snapshot.Builder found, Payment payment, Operation operation, String id) {
    switch (operation.kind()) {
      case SET_UP ->
          found.attempt(
              operation.key(),
              Attempt.at(AttemptStep.SUCCEEDED).causedBy(operation.key()).storing(id));
      case REMOVE -> found.credential(operation.target(), Credential.removed());
      case CHARGE -> succeeded(found, payment, operation, id, id);
      case COMPLETE -> succeeded(found, payment, operation, operation.target(), id);
      case CAPTURE, REFUND -> found.movement(id, movement(operation, MovementStep.DONE));
      case VOID ->
          found.authorization(operation.target(), Authorization.over(AuthorizationEnd.VOIDED));
    }
  }

  private static void succeeded(
      Snapshot.Builder found, Payment payment, Operation operation, String attempt, String id) {
    Money amount = payment.terms().orElseThrow().amount();
    Attempt made = Attempt.at(AttemptStep.SUCCEEDED).with(amount);
    boolean ours = operation.kind() == OperationKind.CHARGE;
    found.attempt(attempt, ours ? made.causedBy(operation.key()) : made);
    if (payment.terms().orElseThrow().capture() == CaptureMode.MANUAL) {
      found.authorization(id, Authorization.of(amount));
    } else {
      found.movement(
          id, Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(amount).ofCharge(attempt));
    }
  }

  /** The provider had accepted it, and nothing came of it. */
  private static void cameToNothing(Snapshot.Builder found, Payment payment, Operation operation) {
    switch (operation.kind()) {
      case CHARGE, SET_UP -> {
        Set<String> attempts = payment.facts().attempts().keySet();
        if (attempts.isEmpty()) {
          Attempt none = Attempt.at(AttemptStep.FAILED).causedBy(operation.key());
          found.attempt(operation.key(), none);
        }
        attempts.forEach(id -> found.attempt(id, Attempt.at(AttemptStep.FAILED)));
      }
      case COMPLETE -> found.attempt(operation.target(), Attempt.at(AttemptStep.FAILED));
      case CAPTURE, REFUND ->
          found.movement(operation.key(), movement(operation, MovementStep.NEVER));
      case VOID, REMOVE -> {}
    }
  }

  private static Movement movement(Operation operation, MovementStep step) {
    MovementKind kind =
        operation.kind() == OperationKind.CAPTURE ? MovementKind.CAPTURE : MovementKind.REFUND;
    return Movement.of(kind, step)
        .with(operation.amount().orElseThrow())
        .outOf(operation.target())
        .causedBy(operation.key());
  }
}
