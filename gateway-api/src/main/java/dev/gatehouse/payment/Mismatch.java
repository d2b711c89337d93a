package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.PaymentFacts;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
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

  /** Every mismatch between a payment of ours and its facts. */
  static Set<Mismatch> of(Payment payment) {
    Set<Mismatch> found = EnumSet.noneOf(Mismatch.class);
    PaymentFacts facts = payment.facts();
    if (isOther(facts.mode(), payment.mode())) {
      found.add(MODE);
    }
    payment
        .terms()
        .ifPresent(
            terms -> {
              if (isOther(facts.reference(), payment.id().value())) {
                found.add(REFERENCE);
              }
              CurrencyUnit currency = terms.amount().getCurrencyUnit();
              if (isOther(facts.currency(), currency) || hasOtherCurrency(facts, currency)) {
                found.add(CURRENCY);
              }
              if (facts.attempts().values().stream()
                      .filter(attempt -> attempt.step().reached(AttemptStep.SUCCEEDED))
                      .anyMatch(a -> isOther(a.amount(), terms.amount()))
                  || facts.authorizations().values().stream()
                      .anyMatch(hold -> isMore(hold.amount(), terms.amount()))) {
                found.add(AMOUNT);
              }
            });
    return found;
  }

  private static boolean hasOtherCurrency(PaymentFacts facts, CurrencyUnit currency) {
    return facts.movements().values().stream()
            .map(Movement::amount)
            .anyMatch(amount -> isNotIn(amount, currency))
        || facts.authorizations().values().stream()
            .map(Authorization::amount)
            .anyMatch(amount -> isNotIn(amount, currency))
        || facts.attempts().values().stream()
            .map(Attempt::amount)
            .anyMatch(amount -> isNotIn(amount, currency));
  }

  private static boolean isNotIn(Flat<Money> amount, CurrencyUnit currency) {
    return amount.values().stream().anyMatch(m -> !m.getCurrencyUnit().equals(currency));
  }

  /** Networks allow a renewed hold to be up to 115 % of what was first authorised. */
  private static boolean isMore(Flat<Money> amount, Money asked) {
    BigDecimal most = asked.getAmount().multiply(BigDecimal.valueOf(115)).movePointLeft(2);
    return amount.values().stream()
        .filter(money -> money.getCurrencyUnit().equals(asked.getCurrencyUnit()))
        .anyMatch(money -> money.getAmount().compareTo(most) > 0);
  }

  private static <T> boolean isOther(Flat<T> seen, T expected) {
    return seen.values().stream().anyMatch(value -> !value.equals(expected));
  }
}
