package dev.gatehouse.engine;

import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.payment.Payment;
import java.util.Map;
import org.joda.money.Money;

/** Complaints that several commands share. */
final class Refusals {
  private Refusals() {}

  /** Refuses an amount in another currency than the payment's. */
  static void demandCurrency(Payment payment, String field, Money amount) {
    if (payment.currency().filter(c -> !c.equals(amount.getCurrencyUnit())).isPresent()) {
      throw new InvalidInputException(
          new Problem(
              field,
              "money.other-currency",
              "is not in the payment's currency",
              "use " + payment.currency().get(),
              Map.of("currency", payment.currency().get().getCode())));
    }
  }

  /** For an amount that is more than there is. */
  static InvalidInputException tooMuch(String code, Money most) {
    return new InvalidInputException(
        new Problem(
            "amount",
            code,
            "is more than there is",
            "use at most " + most,
            Map.of("max", most.toString())));
  }

  /** For a key that was used before with other content. */
  static IdempotencyConflictException otherContent() {
    return new IdempotencyConflictException(
        new Problem(
            "key",
            "key.other-content",
            "was used before with other content",
            "use a new key for a new command"));
  }
}
