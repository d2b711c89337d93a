package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.OperationKind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What went, or may yet go, out of each capture and each hold of a payment, in one currency: added
 * up once, however many of them are asked about.
 */
final class Flows {
  private final CurrencyUnit currency;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Money> refunded = new HashMap<>();
  private final Map<String, Money> captured = new HashMap<>();
  private final Map<String, Money> disputed = new HashMap<>();
  private final Map<String, Money> unseenRefunds = new HashMap<>();
  private final Map<String, Money> unseenCaptures = new HashMap<>();
  private Money claimed;
  private Money ofNoHold;

  Flows(Payment payment, PaymentFacts facts, CurrencyUnit currency) {
    this.currency = currency;
    claimed = Money.zero(currency);
    ofNoHold = Money.zero(currency);
    payment.operations().forEach(operation -> operations.put(operation.key(), operation));
    facts.movements().values().forEach(this::add);
    Effects effects = payment.effects();
    payment.operations().stream()
        .filter(operation -> mayYetMove(operation, effects))
        .forEach(this::addUnseen);
  }

  /** What all refunds claim, done or under way. */
  Money claimed() {
    return claimed;
  }

  /** What our own refunds may yet claim that no movement shows. */
  Money unseenRefunds() {
    return unseenRefunds.values().stream().reduce(Money.zero(currency), Money::plus);
  }

  /** What refunds took of a capture, or may yet. */
  Money refundedOf(String capture) {
    return of(refunded, capture).plus(of(unseenRefunds, capture));
  }

  /** What disputes keep of a charge; of which of its captures is not known. */
  Money disputedOf(String charge) {
    Money lost = of(disputed, charge);
    return lost.isNegative() ? none() : lost;
  }

  /** What captures took of a hold, or may yet. One that names no hold may be of any. */
  Money capturedOf(String hold) {
    return of(captured, hold).plus(of(unseenCaptures, hold)).plus(ofNoHold);
  }

  /** The least that a movement may be about, where its amounts contradict each other. */
  Money least(Movement movement) {
    return amounts(movement)
        .reduce((one, other) -> one.isLessThan(other) ? one : other)
        .orElse(none());
  }

  /** The most that a movement may be about, which is at least what we asked for. */
  private Money most(Movement movement) {
    Stream<Money> asked =
        movement.operation().value().map(operations::get).stream()
            .flatMap(operation -> operation.amount().stream());
    return Stream.concat(asked, amounts(movement))
        .reduce((one, other) -> one.isLessThan(other) ? other : one)
        .orElse(none());
  }

  private void add(Movement movement) {
    boolean mayMove = !movement.step().reached(MovementStep.NEVER);
    boolean stands = movement.step().isAt(MovementStep.DONE);
    if (mayMove && movement.is(MovementKind.REFUND)) {
      claimed = claimed.plus(most(movement));
      movement.parent().values().forEach(capture -> add(refunded, capture, most(movement)));
    } else if (mayMove && movement.is(MovementKind.CAPTURE)) {
      ofNoHold = movement.parent().isUnknown() ? ofNoHold.plus(most(movement)) : ofNoHold;
      movement.parent().values().forEach(hold -> add(captured, hold, most(movement)));
    } else if (stands && movement.is(MovementKind.DISPUTE_WITHDRAWAL)) {
      movement.charge().values().forEach(charge -> add(disputed, charge, most(movement)));
    } else if (stands && movement.is(MovementKind.DISPUTE_REINSTATEMENT)) {
      Money back = least(movement).negated();
      movement.charge().values().forEach(charge -> add(disputed, charge, back));
    }
  }

  private void addUnseen(Operation operation) {
    Money amount = operation.amount().orElse(none());
    if (operation.kind() == OperationKind.REFUND) {
      add(unseenRefunds, operation.target(), amount);
    } else if (operation.kind() == OperationKind.CAPTURE) {
      add(unseenCaptures, operation.target(), amount);
    }
  }

  private static boolean mayYetMove(Operation operation, Effects effects) {
    boolean over = operation.closed() && effects.status(operation) == OperationStatus.NO_EFFECT;
    return !effects.isSeen(operation) && !over;
  }

  private Stream<Money> amounts(Movement movement) {
    return movement.amount().values().stream()
        .filter(money -> money.getCurrencyUnit().equals(currency));
  }

  private Money of(Map<String, Money> sums, String key) {
    return sums.getOrDefault(key, none());
  }

  private static void add(Map<String, Money> sums, String key, Money amount) {
    sums.merge(key, amount, Money::plus);
  }

  private Money none() {
    return Money.zero(currency);
  }
}
