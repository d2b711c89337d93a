package dev.gatehouse.facts;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

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
    if (facts.movements().isEmpty()
        && facts.totals().isEmpty()
        && facts.authorizations().isEmpty()) {
      Money none = Money.zero(currency);
      return new Totals(none, none, none, none, none, none, none);
    }
    Sums sums = new Sums(facts, currency);
    Money withdrawn = sums.standing(MovementKind.DISPUTE_WITHDRAWAL);
    Money reinstated = sums.standing(MovementKind.DISPUTE_REINSTATEMENT);
    return new Totals(
        sums.authorized(),
        sums.ever(MovementKind.CAPTURE),
        sums.open(MovementKind.CAPTURE),
        sums.undone(MovementKind.CAPTURE),
        sums.ever(MovementKind.REFUND).minus(sums.undone(MovementKind.REFUND)),
        sums.open(MovementKind.REFUND),
        notNegative(withdrawn.minus(reinstated)));
  }

  /** What is with us: captured and neither undone, refunded nor disputed away. May be negative. */
  public Money kept() {
    return captured.minus(uncaptured).minus(refunded).minus(disputed);
  }

  private static Money notNegative(Money money) {
    return money.isNegative() ? Money.zero(money.getCurrencyUnit()) : money;
  }

  /** Adds up every movement once; they may be thousands, and this is asked often. */
  private static final class Sums {
    private final PaymentFacts facts;
    private final CurrencyUnit currency;
    private final Money none;
    private final Map<MovementKind, Map<String, Money>> everByCharge =
        new EnumMap<>(MovementKind.class);
    private final Map<MovementKind, Money> open = new EnumMap<>(MovementKind.class);
    private final Map<MovementKind, Money> standing = new EnumMap<>(MovementKind.class);
    private final Map<MovementKind, Money> undone = new EnumMap<>(MovementKind.class);
    private final Map<String, Money> capturedUnder = new HashMap<>();

    Sums(PaymentFacts facts, CurrencyUnit currency) {
      this.facts = facts;
      this.currency = currency;
      this.none = Money.zero(currency);
      for (Movement movement : facts.movements().values()) {
        MovementKind kind = movement.kind().value().orElse(null);
        Money amount = kind == null ? null : amount(movement, kind);
        if (kind != null && amount != null) {
          add(movement, kind, amount);
        }
      }
    }

    private void add(Movement movement, MovementKind kind, Money amount) {
      Chain<MovementStep> step = movement.step();
      if (step.reached(MovementStep.DONE)) {
        everByCharge
            .computeIfAbsent(kind, k -> new HashMap<>())
            .merge(movement.charge().value().orElse(""), amount, Money::plus);
      }
      if (step.isAt(MovementStep.OPEN)) {
        open.merge(kind, amount, Money::plus);
      }
      if (step.isAt(MovementStep.DONE)) {
        standing.merge(kind, amount, Money::plus);
      }
      if (step.reached(MovementStep.UNDONE)) {
        undone.merge(kind, amount, Money::plus);
      }
      if (kind == MovementKind.CAPTURE && !step.reached(MovementStep.NEVER)) {
        for (String hold : movement.parent().values()) {
          capturedUnder.merge(hold, amount, Money::plus);
        }
      }
    }

    /** If amounts contradict each other, the one that leaves less with us counts. */
    private @Nullable Money amount(Movement movement, MovementKind kind) {
      boolean comesIn = kind == MovementKind.CAPTURE || kind == MovementKind.DISPUTE_REINSTATEMENT;
      Money chosen = null;
      for (Money money : movement.amount().values()) {
        if (isOurs(money) && (chosen == null || money.isLessThan(chosen) == comesIn)) {
          chosen = money;
        }
      }
      return chosen;
    }

    /**
     * What ever moved. A provider's running total counts where it knows more than the movements of
     * its charge do; a movement whose charge is unknown is never counted on top of a total.
     */
    Money ever(MovementKind kind) {
      Map<String, Money> moved = everByCharge.getOrDefault(kind, Map.of());
      if (facts.totals().isEmpty()) {
        return sum(moved);
      }
      Map<String, Money> byCharge = new HashMap<>(moved);
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

    /** What is under way. */
    Money open(MovementKind kind) {
      return open.getOrDefault(kind, none);
    }

    /** What moved and was not undone. */
    Money standing(MovementKind kind) {
      return standing.getOrDefault(kind, none);
    }

    /** What moved and came back. */
    Money undone(MovementKind kind) {
      return undone.getOrDefault(kind, none);
    }

    Money authorized() {
      Money sum = none;
      for (Map.Entry<String, Authorization> entry : facts.authorizations().entrySet()) {
        Money capturable = entry.getValue().capturable().filter(this::isOurs).orElse(null);
        if (capturable != null && entry.getValue().isAlive()) {
          Money captured = capturedUnder.getOrDefault(entry.getKey(), none);
          sum = sum.plus(notNegative(capturable.minus(captured)));
        }
      }
      return sum;
    }

    private boolean isOurs(Money money) {
      return money.getCurrencyUnit().equals(currency);
    }

    private Money sum(Map<String, Money> amounts) {
      Money sum = none;
      for (Money amount : amounts.values()) {
        sum = sum.plus(amount);
      }
      return sum;
    }

    private static Money larger(Money one, Money other) {
      return one.isLessThan(other) ? other : one;
    }
  }
}
