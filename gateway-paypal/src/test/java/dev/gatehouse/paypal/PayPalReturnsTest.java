package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Customers who come back with somebody else's order, too late, or without having approved. */
class PayPalReturnsTest {
  private static final String CAPTURE = "POST /v2/checkout/orders/{id}/capture";

  @Test
  void an_order_of_another_payment_is_refused_before_anything_is_sent() {
    Bench bench = new Bench();
    Outcome ours = bench.gateway.charge(Bench.sale("pay-1"));
    String others = bench.approved(Bench.sale("pay-2"));
    int sent = bench.door.sent().size();

    Outcome outcome =
        bench.gateway.complete(
            new CompleteRequest(
                bench.trace("pay-1", ours), "pay-1.complete.1", others, CaptureMode.AUTOMATIC));

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category())
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(((Outcome.NotSent) outcome).failure().message()).startsWith("attempt: ");
    assertThat(bench.door.sent()).hasSize(sent);
    assertThat(bench.order("pay-2").captures()).isEmpty();
  }

  @Test
  void whoever_comes_back_only_their_own_order_is_looked_at() {
    try (Shop shop = new Shop()) {
      CheckoutView mine = shop.pay("USD 10.00");
      CheckoutView others = shop.pay("USD 99.00");
      shop.paypal.controls().approve(shop.order(others).order());

      assertThat(shop.gatehouse.customerReturned(mine.id())).awaitsCustomer();

      assertThat(shop.paypal.ledger().requests(CAPTURE)).isZero();
      assertThat(shop.paypal.ledger().orders())
          .extracting(PayPalLedger.PurchaseUnit::captures)
          .allMatch(captures -> captures.isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void an_order_that_has_run_out_takes_nothing_and_says_so(CaptureMode mode) {
    Bench bench = new Bench();
    String order = bench.approved(Bench.charge("pay-1", Bench.TEN, mode));
    bench.clock.advance(Duration.ofHours(4));

    Outcome outcome = bench.gateway.complete(bench.complete("pay-1", order, mode));

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category())
        .isIn(ErrorCategory.NOT_FOUND, ErrorCategory.INVALID_STATE);
    assertThat(bench.order("pay-1").captured().isZero()).isTrue();
    assertThat(bench.order("pay-1").authorizations()).isEmpty();
  }

  @Test
  void an_order_that_nobody_approved_takes_nothing_and_says_so() {
    Bench bench = new Bench();
    String order = Bench.orderId(bench.gateway.charge(Bench.sale("pay-1")));

    Outcome outcome = bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));

    assertThat(((Outcome.NotSent) outcome).failure().code()).isEqualTo("ORDER_NOT_APPROVED");
    assertThat(bench.order("pay-1").captures()).isEmpty();
  }
}
