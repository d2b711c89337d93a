package dev.gatehouse.testkit.simulator;

import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.testkit.emulator.Ledger;
import org.joda.money.Money;

/** The state of a payment as the provider's ledger has it, worked out without our own code. */
final class Truth {
  private Truth() {}

  static PaymentState of(Ledger.Charge charge) {
    String hold = charge.authorization().map(Ledger.Authorization::status).orElse("");
    Money captured = charge.captured();
    if (captured.isPositive()) {
      if (hold.equals("open")) {
        return PaymentState.PARTLY_CAPTURED;
      }
      if (charge.refunded().isZero()) {
        return PaymentState.CAPTURED;
      }
      return charge.refunded().isLessThan(captured)
          ? PaymentState.PARTLY_REFUNDED
          : PaymentState.REFUNDED;
    }
    return switch (hold) {
      case "open" -> PaymentState.AUTHORIZED;
      case "voided" -> PaymentState.VOIDED;
      case "expired" -> PaymentState.EXPIRED;
      default -> ofStatus(charge.status());
    };
  }

  private static PaymentState ofStatus(String status) {
    return switch (status) {
      case "failed" -> PaymentState.FAILED;
      case "requires_action" -> PaymentState.ACTION_REQUIRED;
      default -> PaymentState.PENDING;
    };
  }
}
