package dev.gatehouse.testkit.paypal;

import static dev.gatehouse.testkit.paypal.Caller.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.paypal.Caller.Answer;
import java.time.Duration;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayPalPaymentsTest {
  private static final String HOLDS = "/v2/payments/authorizations/";
  private static final String CAPTURES = "/v2/payments/captures/";

  private final Caller caller = new Caller().as(PayPalApp.sandbox());

  @AfterEach
  void everything_fits_the_description() {
    caller.http.assertThatAllFits();
    if (caller.http.isHere()) {
      caller.http.assertThatWrongOnesAreRejected();
    }
  }

  @Test
  void a_hold_is_captured_in_parts_up_to_115_percent() {
    String hold = caller.held("inv-1");

    Answer part = caller.post(HOLDS + hold + "/capture", "k1", "{" + usd("4.00") + "}");
    assertThat(part.status()).isEqualTo(201);
    assertThat(part.at("/supplementary_data/related_ids/authorization_id")).isEqualTo(hold);
    assertThat(caller.get(HOLDS + hold).at("/status")).isEqualTo("PARTIALLY_CAPTURED");
    assertThat(caller.post(HOLDS + hold + "/capture", "k2", "{" + usd("7.51") + "}").issue())
        .isEqualTo("MAX_CAPTURE_AMOUNT_EXCEEDED");
    assertThat(caller.post(HOLDS + hold + "/capture", "k3", "{" + usd("7.50") + "}").status())
        .isEqualTo(201);
    assertThat(caller.post(HOLDS + hold + "/capture", "k4", "{" + usd("1.00") + "}").issue())
        .isEqualTo("AUTHORIZATION_ALREADY_CAPTURED");
    assertThat(caller.paypal.ledger().orders().get(0).captured())
        .isEqualTo(Money.parse("USD 11.50"));
  }

  @Test
  void a_final_capture_ends_the_hold() {
    String hold = caller.held("inv-1");

    caller.post(HOLDS + hold + "/capture", "k1", "{'final_capture':true," + usd("4.00") + "}");

    assertThat(caller.get(HOLDS + hold).at("/status")).isEqualTo("CAPTURED");
    assertThat(caller.post(HOLDS + hold + "/void", "k2", "").issue())
        .isEqualTo("PREVIOUSLY_CAPTURED");
  }

  @Test
  void a_payment_key_is_kept_for_45_days() {
    String hold = caller.held("inv-1");
    String body = "{" + usd("1.00") + "}";
    String first = caller.post(HOLDS + hold + "/capture", "k1", body).at("/id");

    caller.clock.advance(Duration.ofDays(20));
    caller.as(caller.app);
    assertThat(caller.post(HOLDS + hold + "/capture", "k1", body).at("/id")).isEqualTo(first);

    caller.clock.advance(Duration.ofDays(25));
    caller.as(caller.app);
    assertThat(caller.post(HOLDS + hold + "/capture", "k1", body).issue())
        .isEqualTo("AUTHORIZATION_VOIDED");
  }

  @Test
  void an_invoice_of_a_capture_is_used_once() {
    String hold = caller.held("inv-1");
    String body = "{'invoice_id':'part-1'," + usd("1.00") + "}";
    caller.post(HOLDS + hold + "/capture", "k1", body);

    assertThat(caller.post(HOLDS + hold + "/capture", "k2", body).issue())
        .isEqualTo("DUPLICATE_INVOICE_ID");
  }

  @Test
  void a_hold_is_voided_once_and_answers_nothing_unless_asked() {
    String hold = caller.held("inv-1");

    assertThat(caller.post(HOLDS + hold + "/void", "").status()).isEqualTo(204);
    assertThat(caller.post(HOLDS + hold + "/void", "k1", "").issue())
        .isEqualTo("PREVIOUSLY_VOIDED");
    assertThat(caller.get(HOLDS + hold).at("/status")).isEqualTo("VOIDED");
  }

  @Test
  void a_hold_that_runs_out_looks_voided() {
    String hold = caller.held("inv-1");
    caller.paypal.takeWebhooks();

    caller.clock.advance(Duration.ofDays(29));
    caller.as(caller.app);

    assertThat(caller.get(HOLDS + hold).at("/status")).isEqualTo("VOIDED");
    assertThat(caller.paypal.takeWebhooks())
        .extracting(PayPalWebhook::type)
        .containsExactly("PAYMENT.AUTHORIZATION.VOIDED");
  }

  @Test
  void a_hold_is_renewed_after_three_days_under_a_new_id() {
    String hold = caller.held("inv-1");
    assertThat(caller.post(HOLDS + hold + "/reauthorize", "{}").issue())
        .isEqualTo("REAUTHORIZATION_NOT_SUPPORTED");
    caller.clock.advance(Duration.ofDays(4));
    caller.as(caller.app);

    Answer again = caller.post(HOLDS + hold + "/reauthorize", "k1", "{" + usd("11.50") + "}");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.at("/id")).isNotEqualTo(hold);
    assertThat(again.at("/expiration_time"))
        .isEqualTo(caller.get(HOLDS + hold).at("/expiration_time"));
    assertThat(caller.post(HOLDS + again.at("/id") + "/void", "k2", "").issue())
        .isEqualTo("CANNOT_BE_VOIDED");
    caller.post(HOLDS + hold + "/void", "k3", "");
    assertThat(caller.get(HOLDS + again.at("/id")).at("/status")).isEqualTo("VOIDED");
  }

  @Test
  void a_capture_is_refunded_in_parts_and_never_beyond() {
    String capture = caller.captured("inv-1");

    Answer part =
        caller.post(
            CAPTURES + capture + "/refund", "k1", "{'custom_id':'op-1'," + usd("4.00") + "}");
    assertThat(part.at("/custom_id")).isEqualTo("op-1");
    assertThat(caller.get(CAPTURES + capture).at("/status")).isEqualTo("PARTIALLY_REFUNDED");
    assertThat(caller.post(CAPTURES + capture + "/refund", "k2", "{" + usd("6.01") + "}").issue())
        .isEqualTo("REFUND_AMOUNT_EXCEEDED");
    assertThat(caller.post(CAPTURES + capture + "/refund", "k3", "{}").at("/amount/value"))
        .isEqualTo("6.00");
    assertThat(caller.get(CAPTURES + capture).at("/status")).isEqualTo("REFUNDED");
    assertThat(caller.post(CAPTURES + capture + "/refund", "k4", "{}").issue())
        .isEqualTo("CAPTURE_FULLY_REFUNDED");
    assertThat(caller.get("/v2/payments/refunds/" + part.at("/id")).at("/status"))
        .isEqualTo("COMPLETED");
  }

  @Test
  void a_refund_at_the_site_shows_the_ids_of_its_capture() {
    String capture = caller.captured("inv-1");

    String refund = caller.paypal.controls().refundAtSite(capture, Money.parse("USD 1.00"));

    Answer shown = caller.get("/v2/payments/refunds/" + refund);
    assertThat(shown.at("/custom_id")).isEqualTo("pay-1");
    assertThat(shown.at("/invoice_id")).isEqualTo("inv-1");
  }

  @Test
  void a_refund_may_be_pending_and_fail() {
    String capture = caller.captured("inv-1");
    caller.paypal.controls().nextRefundIsPending();
    Answer refund = caller.post(CAPTURES + capture + "/refund", "k1", "{}");
    assertThat(refund.at("/status")).isEqualTo("PENDING");

    caller.paypal.controls().settleRefund(refund.at("/id"), false);

    assertThat(caller.get("/v2/payments/refunds/" + refund.at("/id")).at("/status"))
        .isEqualTo("FAILED");
    assertThat(caller.get(CAPTURES + capture).at("/status")).isEqualTo("COMPLETED");
  }

  @Test
  void a_pending_capture_can_not_be_refunded_and_may_be_denied() {
    String order = caller.approved("CAPTURE", "inv-1", Funding.ECHECK);
    String capture = caller.capture(order, "k1").at("/purchase_units/0/payments/captures/0/id");
    assertThat(caller.get(CAPTURES + capture).at("/status_details/reason")).isEqualTo("ECHECK");
    assertThat(caller.post(CAPTURES + capture + "/refund", "k2", "{}").issue())
        .isEqualTo("PENDING_CAPTURE");

    caller.paypal.controls().deny(capture);

    assertThat(caller.get(CAPTURES + capture).at("/status")).isEqualTo("DECLINED");
    assertThat(caller.paypal.ledger().orders().get(0).captured())
        .isEqualTo(Money.parse("USD 0.00"));
  }

  @Test
  void a_complaint_makes_its_capture_pending_and_a_lost_one_takes_the_money_back() {
    String capture = caller.captured("inv-1");
    String dispute = caller.paypal.controls().complain(capture);
    assertThat(caller.get(CAPTURES + capture).at("/status_details/reason"))
        .isEqualTo("BUYER_COMPLAINT");
    assertThat(caller.post(CAPTURES + capture + "/refund", "k1", "{" + usd("1.00") + "}").issue())
        .isEqualTo("TRANSACTION_DISPUTED");

    caller.paypal.controls().resolve(dispute, false);

    assertThat(caller.get("/v1/customer/disputes/" + dispute).at("/dispute_outcome/outcome_code"))
        .isEqualTo("RESOLVED_BUYER_FAVOUR");
    assertThat(caller.get(CAPTURES + capture).at("/status")).isEqualTo("REFUNDED");
    assertThat(caller.paypal.takeWebhooks())
        .extracting(PayPalWebhook::type)
        .endsWith(
            "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.RESOLVED", "PAYMENT.CAPTURE.REVERSED");
  }

  @Test
  void of_two_simultaneous_calls_one_may_fail() {
    String capture = caller.captured("inv-1");
    caller.paypal.controls().nextIsInProgress("k1");

    assertThat(caller.post(CAPTURES + capture + "/refund", "k1", "{}").status()).isEqualTo(409);
    assertThat(caller.post(CAPTURES + capture + "/refund", "k1", "{}").status()).isEqualTo(201);
  }
}
