package dev.gatehouse.facts;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The sums of a payment in one currency, derived from its facts. Movements in another currency are
 * not in them (see {@link Movement#amount()} and the integrity check of the payment).
 *
 * @param authorized what may still be captured under living authorisations
 * @param captured what was ever captured, whether or not it went back since
 * @param capturing captures that are under way
 * @param uncaptured captures that were undone
 * @param refunded what was refunded and stayed refunded
 * @param refunding refunds that are under way
 * @param disputed what disputes took and have not given back
 */
public record Totals(
    Money authorized,
    Money captured,
    Money capturing,
    Money uncaptured,
    Money refunded,
    Money refunding,
    Money disputed) {

  /** The sums in this currency. */
  public static Totals of(PaymentFacts facts, CurrencyUnit currency) {
    Sums sums = new Sums(facts, currency);
    Money refundsDone = sums.ever(MovementKind.REFUND);
    Money refundsUndone =
        sums.where(MovementKind.REFUND, step -> step.reached(MovementStep.UNDONE));
    Money withdrawn = sums.standing(MovementKind.DISPUTE_WITHDRAWAL);
    Money reinstated = sums.standing(MovementKind.DISPUTE_REINSTATEMENT);
    return new Totals(
        sums.authorized(),
        sums.ever(MovementKind.CAPTURE),
        sums.where(MovementKind.CAPTURE, step -> step.isAt(MovementStep.OPEN)),
        sums.where(MovementKind.CAPTURE, step -> step.reached(MovementStep.UNDONE)),
        refundsDone.minus(refundsUndone),
        sums.where(MovementKind.REFUND, step -> step.isAt(MovementStep.OPEN)),
        notNegative(withdrawn.minus(reinstated)));
  }

  /** What is with us: captured and neither undone, refunded nor disputed away. May be negative. */
  public Money kept() {
    return captured.minus(uncaptured).minus(refunded).minus(disputed);
  }

  /** What may still be refunded; never negative. Refunds under way count as refunded. */
  public Money refundable() {
    return notNegative(kept().minus(refunding));
  }

  private static Money notNegative(Money money) {
    return money.isNegative() ? Money.zero(money.getCurrencyUnit()) : money;
  }

  private record Sums(PaymentFacts facts, CurrencyUnit currency) {

    /**
     * What ever moved. A provider's running total counts where it knows more than the movements of
     * its charge do; a movement whose charge is unknown is never counted on top of a total.
     */
    Money ever(MovementKind kind) {
      SortedMap<String, Money> byCharge = new TreeMap<>();
      for (Movement movement : facts.movements().values()) {
        if (counts(movement, kind) && movement.step().reached(MovementStep.DONE)) {
          String charge = movement.charge().value().orElse("");
          byCharge.merge(charge, amount(movement), Money::plus);
        }
      }
      Money byMovements = sum(byCharge);
      byCharge.remove("");
      for (Map.Entry<TotalKey, Counter> total : facts.totals().entrySet()) {
        TotalKey key = total.getKey();
        if (key.kind() == kind && key.currency().equals(currency)) {
          Money running = Money.ofMinor(currency, total.getValue().minor());
          byCharge.merge(key.charge(), running, Sums::larger);
        }
      }
      return larger(byMovements, sum(byCharge));
    }

    /** What moved and was not undone. */
    Money standing(MovementKind kind) {
      return where(kind, step -> step.isAt(MovementStep.DONE));
    }

    Money where(MovementKind kind, Predicate<Chain<MovementStep>> step) {
      Money sum = Money.zero(currency);
      for (Movement movement : facts.movements().values()) {
        if (counts(movement, kind) && step.test(movement.step())) {
          sum = sum.plus(amount(movement));
        }
      }
      return sum;
    }

    Money authorized() {
      Money sum = Money.zero(currency);
      for (Map.Entry<String, Authorization> entry : facts.authorizations().entrySet()) {
        Money capturable = entry.getValue().capturable().filter(this::isOurs).orElse(null);
        if (capturable != null && entry.getValue().isAlive()) {
          sum = sum.plus(notNegative(capturable.minus(capturedUnder(entry.getKey()))));
        }
      }
      return sum;
    }

    private Money capturedUnder(String authorizationId) {
      Money sum = Money.zero(currency);
      for (Movement movement : facts.movements().values()) {
        if (counts(movement, MovementKind.CAPTURE)
            && movement.parent().has(authorizationId)
            && !movement.step().reached(MovementStep.NEVER)) {
          sum = sum.plus(amount(movement));
        }
      }
      return sum;
    }

    private boolean counts(Movement movement, MovementKind kind) {
      return movement.is(kind) && movement.amount().values().stream().anyMatch(this::isOurs);
    }

    /** If amounts contradict each other, the one that leaves less with us counts. */
    private Money amount(Movement movement) {
      boolean comesIn =
          movement.is(MovementKind.CAPTURE) || movement.is(MovementKind.DISPUTE_REINSTATEMENT);
      return movement.amount().values().stream()
          .filter(this::isOurs)
          .reduce((one, other) -> one.isLessThan(other) == comesIn ? one : other)
          .orElse(Money.zero(currency));
    }

    private boolean isOurs(Money money) {
      return money.getCurrencyUnit().equals(currency);
    }

    private Money sum(SortedMap<String, Money> amounts) {
      return amounts.values().stream().reduce(Money.zero(currency), Money::plus);
    }

    private static Money larger(Money one, Money other) {
      return one.isLessThan(other) ? other : one;
    }
  }
}
