package dev.gatehouse.event;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * The payment that completed a checkout.
 *
 * @param id ours
 * @param gateway the gateway that it went through
 * @param total what was paid
 */
public record PaymentSummary(PaymentId id, GatewayInstanceId gateway, Money total) {
  /** The ISO 4217 code of the currency. */
  public String currency() {
    return total.getCurrencyUnit().getCode();
  }
}
