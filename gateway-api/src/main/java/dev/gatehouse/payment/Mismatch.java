package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.PaymentFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A way in which what the provider did is not what we asked for. Derived from facts; any of them
 * stops fulfilment, and a person is told.
 */
public enum Mismatch {
  /** An attempt that took or held money is for another amount, or clearly more is held. */
  AMOUNT,
  /** Money is in another currency. */
  CURRENCY,
  /** The provider knows the payment under another reference. */
  REFERENCE,
  /** Live instead of test, or the reverse. */
  MODE;

  /**
   * Every mismatch between a payment of ours and its facts, each as a conflict between what we
   * asked for and what was seen, and where: whatever else is seen later makes it another one.
   */
  static Map<Mismatch, Conflict> in(Payment payment) {
    Seen seen = new Seen();
    seen.otherThan(payment.mode(), MODE, payment.facts().mode());
    payment.terms().ifPresent(terms -> seen.otherThan(terms.amount(), payment));
    return seen.conflicts();
  }

  /** What was seen that is not what we asked for. */
  private static final class Seen {
    private final Map<Mismatch, SortedSet<String>> others = new EnumMap<>(Mismatch.class);
    private final Map<Mismatch, String> asked = new EnumMap<>(Mismatch.class);

    void otherThan(Money amount, Payment payment) {
      PaymentFacts facts = payment.facts();
      CurrencyUnit currency = amount.getCurrencyUnit();
      otherThan(payment.id().value(), REFERENCE, facts.reference());
      if (payment.purpose() != Purpose.PAYMENT) {
        return;
      }
      otherThan(currency, CURRENCY, facts.currency());
      facts.movements().forEach((id, m) -> notIn(currency, "movements", id, m.amount()));
      facts.authorizations().forEach((id, hold) -> hold(amount, id, hold.amount()));
      facts.attempts().forEach((id, attempt) -> attempt(amount, id, attempt));
    }

    private void hold(Money amount, String id, Flat<Money> held) {
      notIn(amount.getCurrencyUnit(), "authorizations", id, held);
      for (Money money : held.values()) {
        if (isMore(money, amount)) {
          add(AMOUNT, amount, money + " at authorizations[" + id + "]");
        }
      }
    }

    private void attempt(Money amount, String id, Attempt attempt) {
      notIn(amount.getCurrencyUnit(), "attempts", id, attempt.amount());
      for (Money money : attempt.amount().values()) {
        if (!money.equals(amount) && attempt.step().reached(AttemptStep.SUCCEEDED)) {
          add(AMOUNT, amount, money + " at attempts[" + id + "]");
        }
      }
    }

    private void notIn(CurrencyUnit currency, String list, String id, Flat<Money> amount) {
      for (Money money : amount.values()) {
        if (!money.getCurrencyUnit().equals(currency)) {
          add(CURRENCY, currency, money + " at " + list + "[" + id + "]");
        }
      }
    }

    <T> void otherThan(T expected, Mismatch mismatch, Flat<T> seen) {
      for (T value : seen.values()) {
        if (!value.equals(expected)) {
          add(mismatch, expected, String.valueOf(value));
        }
      }
    }

    private void add(Mismatch mismatch, Object expected, String seen) {
      asked.put(mismatch, String.valueOf(expected));
      others.computeIfAbsent(mismatch, m -> new TreeSet<>()).add(seen);
    }

    Map<Mismatch, Conflict> conflicts() {
      Map<Mismatch, Conflict> conflicts = new EnumMap<>(Mismatch.class);
      others.forEach((mismatch, seen) -> conflicts.put(mismatch, conflict(mismatch, seen)));
      return conflicts;
    }

    private Conflict conflict(Mismatch mismatch, SortedSet<String> seen) {
      List<String> values = new ArrayList<>(List.of(asked.getOrDefault(mismatch, "")));
      values.addAll(seen);
      return new Conflict("asked." + mismatch.name().toLowerCase(Locale.ROOT), values);
    }
  }

  /** Networks allow a renewed hold to be up to 115 % of what was first authorised. */
  private static boolean isMore(Money held, Money asked) {
    BigDecimal most = asked.getAmount().multiply(BigDecimal.valueOf(115)).movePointLeft(2);
    return held.getCurrencyUnit().equals(asked.getCurrencyUnit())
        && held.getAmount().compareTo(most) > 0;
  }
}
