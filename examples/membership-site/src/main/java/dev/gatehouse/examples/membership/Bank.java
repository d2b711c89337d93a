package dev.gatehouse.examples.membership;

import dev.gatehouse.id.PaymentId;
import java.util.HashMap;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The shop's bank account, as its statement shows it. Not thread-safe. */
final class Bank {
  private final Map<PaymentId, Money> received = new HashMap<>();

  /** Money arrives with a payment's id as its purpose. */
  void receive(PaymentId purpose, Money amount) {
    received.merge(purpose, amount, Money::plus);
  }

  /** What arrived for a payment. */
  Money received(PaymentId purpose, CurrencyUnit currency) {
    return received.getOrDefault(purpose, Money.zero(currency));
  }
}
