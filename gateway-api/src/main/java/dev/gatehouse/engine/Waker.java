package dev.gatehouse.engine;

import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens when an alarm goes off: sends go out again that provably had no effect, outcomes in
 * doubt are found as the gateway declares, and payments under way are looked up. Thread-safe.
 */
final class Waker {
  private final Store store;
  private final Gateways gateways;
  private final Caller caller;
  private final Observer observer;
  private final Pace pace;
  private final EnginePolicy policy;
  private final Clock clock;

  Waker(
      Store store,
      Gateways gateways,
      Caller caller,
      Observer observer,
      Pace pace,
      EnginePolicy policy,
      Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.caller = caller;
    this.observer = observer;
    this.pace = pace;
    this.policy = policy;
    this.clock = clock;
  }

  /** A checkout's time may be over. */
  void wake(CheckoutId id) {
    caller.change(id, known -> known);
  }

  /** A payment wants to be looked at. */
  void wake(PaymentId id) {
    Case known = store.caseOf(id).orElseThrow(() -> Committer.notFound("payment", id.value()));
    Payment payment = known.payment(id).orElseThrow();
    if (gateways.find(payment.gateway()).isEmpty()) {
      observer.waitForGateway(id);
      return;
    }
    pace.look(payment.gateway(), () -> look(known, payment));
  }

  private void look(Case known, Payment payment) {
    boolean looked = false;
    Effects effects = payment.effects();
    for (Operation operation : payment.operations()) {
      boolean inDoubt = effects.status(operation) == OperationStatus.IN_DOUBT;
      if (inDoubt && !isInFlight(operation)) {
        recover(known, payment, operation);
        looked = true;
      }
    }
    if (!looked && Attention.wants(payment, known.checkout(), policy, clock.instant())) {
      observer.poll(payment);
    } else {
      caller.changePayment(payment.id(), this::withoutAlarmThatWentOff);
    }
  }

  /** Then it is set anew, though nothing else may change. */
  private Payment withoutAlarmThatWentOff(Payment payment) {
    boolean wentOff = payment.wakeAt().filter(at -> !at.isAfter(clock.instant())).isPresent();
    return wentOff ? payment.wakingAt(Optional.empty()) : payment;
  }

  private void recover(Case known, Payment payment, Operation operation) {
    Recovery recovery =
        gateways.gateway(payment.gateway()).description().recoveryOf(operation.kind());
    if (recovery.lookup().isPresent()) {
      observer.recover(payment, operation);
      return;
    }
    if (!mayReplay(known, payment, operation, recovery)) {
      // A look can't prove that there is nothing; what it finds spares a person all the same.
      observer.poll(payment);
    }
    caller.change(payment.id(), now -> replayed(now, payment.id(), operation, recovery));
  }

  /** One more send of the same operation under the same key; or else a person must decide. */
  private Case replayed(Case known, PaymentId id, Operation doubted, Recovery recovery) {
    Payment payment = known.payment(id).orElseThrow();
    Operation operation = payment.operation(doubted.key()).orElseThrow();
    if (operation.sends() != doubted.sends()
        || payment.status(operation) != OperationStatus.IN_DOUBT) {
      return known;
    }
    return known.with(
        mayReplay(known, payment, operation, recovery)
            ? Resends.sentAgain(payment, operation, clock.instant())
            : payment.with(operation.leaveToPerson()));
  }

  /**
   * A replay executes if the first send never arrived, so it is made only while it is wanted. It is
   * tried once at least, and then until a person is to be told.
   */
  private boolean mayReplay(Case known, Payment payment, Operation operation, Recovery recovery) {
    Instant now = clock.instant();
    boolean keyLives =
        recovery.replay().filter(r -> now.isBefore(operation.createdAt().plus(r))).isPresent();
    boolean patient = operation.sends() == 1 || !observer.isDoubtedTooLong(operation);
    return keyLives
        && patient
        && !operation.leftToPerson()
        && Resends.isWanted(known, payment, operation, () -> Resends.funds(payment, operation));
  }

  private boolean isInFlight(Operation operation) {
    Instant lost = operation.lastSentAt().plus(policy.callGrace());
    return operation.failure().isEmpty() && clock.instant().isBefore(lost);
  }
}
