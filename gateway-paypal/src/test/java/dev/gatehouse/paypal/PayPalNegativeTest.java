package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PayPal's own negative testing: a header names the error that a call shall be refused with. */
class PayPalNegativeTest {
  private final Bench bench = new Bench();
  private final MockingDoor door = new MockingDoor(bench.door);
  private final PayPalGateway gateway = bench.open(bench.app.settings(), door, Mode.TEST);

  @AfterEach
  void everything_fits_paypals_description() {
    bench.spec.assertThatAllFits();
  }

  @ParameterizedTest
  @CsvSource({
    "INSTRUMENT_DECLINED, Declined",
    "TRANSACTION_REFUSED, Declined",
    "PAYER_ACCOUNT_RESTRICTED, Declined",
    "PAYER_ACTION_REQUIRED, Declined",
    "ORDER_NOT_APPROVED, NotSent",
    "PERMISSION_DENIED, NotSent",
    "INVALID_RESOURCE_ID, NotSent",
    "ORDER_ALREADY_CAPTURED, Unknown",
    "DUPLICATE_INVOICE_ID, Unknown",
    "PREVIOUS_REQUEST_IN_PROGRESS, Unknown",
    "INTERNAL_SERVER_ERROR, Unknown",
  })
  void a_capture_of_an_order_is_refused_as_asked_and_takes_nothing(String issue, String outcome) {
    String order = bench.approved(Bench.sale("pay-1"));
    door.next("/capture", issue);

    assertThat(complete(order).getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(bench.order("pay-1").captures()).isEmpty();
    // The next one, without the header, is the real one.
    assertThat(complete(order)).isInstanceOf(Outcome.Succeeded.class);
  }

  private Outcome complete(String order) {
    return gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));
  }

  @ParameterizedTest
  @CsvSource({
    "REFUND_AMOUNT_EXCEEDED, Unknown",
    "CAPTURE_FULLY_REFUNDED, Unknown",
    "PENDING_CAPTURE, NotSent",
    "REFUND_TIME_LIMIT_EXCEEDED, NotSent",
  })
  void a_refund_is_refused_as_asked_and_gives_nothing_back(String issue, String outcome) {
    Snapshot paid = bench.captured("pay-1").snapshot();
    door.next("/refund", issue);

    Outcome refused =
        gateway.refund(
            bench.refund(
                bench.trace("pay-1", paid.facts()), "r1", Bench.captureId(paid), "USD 1.00"));

    assertThat(refused.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(bench.order("pay-1").refunds()).isEmpty();
  }

  @Test
  void what_is_no_issue_changes_nothing() {
    for (String header : List.of("", "SOMETHING_NEW", "{", "\"")) {
      door.next("POST /v2/checkout/orders", header);
      assertThat(gateway.charge(Bench.sale("pay-" + header.hashCode())))
          .isInstanceOf(Outcome.ActionRequired.class);
    }
  }

  @Test
  void the_live_site_knows_no_negative_testing() {
    PayPalApp app = PayPalApp.ofLiveSite();
    PayPalEmulator live = new PayPalEmulator(bench.clock, PayPalOptions.defaults(), List.of(app));
    MockingDoor mocking = new MockingDoor(live.transport());
    mocking.next("POST /v2/checkout/orders", "DUPLICATE_INVOICE_ID");

    assertThat(bench.open(app.settings(), mocking, Mode.LIVE).charge(Bench.sale("pay-1")))
        .isInstanceOf(Outcome.ActionRequired.class);
  }
}
