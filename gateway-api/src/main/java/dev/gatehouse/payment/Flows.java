package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.OperationKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final PaymentFacts facts;
  private Money claimed;
  private Money withdrawing;
  private Money ofNoHold;
  private boolean ofUnknownAmount;

  Flows(Payment payment, PaymentFacts facts, CurrencyUnit currency) {
    this.currency = currency;
    this.facts = facts;
    claimed = Money.zero(currency);
    withdrawing = Money.zero(currency);
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

  /** What disputes are about to take. */
  Money withdrawing() {
    return withdrawing;
  }

  /** Whether money left, or is leaving, of which nobody said in this currency how much. */
  boolean ofUnknownAmount() {
    return ofUnknownAmount;
  }

  /** What our own refunds may yet claim that no movement shows. */
  Money unseenRefunds() {
    return unseenRefunds.values().stream().reduce(Money.zero(currency), Money::plus);
  }

  /** What refunds took of a capture, or may yet. */
  Money refundedOf(String capture) {
    return of(refunded, capture).plus(of(unseenRefunds, capture));
  }

  /** What disputes keep of a charge, or are about to take; of which capture is not known. */
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
    return ours(movement.amount().values().stream())
        .reduce((one, other) -> one.isLessThan(other) ? one : other)
        .orElse(none());
  }

  /** The most that a movement may be about, which is at least what we asked for. */
  private Optional<Money> most(Movement movement) {
    Stream<Money> asked =
        movement.operation().value().map(operations::get).stream()
            .flatMap(operation -> operation.amount().stream());
    return ours(Stream.concat(asked, movement.amount().values().stream()))
        .reduce((one, other) -> one.isLessThan(other) ? other : one);
  }

  private void add(Movement movement) {
    boolean mayMove = !movement.step().reached(MovementStep.NEVER);
    Optional<Money> known = most(movement);
    Money amount = known.orElse(none());
    if (mayMove && movement.is(MovementKind.REFUND)) {
      ofUnknownAmount |= known.isEmpty();
      claimed = claimed.plus(amount);
      movement.parent().values().forEach(capture -> add(refunded, capture, amount));
    } else if (mayMove && movement.is(MovementKind.CAPTURE)) {
      ofNoHold = movement.parent().isUnknown() ? ofNoHold.plus(amount) : ofNoHold;
      movement.parent().values().forEach(hold -> add(captured, hold, amount));
    } else if (mayMove && movement.is(MovementKind.DISPUTE_WITHDRAWAL)) {
      ofUnknownAmount |= known.isEmpty();
      boolean open = movement.step().isAt(MovementStep.OPEN);
      withdrawing = open ? withdrawing.plus(amount) : withdrawing;
      movement.charge().values().forEach(charge -> add(disputed, charge, amount));
    } else if (movement.is(MovementKind.DISPUTE_REINSTATEMENT)
        && movement.step().isAt(MovementStep.DONE)) {
      Money back = least(movement).negated();
      movement.charge().values().forEach(charge -> add(disputed, charge, back));
    }
  }

  private void addUnseen(Operation operation) {
    Money amount = ours(operation.amount().stream()).findFirst().orElse(none());
    if (operation.kind() == OperationKind.REFUND) {
      add(unseenRefunds, operation.target(), amount);
    } else if (operation.kind() == OperationKind.CAPTURE) {
      heirsOf(operation.target()).forEach(hold -> add(unseenCaptures, hold, amount));
    }
  }

  /** A hold and those that it goes on in: what is taken of it is taken of them. */
  private Set<String> heirsOf(String hold) {
    Set<String> heirs = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(hold));
    while (!next.isEmpty()) {
      String heir = next.remove();
      if (heirs.add(heir) && facts.authorizations().containsKey(heir)) {
        next.addAll(facts.authorizations().get(heir).supersededBy().values());
      }
    }
    return heirs;
  }

  private static boolean mayYetMove(Operation operation, Effects effects) {
    boolean over = operation.closed() && effects.status(operation) == OperationStatus.NO_EFFECT;
    return !effects.isSeen(operation) && !over;
  }

  private Stream<Money> ours(Stream<Money> amounts) {
    return amounts.filter(money -> money.getCurrencyUnit().equals(currency));
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
