package dev.gatehouse.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.time.Duration;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The emulator as documented; all that it says and hears is held against the description. */
class StripeEmulatorTest {
  private final Caller caller = new Caller();
  private final StripeControls controls = caller.stripe.controls();
  private boolean wrongOnPurpose;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    if (!wrongOnPurpose) {
      assertThat(caller.held.problems()).isEmpty();
    }
  }

  private List<String> events() {
    return caller.stripe.takeWebhooks().stream().map(PendingWebhook::type).toList();
  }

  private static String text(JsonNode node, String pointer) {
    return node.at(pointer).asString("");
  }

  @Test
  void a_card_is_charged_and_the_latest_charge_can_be_expanded() {
    JsonNode intent = caller.pay(StripeToken.VISA, "expand[]=latest_charge&metadata[order]=7");

    assertThat(text(intent, "/status")).isEqualTo("succeeded");
    assertThat(intent.path("amount_received").intValue()).isEqualTo(1000);
    assertThat(text(intent, "/latest_charge/object")).isEqualTo("charge");
    assertThat(text(intent, "/latest_charge/metadata/order")).isEqualTo("7");
    assertThat(intent.path("livemode").booleanValue()).isFalse();
    assertThat(events())
        .containsExactly("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
  }

  @ParameterizedTest
  @CsvSource({
    "DECLINED, card_declined, generic_decline",
    "INSUFFICIENT_FUNDS, card_declined, insufficient_funds",
    "STOLEN_CARD, card_declined, stolen_card",
    "EXPIRED_CARD, expired_card, ''",
    "INCORRECT_CVC, incorrect_cvc, ''",
    "PROCESSING_ERROR, processing_error, ''",
    "RADAR_BLOCK, card_declined, fraudulent",
  })
  void a_declined_card_is_a_402_that_shows_charge_and_intent(
      StripeToken token, String code, String declineCode) {
    JsonNode error = caller.pay(token, "").path("error");

    assertThat(text(error, "/type")).isEqualTo("card_error");
    assertThat(text(error, "/code")).isEqualTo(code);
    assertThat(text(error, "/decline_code")).isEqualTo(declineCode);
    assertThat(text(error, "/payment_intent/status")).isEqualTo("requires_payment_method");
    JsonNode charge = caller.get("/v1/charges/" + text(error, "/charge"));
    assertThat(text(charge, "/status")).isEqualTo("failed");
    assertThat(text(charge, "/failure_code")).isEqualTo(code);
    assertThat(events()).contains("charge.failed", "payment_intent.payment_failed");
  }

  @Test
  void an_intent_may_fail_and_then_succeed_with_another_card() {
    JsonNode error = caller.pay(StripeToken.DECLINED, "").path("error");
    String id = text(error, "/payment_intent/id");

    controls.tryAgain(id, StripeToken.VISA);

    JsonNode intent = caller.get("/v1/payment_intents/" + id);
    assertThat(text(intent, "/status")).isEqualTo("succeeded");
    assertThat(intent.path("last_payment_error").isNull()).isTrue();
    assertThat(caller.get("/v1/charges?payment_intent=" + id).path("data")).hasSize(2);
  }

  @Test
  void a_customer_authenticates_at_a_page_or_through_the_script() {
    JsonNode page =
        caller.pay(StripeToken.THREE_D_SECURE_2, "return_url=" + Caller.encoded("https://s.test/"));
    JsonNode script = caller.pay(StripeToken.THREE_D_SECURE_2, "");

    assertThat(text(page, "/status")).isEqualTo("requires_action");
    assertThat(page.path("latest_charge").isNull()).isTrue();
    assertThat(text(page, "/next_action/redirect_to_url/url")).startsWith("https://");
    assertThat(text(script, "/next_action/type")).isEqualTo("use_stripe_sdk");
    String id = text(page, "/id");
    controls.authenticate(id);
    assertThat(text(caller.get("/v1/payment_intents/" + id), "/status")).isEqualTo("succeeded");
    assertThatThrownBy(() -> controls.authenticate(id)).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void a_failed_authentication_is_an_error_without_a_charge() {
    String id = text(caller.pay(StripeToken.AUTHENTICATION_REQUIRED, ""), "/id");

    controls.failAuthentication(id);

    JsonNode intent = caller.get("/v1/payment_intents/" + id);
    assertThat(text(intent, "/status")).isEqualTo("requires_payment_method");
    assertThat(text(intent, "/last_payment_error/code"))
        .isEqualTo("payment_intent_authentication_failure");
    assertThat(intent.path("latest_charge").isNull()).isTrue();
  }

  @Test
  void a_charge_without_the_customer_is_declined_where_they_must_authenticate() {
    JsonNode error =
        caller.pay(StripeToken.AUTHENTICATION_REQUIRED, "off_session=true").path("error");
    assertThat(text(error, "/code")).isEqualTo("authentication_required");
  }

  @Test
  void a_partial_capture_releases_the_rest_and_calls_that_a_refund_which_nobody_asked_for() {
    String id = text(caller.hold(), "/id");

    JsonNode intent =
        caller.post(
            "/v1/payment_intents/" + id + "/capture",
            "amount_to_capture=700&expand[]=latest_charge");

    assertThat(text(intent, "/status")).isEqualTo("succeeded");
    assertThat(intent.path("amount_received").intValue()).isEqualTo(700);
    assertThat(intent.at("/latest_charge/amount_captured").intValue()).isEqualTo(700);
    assertThat(intent.at("/latest_charge/amount_refunded").intValue()).isEqualTo(300);
    assertThat(intent.at("/latest_charge/refunded").booleanValue()).isFalse();
    JsonNode release = caller.get("/v1/refunds?payment_intent=" + id).at("/data/0");
    assertThat(release.path("amount").intValue()).isEqualTo(300);
    assertThat(release.path("metadata")).isEmpty();
    assertThat(text(release, "/status")).isEqualTo("succeeded");
    assertThat(events()).contains("charge.captured", "refund.created", "charge.refunded");
    JsonNode again = caller.post("/v1/payment_intents/" + id + "/capture", "");
    assertThat(text(again, "/error/code")).isEqualTo("payment_intent_unexpected_state");
    Ledger.Charge charge = caller.stripe.ledger().charges().get(0);
    assertThat(charge.captured()).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(charge.refunds()).isEmpty();
  }

  @Test
  void what_was_released_does_not_lessen_what_can_be_refunded() {
    JsonNode hold = caller.hold();
    String charge = text(hold, "/latest_charge");
    String path = "/v1/payment_intents/" + text(hold, "/id");
    caller.clock.advance(Duration.ofDays(1));
    JsonNode captured =
        caller.post(path + "/capture", "amount_to_capture=700&expand[]=latest_charge");

    JsonNode refund = caller.post("/v1/refunds", "charge=" + charge);

    assertThat(refund.path("amount").intValue()).isEqualTo(700);
    assertThat(caller.get("/v1/charges/" + charge).path("refunded").booleanValue()).isTrue();
    String booking = text(captured, "/latest_charge/balance_transaction");
    assertThat(caller.get("/v1/balance_transactions/" + booking).path("created").longValue())
        .isEqualTo(caller.clock.instant().getEpochSecond());
    assertThat(text(caller.get("/v1/balance_transactions/txn_99"), "/error/code"))
        .isEqualTo("resource_missing");
  }

  @Test
  void a_hold_expires_after_seven_days_and_its_intent_is_cancelled() {
    String id = text(caller.hold(), "/id");
    caller.clock.advance(Duration.ofDays(7));

    JsonNode intent = caller.get("/v1/payment_intents/" + id);

    assertThat(text(intent, "/status")).isEqualTo("canceled");
    assertThat(text(intent, "/cancellation_reason")).isEqualTo("expired");
    assertThat(events()).contains("charge.expired", "charge.refunded", "payment_intent.canceled");
    assertThat(text(caller.get("/v1/refunds?payment_intent=" + id), "/data/0/reason"))
        .isEqualTo("expired_uncaptured_charge");
    Ledger.Charge charge = caller.stripe.ledger().charges().get(0);
    assertThat(charge.authorization().orElseThrow().status()).isEqualTo("expired");
  }

  @Test
  void a_cancelled_hold_can_not_be_captured() {
    String id = text(caller.hold(), "/id");

    JsonNode intent =
        caller.post(
            "/v1/payment_intents/" + id + "/cancel", "cancellation_reason=requested_by_customer");

    assertThat(text(intent, "/status")).isEqualTo("canceled");
    JsonNode charge = caller.get("/v1/charges/" + text(intent, "/latest_charge"));
    assertThat(charge.path("captured").booleanValue()).isFalse();
    assertThat(charge.path("refunded").booleanValue()).isTrue();
    assertThat(caller.send("POST", "/v1/payment_intents/" + id + "/capture", "", "").status())
        .isEqualTo(400);
  }

  @Test
  void a_refund_may_succeed_and_fail_later_and_then_counts_no_more() {
    String charge = text(caller.pay(StripeToken.REFUND_FAIL, ""), "/latest_charge");
    JsonNode refund = caller.post("/v1/refunds", "charge=" + charge + "&amount=400&metadata[k]=v");
    assertThat(text(refund, "/status")).isEqualTo("succeeded");
    assertThat(caller.get("/v1/charges/" + charge).path("amount_refunded").intValue())
        .isEqualTo(400);

    caller.clock.advance(Duration.ofMinutes(5));

    JsonNode later = caller.get("/v1/refunds/" + text(refund, "/id"));
    assertThat(text(later, "/status")).isEqualTo("failed");
    assertThat(text(later, "/failure_reason")).isEqualTo("expired_or_canceled_card");
    assertThat(caller.get("/v1/charges/" + charge).path("amount_refunded").intValue()).isZero();
    assertThat(events()).contains("refund.created", "charge.refunded", "refund.failed");
  }

  @Test
  void refunds_never_exceed_what_was_captured() {
    String charge = text(caller.pay(StripeToken.VISA, ""), "/latest_charge");
    caller.post("/v1/refunds", "charge=" + charge + "&amount=600");

    assertThat(text(caller.post("/v1/refunds", "charge=" + charge + "&amount=500"), "/error/code"))
        .isEqualTo("amount_too_large");
    caller.post("/v1/refunds", "charge=" + charge);
    assertThat(text(caller.post("/v1/refunds", "charge=" + charge), "/error/code"))
        .isEqualTo("charge_already_refunded");
    JsonNode shown = caller.get("/v1/charges/" + charge + "?expand[]=refunds");
    assertThat(shown.at("/refunds/data")).hasSize(2);
    assertThat(shown.path("refunded").booleanValue()).isTrue();
  }

  @Test
  void a_dispute_takes_money_and_gives_it_back_when_won() {
    String id = text(caller.pay(StripeToken.DISPUTE, ""), "/id");
    JsonNode dispute = caller.get("/v1/disputes?payment_intent=" + id).at("/data/0");
    assertThat(dispute.at("/balance_transactions/0/amount").intValue()).isEqualTo(-1000);
    assertThat(text(caller.post("/v1/refunds", "payment_intent=" + id), "/error/code"))
        .isEqualTo("charge_disputed");

    controls.winDispute(text(dispute, "/id"));

    JsonNode won = caller.get("/v1/disputes/" + text(dispute, "/id"));
    assertThat(text(won, "/status")).isEqualTo("won");
    assertThat(won.path("balance_transactions")).hasSize(2);
    assertThat(caller.stripe.ledger().charges().get(0).kept()).isEqualTo(Money.parse("EUR 10.00"));
  }

  @Test
  void an_inquiry_moves_no_money_until_it_becomes_a_chargeback() {
    String id = text(caller.pay(StripeToken.DISPUTE_INQUIRY, ""), "/id");
    JsonNode dispute = caller.get("/v1/disputes?payment_intent=" + id).at("/data/0");
    assertThat(text(dispute, "/status")).isEqualTo("warning_needs_response");
    assertThat(dispute.path("balance_transactions")).isEmpty();

    controls.escalate(text(dispute, "/id"));

    assertThat(caller.stripe.ledger().charges().get(0).kept()).isEqualTo(Money.parse("EUR 0.00"));
  }

  @Test
  void the_same_key_gives_the_first_answer_again_and_other_parameters_an_error() {
    String form = "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa";
    HttpResponse first = caller.send("POST", "/v1/payment_intents", form, "k1");
    HttpResponse again = caller.send("POST", "/v1/payment_intents", form, "k1");
    HttpResponse other =
        caller.send("POST", "/v1/payment_intents", form.replace("1000", "1001"), "k1");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().first("Idempotent-Replayed")).contains("true");
    assertThat(other.status()).isEqualTo(400);
    assertThat(text(Caller.body(other), "/error/type")).isEqualTo("idempotency_error");
    assertThat(caller.stripe.ledger().effectsOf("k1")).isEqualTo(1);
    assertThat(caller.stripe.ledger().requestsWithKey("k1")).isEqualTo(3);
    caller.clock.advance(Duration.ofHours(24));
    caller.send("POST", "/v1/payment_intents", form, "k1");
    assertThat(caller.stripe.ledger().effectsOf("k1")).isEqualTo(2);
  }

  @Test
  void a_decline_and_a_500_are_replayed_but_a_refused_parameter_is_not() {
    String good = "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa";
    controls.failNext(true);
    assertThat(caller.send("POST", "/v1/payment_intents", good, "k1").status()).isEqualTo(500);
    assertThat(caller.send("POST", "/v1/payment_intents", good, "k1").status()).isEqualTo(500);
    assertThat(caller.stripe.ledger().effectsOf("k1")).isEqualTo(1);

    String declined = good.replace("pm_card_visa", "pm_card_visa_chargeDeclined");
    caller.send("POST", "/v1/payment_intents", declined, "k2");
    assertThat(caller.send("POST", "/v1/payment_intents", declined, "k2").status()).isEqualTo(402);
    assertThat(caller.stripe.ledger().effectsOf("k2")).isEqualTo(1);

    String small = good.replace("1000", "1");
    assertThat(caller.send("POST", "/v1/payment_intents", small, "k3").status()).isEqualTo(400);
    assertThat(caller.send("POST", "/v1/payment_intents", good, "k3").status()).isEqualTo(200);
  }

  @Test
  void a_key_in_use_is_a_conflict_and_too_many_requests_do_nothing() {
    String form = "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa";
    controls.keyInUse("k1", true);
    assertThat(caller.send("POST", "/v1/payment_intents", form, "k1").status()).isEqualTo(409);
    controls.keyInUse("k1", false);
    controls.rateLimitNext();
    HttpResponse limited = caller.send("POST", "/v1/payment_intents", form, "k1");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.headers().first("retry-after")).contains("1");
    assertThat(caller.send("POST", "/v1/payment_intents", form, "k1").status()).isEqualTo(200);
    assertThat(caller.stripe.ledger().effectsOf("k1")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, jpy, 200",
    "10, jpy, 400",
    "1230, kwd, 200",
    "1234, kwd, 400",
    "500, isk, 200",
    "550, isk, 400",
    "5, mga, 200",
    "100000000, eur, 400",
    "0, eur, 400",
    "1000, xxx, 400",
    "1000, iqd, 400",
  })
  void amounts_follow_stripes_own_ideas_of_minor_units(long minor, String currency, int status) {
    String form =
        "amount=" + minor + "&currency=" + currency + "&confirm=true&payment_method=pm_card_visa";
    assertThat(caller.send("POST", "/v1/payment_intents", form, "").status()).isEqualTo(status);
  }

  @Test
  void a_wrong_key_is_a_401_and_another_accounts_objects_are_not_there() {
    String id = text(caller.hold(), "/id");
    caller.secretKey = "sk_test_other";
    assertThat(text(caller.get("/v1/payment_intents/" + id), "/error/code"))
        .isEqualTo("resource_missing");
    caller.secretKey = "sk_test_nobody";
    HttpResponse refused = caller.send("GET", "/v1/payment_intents/" + id, "", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.bodyAsUtf8()).doesNotContain("sk_test_nobody");
    assertThat(refused.headers().first("request-id")).isPresent();
  }

  @Test
  void test_methods_do_not_exist_in_live_mode() {
    caller.secretKey = "sk_live_shop";
    assertThat(text(caller.pay(StripeToken.VISA, ""), "/error/code")).isEqualTo("resource_missing");
  }

  @Test
  void a_confirmation_token_confirms_once_and_a_debit_wants_one() {
    String account = caller.account.id();
    String form = "amount=1000&currency=eur&confirm=true&return_url=https://shop.test/back";
    String card = caller.stripe.controls().confirmationToken(account, StripeToken.VISA);
    String debit = caller.stripe.controls().debitToken(account);
    String bare = caller.stripe.controls().debitMethod(account);

    JsonNode paid = intent(form + "&confirmation_token=" + card);
    JsonNode again = intent(form + "&confirmation_token=" + card);
    JsonNode slow =
        intent(form + "&automatic_payment_methods[enabled]=true&confirmation_token=" + debit);
    JsonNode refused =
        intent(form + "&automatic_payment_methods[enabled]=true&payment_method=" + bare);
    JsonNode held =
        intent(
            form
                + "&capture_method=manual&automatic_payment_methods[enabled]=true"
                + "&confirmation_token="
                + caller.stripe.controls().debitToken(account));

    assertThat(text(paid, "/status")).isEqualTo("succeeded");
    assertThat(text(again, "/error/param")).isEqualTo("confirmation_token");
    assertThat(text(slow, "/status")).isEqualTo("processing");
    assertThat(text(refused, "/error/param")).isEqualTo("mandate_data");
    assertThat(text(held, "/error/param")).isEqualTo("capture_method");
    assertThat(caller.stripe.ledger().charges()).hasSize(2);
  }

  private JsonNode intent(String form) {
    return caller.post("/v1/payment_intents", form);
  }

  @Test
  void a_deleted_customer_is_shown_as_deleted_and_pays_no_more() {
    String customer = text(caller.post("/v1/customers", "email=a@example.org"), "/id");
    caller.stripe.controls().deleteCustomer(customer);

    JsonNode shown = caller.get("/v1/customers/" + customer);
    JsonNode listed = caller.get("/v1/customers?email=a@example.org");
    JsonNode paid =
        intent(
            "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&customer="
                + customer);

    assertThat(text(shown, "/deleted")).isEqualTo("true");
    assertThat(listed.at("/data")).isEmpty();
    assertThat(text(paid, "/error/code")).isEqualTo("resource_missing");
    assertThat(events()).contains("customer.deleted");
  }

  @Test
  void what_nobody_knows_is_refused() {
    wrongOnPurpose = true;
    assertThat(text(caller.pay(StripeToken.VISA, "surprise=1"), "/error/code"))
        .isEqualTo("parameter_unknown");
    assertThat(text(caller.pay(StripeToken.VISA, "expand[]=surprise"), "/error/param"))
        .isEqualTo("expand");
    assertThat(caller.send("DELETE", "/v1/payment_intents/pi_1", "", "").status()).isEqualTo(404);
    assertThat(caller.stripe.ledger().charges()).isEmpty();
    assertThatThrownBy(() -> controls.authenticate("pi_9")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void lists_come_newest_first_in_pages_and_the_search_lags_behind() {
    for (int i = 0; i < 5; i++) {
      caller.pay(StripeToken.VISA, "metadata[gatehouse_reference]=r" + i);
      caller.clock.advance(Duration.ofSeconds(1));
    }
    JsonNode first = caller.get("/v1/payment_intents?limit=2");
    JsonNode next = caller.get("/v1/payment_intents?limit=3&starting_after=pi_4");
    JsonNode window = caller.get("/v1/payment_intents?created[gte]=1772366402&limit=100");

    assertThat(text(first, "/data/0/id")).isEqualTo("pi_5");
    assertThat(first.path("has_more").booleanValue()).isTrue();
    assertThat(next.path("data")).hasSize(3);
    assertThat(next.path("has_more").booleanValue()).isFalse();
    assertThat(window.path("data")).hasSize(3);
    String search =
        "/v1/payment_intents/search?query="
            + Caller.encoded("metadata['gatehouse_reference']:'r4' AND status:'succeeded'");
    assertThat(caller.get(search).path("data")).isEmpty();
    caller.clock.advance(Duration.ofMinutes(1));
    assertThat(caller.get(search).path("data")).hasSize(1);
  }

  @Test
  void events_are_listed_for_thirty_days() {
    caller.pay(StripeToken.VISA, "");
    assertThat(caller.get("/v1/events?type=charge.*").path("data")).hasSize(1);
    assertThat(caller.get("/v1/events?types[]=payment_intent.succeeded").path("data")).hasSize(1);
    caller.clock.advance(Duration.ofDays(31));
    assertThat(caller.get("/v1/events").path("data")).isEmpty();
  }

  @Test
  void a_wrong_request_and_a_wrong_answer_are_noticed_on_every_path() {
    String id = text(caller.hold(), "/id");
    caller.post("/v1/payment_intents/" + id + "/capture", "amount_to_capture=700");
    String charge = controls.chargeOf(id).orElseThrow();
    caller.post("/v1/refunds", "charge=" + charge + "&amount=100");
    String open = text(caller.post("/v1/payment_intents", "amount=100&currency=usd"), "/id");
    caller.post("/v1/payment_intents/" + open + "/confirm", "payment_method=pm_card_createDispute");
    caller.post("/v1/payment_intents/" + open, "metadata[a]=b");
    caller.post("/v1/payment_intents/" + text(caller.hold(), "/id") + "/cancel", "");
    caller.pay(StripeToken.DECLINED, "");
    caller.get("/v1/payment_intents/" + id + "?expand[]=latest_charge");
    caller.get("/v1/payment_intents");
    caller.get("/v1/payment_intents/search?query=" + Caller.encoded("status:'succeeded'"));
    caller.get("/v1/charges/" + charge + "?expand[]=refunds&expand[]=balance_transaction");
    caller.get("/v1/charges?expand[]=data.refunds");
    caller.get("/v1/refunds/re_1");
    caller.get("/v1/refunds");
    caller.get("/v1/disputes");
    caller.get("/v1/disputes/dp_1");
    caller.get("/v1/events");
    caller.get("/v1/payment_methods/pm_1");

    assertThat(caller.held.problems()).isEmpty();
    assertThat(caller.held.seen()).hasSizeGreaterThan(16);
    caller.held.assertThatWrongOnesAreRejected();
  }
}
