package dev.gatehouse.payment;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What may still be captured and refunded. Operations of ours whose outcome is open count as if
 * they had succeeded, so that what we request never exceeds what there is.
 */
public final class Funds {
  private final Payment payment;
  private final PaymentFacts facts;
  private final CurrencyUnit currency;

  private Funds(Payment payment, CurrencyUnit currency) {
    this.payment = payment;
    this.facts = payment.ledger();
    this.currency = currency;
  }

  /** The funds of a payment, in a currency. */
  public static Funds of(Payment payment, CurrencyUnit currency) {
    return new Funds(payment, currency);
  }

  /** What may be refunded in all. */
  public Money refundable() {
    return notNegative(left());
  }

  /** What may be refunded of each capture, by its id; captures with nothing left are not in it. */
  public SortedMap<String, Money> refundableByCapture() {
    SortedMap<String, Money> byCapture = new TreeMap<>();
    facts
        .movements()
        .forEach(
            (id, movement) -> {
              if (movement.is(MovementKind.CAPTURE) && movement.step().isAt(MovementStep.DONE)) {
                Money left = leftOf(id, movement);
                if (left.isPositive()) {
                  byCapture.put(id, left);
                }
              }
            });
    return byCapture;
  }

  /**
   * Whether there is still enough for an operation that had no effect so far: money may have gone
   * elsewhere since it was asked for.
   */
  public boolean cover(Operation operation) {
    return switch (operation.kind()) {
      case REFUND ->
          !left().isNegative()
              && Optional.ofNullable(facts.movements().get(operation.target()))
                  .map(capture -> !leftOf(operation.target(), capture).isNegative())
                  .orElse(true);
      case CAPTURE ->
          Optional.ofNullable(facts.authorizations().get(operation.target()))
              .map(hold -> !leftOf(operation.target(), hold).isNegative())
              .orElse(true);
      case CHARGE, COMPLETE, VOID -> true;
    };
  }

  /** The holds that still keep money of the customer, as far as is known. */
  public List<String> living() {
    return facts.authorizations().entrySet().stream()
        .filter(hold -> hold.getValue().isAlive())
        .filter(
            hold ->
                hold.getValue().capturable().isEmpty()
                    || leftOf(hold.getKey(), hold.getValue()).isPositive())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What our own refunds gave back, or may yet; one that the bank sent back did not. */
  public Money sentBack() {
    Money sum = Money.zero(currency);
    for (Operation operation : payment.operations()) {
      OperationStatus status = payment.status(operation);
      boolean over = operation.closed() && status == OperationStatus.NO_EFFECT;
      boolean stays = !over && status != OperationStatus.FAILED && !payment.wasUndone(operation);
      if (operation.kind() == OperationKind.REFUND && stays) {
        sum = sum.plus(operation.amount().orElse(Money.zero(currency)));
      }
    }
    return sum;
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
    Money claimed = Money.zero(currency);
    for (Movement movement : facts.movements().values()) {
      if (movement.is(MovementKind.REFUND) && !movement.step().reached(MovementStep.NEVER)) {
        claimed = claimed.plus(most(movement));
      }
    }
    return totals
        .kept()
        .plus(totals.refunded())
        .minus(claimed.isGreaterThan(shown) ? claimed : shown)
        .minus(unseen(OperationKind.REFUND, null));
  }

  private Money leftOf(String id, Movement capture) {
    return least(capture)
        .minus(moved(MovementKind.REFUND, id))
        .minus(disputed(capture))
        .minus(unseen(OperationKind.REFUND, id));
  }

  private Money leftOf(String id, Authorization hold) {
    return capturable(hold)
        .minus(moved(MovementKind.CAPTURE, id))
        .minus(unseen(OperationKind.CAPTURE, id));
  }

  private Money capturable(Authorization authorization) {
    return authorization
        .capturable()
        .filter(money -> money.getCurrencyUnit().equals(currency))
        .orElse(Money.zero(currency));
  }

  /** What moved, or is moving, out of a parent. A capture that names no hold may be of any. */
  private Money moved(MovementKind kind, String parent) {
    Money sum = Money.zero(currency);
    for (Movement movement : facts.movements().values()) {
      boolean mayBeOfIt =
          movement.parent().has(parent)
              || kind == MovementKind.CAPTURE && movement.parent().isUnknown();
      if (movement.is(kind) && mayBeOfIt && !movement.step().reached(MovementStep.NEVER)) {
        sum = sum.plus(most(movement));
      }
    }
    return sum;
  }

  /** What disputes took of the charge that a capture is of. */
  private Money disputed(Movement capture) {
    Money sum = Money.zero(currency);
    for (Movement movement : facts.movements().values()) {
      boolean sameCharge = capture.charge().value().filter(movement.charge()::has).isPresent();
      if (sameCharge && movement.step().isAt(MovementStep.DONE)) {
        if (movement.is(MovementKind.DISPUTE_WITHDRAWAL)) {
          sum = sum.plus(most(movement));
        } else if (movement.is(MovementKind.DISPUTE_REINSTATEMENT)) {
          sum = sum.minus(least(movement));
        }
      }
    }
    return notNegative(sum);
  }

  /** What operations of ours may yet move that no movement shows; of any target if it is null. */
  private Money unseen(OperationKind kind, @Nullable String target) {
    Money sum = Money.zero(currency);
    for (Operation operation : payment.operations()) {
      boolean counts =
          operation.kind() == kind && (target == null || operation.target().equals(target));
      if (counts && mayYetMove(operation)) {
        sum = sum.plus(operation.amount().orElse(Money.zero(currency)));
      }
    }
    return sum;
  }

  private boolean mayYetMove(Operation operation) {
    boolean seen =
        payment.facts().movements().values().stream()
            .anyMatch(movement -> movement.operation().has(operation.key()));
    boolean over = operation.closed() && payment.status(operation) == OperationStatus.NO_EFFECT;
    return !seen && !over;
  }

  /** The least that a movement may be about, where its amounts contradict each other. */
  private Money least(Movement movement) {
    return amounts(movement)
        .reduce((one, other) -> one.isLessThan(other) ? one : other)
        .orElse(Money.zero(currency));
  }

  /** The most that a movement may be about, which is at least what we asked for. */
  private Money most(Movement movement) {
    Stream<Money> asked =
        movement.operation().value().flatMap(payment::operation).stream()
            .flatMap(operation -> operation.amount().stream());
    return Stream.concat(asked, amounts(movement))
        .reduce((one, other) -> one.isLessThan(other) ? other : one)
        .orElse(Money.zero(currency));
  }

  private Stream<Money> amounts(Movement movement) {
    return movement.amount().values().stream()
        .filter(money -> money.getCurrencyUnit().equals(currency));
  }

  private Money notNegative(Money money) {
    return money.isNegative() ? Money.zero(currency) : money;
  }
}
