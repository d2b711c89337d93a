package dev.gatehouse.payment;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What may still be captured and refunded. Operations of ours whose outcome is open count as if
 * they had succeeded, so that what we request never exceeds what there is.
 */
public final class Funds {
  private final PaymentFacts facts;
  private final CurrencyUnit currency;
  private final Flows flows;
  private final Money left;

  private Funds(Payment payment, CurrencyUnit currency) {
    this.facts = payment.ledger();
    this.currency = currency;
    this.flows = new Flows(payment, facts, currency);
    this.left = left();
  }

  /** The funds of a payment, in a currency. */
  public static Funds of(Payment payment, CurrencyUnit currency) {
    return new Funds(payment, currency);
  }

  /** What may be refunded in all: of the captures that are known, as a refund is of one. */
  public Money refundable() {
    Money ofCaptures =
        refundableByCapture().values().stream().reduce(Money.zero(currency), Money::plus);
    Money least = left.isLessThan(ofCaptures) ? left : ofCaptures;
    return least.isNegative() ? Money.zero(currency) : least;
  }

  /** The currency that it is all in. */
  public CurrencyUnit currency() {
    return currency;
  }

  /**
   * Whether nobody can say how much went back, or will: a dispute is not decided, or what a refund
   * or a dispute took is not known in our currency.
   */
  public boolean isDoubtful() {
    return flows.ofUnknownAmount()
        || facts.disputes().values().stream().anyMatch(dispute -> !dispute.isDecided());
  }

  /**
   * What may be refunded of each capture, by its id; captures with nothing left are not in it. What
   * disputes took of a charge is taken off its captures together: first off the one that has just
   * that much, then off the others in their order.
   */
  public SortedMap<String, Money> refundableByCapture() {
    Map<String, SortedMap<String, Money>> charges = new HashMap<>();
    facts
        .movements()
        .forEach(
            (id, movement) -> {
              if (movement.is(MovementKind.CAPTURE) && movement.step().isAt(MovementStep.DONE)) {
                charges
                    .computeIfAbsent(movement.charge().value().orElse(""), c -> new TreeMap<>())
                    .put(id, leftOf(id, movement));
              }
            });
    SortedMap<String, Money> byCapture = new TreeMap<>();
    charges.forEach(
        (charge, captures) -> byCapture.putAll(without(flows.disputedOf(charge), captures)));
    byCapture.values().removeIf(money -> !money.isPositive());
    return byCapture;
  }

  private SortedMap<String, Money> without(Money disputed, SortedMap<String, Money> captures) {
    SortedMap<String, Money> rest = new TreeMap<>(captures);
    Optional<String> same =
        captures.entrySet().stream()
            .filter(capture -> capture.getValue().isEqual(disputed))
            .map(Map.Entry::getKey)
            .findFirst();
    if (same.isPresent()) {
      rest.remove(same.get());
      return rest;
    }
    Money toTake = disputed;
    for (Map.Entry<String, Money> capture : rest.entrySet()) {
      Money has = capture.getValue();
      Money taken = has.isLessThan(toTake) ? has : toTake;
      if (taken.isPositive()) {
        capture.setValue(has.minus(taken));
        toTake = toTake.minus(taken);
      }
    }
    return rest;
  }

  /**
   * Whether there is still enough for an operation that had no effect so far: money may have gone
   * elsewhere since it was asked for.
   */
  public boolean cover(Operation operation) {
    return switch (operation.kind()) {
      case REFUND ->
          !left.isNegative()
              && Optional.ofNullable(facts.movements().get(operation.target()))
                  .map(capture -> covers(operation.target(), capture))
                  .orElse(true);
      case CAPTURE ->
          Optional.ofNullable(facts.authorizations().get(operation.target()))
              .map(hold -> !leftOf(operation.target(), hold).isNegative())
              .orElse(true);
      case CHARGE, COMPLETE, VOID, SET_UP, REMOVE -> true;
    };
  }

  /** What was undone is gone already, though a refund of it is not. */
  private boolean covers(String id, Movement capture) {
    return !capture.step().reached(MovementStep.UNDONE) && !leftAtLeast(id, capture).isNegative();
  }

  /** The holds that still keep money of the customer, as far as is known, in any currency. */
  public List<String> living() {
    return facts.authorizations().entrySet().stream()
        .filter(hold -> hold.getValue().isAlive())
        .filter(
            hold ->
                !hold.getValue().capturable().filter(this::isOurs).isPresent()
                    || leftOf(hold.getKey(), hold.getValue()).isPositive())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What our own refunds of a payment gave back, or may yet, in a currency; one that the bank sent
   * back did not.
   */
  public static Money sentBack(Payment payment, CurrencyUnit currency) {
    Money sum = Money.zero(currency);
    Effects effects = payment.effects();
    for (Operation operation : payment.operations()) {
      if (operation.kind() == OperationKind.REFUND && stays(operation, effects)) {
        sum = sum.plus(operation.amount().orElse(Money.zero(currency)));
      }
    }
    return sum;
  }

  private static boolean stays(Operation refund, Effects effects) {
    OperationStatus status = effects.status(refund);
    boolean over = refund.closed() && status == OperationStatus.NO_EFFECT;
    return !over && status != OperationStatus.FAILED && !effects.wasUndone(refund);
  }

  /** What may be captured of each living authorisation, by its id. */
  public SortedMap<String, Money> capturableByAuthorization() {
    SortedMap<String, Money> byAuthorization = new TreeMap<>();
    facts
        .authorizations()
        .forEach(
            (id, authorization) -> {
              Money left = leftOf(id, authorization);
              if (authorization.isAlive() && left.isPositive()) {
                byAuthorization.put(id, left);
              }
            });
    return byAuthorization;
  }

  private Money left() {
    Totals totals = Totals.of(facts, currency);
    Money shown = totals.refunded().plus(totals.refunding());
    Money claimed = flows.claimed();
    return totals
        .kept()
        .plus(totals.refunded())
        .minus(claimed.isGreaterThan(shown) ? claimed : shown)
        .minus(flows.withdrawing())
        .minus(flows.unseenRefunds());
  }

  private Money leftOf(String id, Movement capture) {
    return flows.least(capture).minus(flows.refundedOf(id));
  }

  /** What is left of a capture if it is the one that was disputed. */
  private Money leftAtLeast(String id, Movement capture) {
    Money left = leftOf(id, capture);
    return capture.charge().value().map(flows::disputedOf).map(left::minus).orElse(left);
  }

  private Money leftOf(String id, Authorization hold) {
    return capturable(hold).minus(flows.capturedOf(id));
  }

  private Money capturable(Authorization authorization) {
    return authorization.capturable().filter(this::isOurs).orElse(Money.zero(currency));
  }

  private boolean isOurs(Money money) {
    return money.getCurrencyUnit().equals(currency);
  }
}
