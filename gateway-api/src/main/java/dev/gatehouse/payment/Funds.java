package dev.gatehouse.payment;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
import java.util.SortedMap;
import java.util.TreeMap;
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
    this.facts = Blanks.filled(payment);
    this.currency = currency;
  }

  /** The funds of a payment, in a currency. */
  public static Funds of(Payment payment, CurrencyUnit currency) {
    return new Funds(payment, currency);
  }

  /** What may be refunded in all. */
  public Money refundable() {
    Money left = Totals.of(facts, currency).refundable().minus(unseen(OperationKind.REFUND, null));
    return notNegative(left);
  }

  /** What may be refunded of each capture, by its id; captures with nothing left are not in it. */
  public SortedMap<String, Money> refundableByCapture() {
    SortedMap<String, Money> byCapture = new TreeMap<>();
    facts
        .movements()
        .forEach(
            (id, movement) -> {
              if (movement.is(MovementKind.CAPTURE) && movement.step().isAt(MovementStep.DONE)) {
                Money left =
                    amount(movement)
                        .minus(moved(MovementKind.REFUND, id))
                        .minus(unseen(OperationKind.REFUND, id));
                if (left.isPositive()) {
                  byCapture.put(id, left);
                }
              }
            });
    return byCapture;
  }

  /** What our own refunds gave back, or may yet. */
  public Money sentBack() {
    Money sum = Money.zero(currency);
    for (Operation operation : payment.operations()) {
      OperationStatus status = payment.status(operation);
      boolean over = operation.closed() && status == OperationStatus.NO_EFFECT;
      if (operation.kind() == OperationKind.REFUND && !over && status != OperationStatus.FAILED) {
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
              Money left =
                  capturable(authorization)
                      .minus(moved(MovementKind.CAPTURE, id))
                      .minus(unseen(OperationKind.CAPTURE, id));
              if (authorization.isAlive() && left.isPositive()) {
                byAuthorization.put(id, left);
              }
            });
    return byAuthorization;
  }

  private Money capturable(Authorization authorization) {
    return authorization
        .capturable()
        .filter(money -> money.getCurrencyUnit().equals(currency))
        .orElse(Money.zero(currency));
  }

  /** What moved, or is moving, out of a parent. */
  private Money moved(MovementKind kind, String parent) {
    Money sum = Money.zero(currency);
    for (Movement movement : facts.movements().values()) {
      if (movement.is(kind)
          && movement.parent().has(parent)
          && !movement.step().reached(MovementStep.NEVER)) {
        sum = sum.plus(amount(movement));
      }
    }
    return sum;
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

  private Money amount(Movement movement) {
    return movement
        .amount()
        .value()
        .filter(money -> money.getCurrencyUnit().equals(currency))
        .orElse(Money.zero(currency));
  }

  private Money notNegative(Money money) {
    return money.isNegative() ? Money.zero(currency) : money;
  }
}
