package dev.gatehouse.paypal;

import static dev.gatehouse.paypal.Bench.captureId;
import static dev.gatehouse.paypal.Bench.holdId;
import static dev.gatehouse.paypal.Bench.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.paypal.Funding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every call of the gateway, what it sends, and what it makes of the answers. */
class PayPalGatewayTest {
  private final Bench bench = new Bench();

  @AfterEach
  void everything_fits_paypals_description() {
    bench.spec.assertThatAllFits();
  }

  @Test
  void wrong_requests_and_answers_would_be_noticed_on_every_path_that_is_used() {
    Outcome paid = bench.captured("pay-1");
    String capture = captureId(paid.snapshot());
    bench.gateway.refund(bench.refund(bench.trace("pay-1", paid), "r", capture, "USD 4.00"));
    Outcome held = bench.held("pay-2");
    String hold = holdId(held.snapshot());
    bench.gateway.capture(bench.capture("pay-2", "c", hold, "USD 4.00", false));
    bench.gateway.voidAuthorization(bench.release(bench.trace("pay-2", held), hold));
    bench.gateway.capture(bench.capture("pay-2", "d", hold, "USD 4.00", false));
    bench.gateway.lookup(bench.trace("pay-2", held));
    bench.gateway.changesSince(bench.clock.instant());

    assertThat(bench.spec.seen())
        .contains(
            "POST /v2/checkout/orders 200",
            "GET /v2/checkout/orders/{id} 200",
            "POST /v2/checkout/orders/{id}/authorize 201",
            "POST /v2/checkout/orders/{id}/capture 201",
            "POST /v2/payments/authorizations/{authorization_id}/capture 201",
            "POST /v2/payments/authorizations/{authorization_id}/capture 422",
            "POST /v2/payments/authorizations/{authorization_id}/void 200",
            "POST /v2/payments/captures/{capture_id}/refund 201",
            "GET /v1/notifications/webhooks-events 200");
    bench.spec.assertThatWrongOnesAreRejected();
  }

  @Test
  void a_sale_makes_an_order_and_sends_the_customer_to_approve_it() {
    Outcome outcome = bench.gateway.charge(Bench.sale("pay-1"));

    assertThat(outcome).isInstanceOf(Outcome.ActionRequired.class);
    CustomerAction action = ((Outcome.ActionRequired) outcome).action();
    assertThat(((CustomerAction.Redirect) action).url())
        .hasToString("https://www.sandbox.paypal.com/checkoutnow?token=" + orderId(outcome));
    assertThat(outcome.snapshot().facts().reference().has("pay-1")).isTrue();
    assertThat(outcome.snapshot().facts().mode().has(Mode.TEST)).isTrue();
    assertThat(outcome.snapshot().facts().account().has(bench.app.merchantId())).isTrue();
    var attempt = outcome.snapshot().facts().attempts().get(orderId(outcome));
    assertThat(attempt.step().isAt(AttemptStep.ACTION_NEEDED)).isTrue();
    assertThat(attempt.amount().has(Bench.TEN)).isTrue();
    assertThat(attempt.operation().has("pay-1.charge.1")).isTrue();
  }

  @Test
  void what_is_sent_is_what_paypal_wants() {
    bench.gateway.charge(Bench.sale("pay-1"));

    HttpRequest sent = bench.door.sent("POST /v2/checkout/orders").get(0);
    JsonNode body = Bench.body(sent);
    assertThat(sent.uri()).hasToString("https://api-m.sandbox.paypal.com/v2/checkout/orders");
    assertThat(sent.headers().all("paypal-request-id")).containsExactly("pay-1.charge.1");
    assertThat(sent.headers().first("prefer")).contains("return=representation");
    assertThat(body.at("/intent").asString()).isEqualTo("CAPTURE");
    assertThat(body.at("/purchase_units")).hasSize(1);
    assertThat(body.at("/purchase_units/0/custom_id").asString()).isEqualTo("pay-1");
    assertThat(body.at("/purchase_units/0/invoice_id").asString()).isEqualTo("pay-1");
    assertThat(body.at("/purchase_units/0/description").asString()).isEqualTo("A plan");
    JsonNode experience = body.at("/payment_source/paypal/experience_context");
    assertThat(experience.path("return_url").asString())
        .isEqualTo("https://shop.test/return?a=1&b=2");
    assertThat(experience.path("user_action").asString()).isEqualTo("PAY_NOW");
    assertThat(experience.path("locale").asString()).isEqualTo("de-DE");
    assertThat(experience.path("shipping_preference").asString()).isEqualTo("NO_SHIPPING");
    assertThat(body.at("/payment_source/paypal/attributes").isMissingNode()).isTrue();
  }

  @Test
  void an_approved_order_is_captured() {
    Outcome outcome = bench.captured("pay-1");

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    Movement capture = movement(outcome, captureId(outcome.snapshot()));
    assertThat(capture.step().isAt(MovementStep.DONE)).isTrue();
    assertThat(capture.amount().has(Bench.TEN)).isTrue();
    assertThat(capture.charge().has(orderId(outcome))).isTrue();
    assertThat(bench.order("pay-1").captured()).isEqualTo(Bench.TEN);
    assertThat(bench.ledger().requestsByKey())
        .containsEntry("pay-1.charge.1", 1)
        .containsEntry("pay-1.complete.1", 1);
  }

  @Test
  void a_hold_is_made_captured_in_parts_and_its_rest_released() {
    Outcome held = bench.held("pay-1");
    String hold = holdId(held.snapshot());
    assertThat(held).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.order("pay-1").captures()).isEmpty();
    assertThat(held.snapshot().facts().authorizations().get(hold).capturable()).contains(Bench.TEN);

    Outcome part =
        bench.gateway.capture(bench.capture("pay-1", "pay-1.capture.1", hold, "USD 4.00", false));
    assertThat(part).isInstanceOf(Outcome.Succeeded.class);
    Movement capture = movement(part, captureId(part.snapshot()));
    assertThat(capture.operation().has("pay-1.capture.1")).isTrue();
    assertThat(capture.parent().has(hold)).isTrue();
    assertThat(part.snapshot().facts().reference().has("pay-1")).isTrue();

    Outcome last =
        bench.gateway.capture(bench.capture("pay-1", "pay-1.capture.2", hold, "USD 5.00", true));
    assertThat(last).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.order("pay-1").captured()).isEqualTo(Money.parse("USD 9.00"));
    assertThat(bench.order("pay-1").authorizations().get(0).status()).isEqualTo("CAPTURED");

    Lookup.Found found = found("pay-1", held);
    assertThat(
            found
                .snapshot()
                .facts()
                .authorizations()
                .get(hold)
                .end()
                .has(AuthorizationEnd.EXHAUSTED))
        .isTrue();
    assertThat(found.snapshot().facts().movements()).hasSize(2);
  }

  @Test
  void a_hold_is_released() {
    Outcome held = bench.held("pay-1");
    String hold = holdId(held.snapshot());

    Outcome outcome =
        bench.gateway.voidAuthorization(bench.release(bench.trace("pay-1", held), hold));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(
            outcome
                .snapshot()
                .facts()
                .authorizations()
                .get(hold)
                .end()
                .has(AuthorizationEnd.VOIDED))
        .isTrue();
    assertThat(bench.order("pay-1").authorizations().get(0).status()).isEqualTo("VOIDED");
  }

  @Test
  void what_is_captured_or_released_already_is_not_certain_to_be_somebody_elses_doing() {
    Outcome held = bench.held("pay-1");
    String hold = holdId(held.snapshot());
    bench.gateway.voidAuthorization(bench.release(bench.trace("pay-1", held), hold));

    assertThat(bench.gateway.capture(bench.capture("pay-1", "k", hold, "USD 1.00", false)))
        .isInstanceOf(Outcome.NotSent.class);
    bench.clock.advance(Duration.ofDays(46));
    assertThat(bench.gateway.voidAuthorization(bench.release(bench.trace("pay-1", held), hold)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void captures_are_refunded_in_parts_each_under_its_operation() {
    Outcome paid = bench.captured("pay-1");
    String capture = captureId(paid.snapshot());

    Outcome first =
        bench.gateway.refund(
            bench.refund(bench.trace("pay-1", paid), "pay-1.refund.1", capture, "USD 4.00"));
    Outcome second =
        bench.gateway.refund(
            bench.refund(bench.trace("pay-1", paid), "pay-1.refund.2", capture, "USD 6.00"));

    assertThat(first).isInstanceOf(Outcome.Succeeded.class);
    assertThat(second).isInstanceOf(Outcome.Succeeded.class);
    Movement refund = first.snapshot().facts().movements().values().iterator().next();
    assertThat(refund.operation().has("pay-1.refund.1")).isTrue();
    assertThat(refund.parent().has(capture)).isTrue();
    assertThat(refund.charge().has(orderId(paid))).isTrue();
    assertThat(bench.order("pay-1").refunded()).isEqualTo(Bench.TEN);
  }

  @Test
  void a_refund_at_paypals_site_is_nobodys_of_ours() {
    Outcome paid = bench.captured("pay-1");
    String capture = captureId(paid.snapshot());
    String refund = bench.controls().refundAtSite(capture, Money.parse("USD 1.00"));

    Lookup.Found found = found("pay-1", paid);

    Movement seen = found.snapshot().facts().movements().get(refund);
    assertThat(seen.operation().isUnknown()).isTrue();
    assertThat(seen.parent().has(capture)).isTrue();
    assertThat(found.snapshot().facts().reference().has("pay-1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED,GENERIC_DECLINE,TRANSACTION_REFUSED",
    "RESTRICTED,RESTRICTED_CARD,PAYER_ACCOUNT_RESTRICTED",
    "DECLINED_IN_CAPTURE,GENERIC_DECLINE,DECLINED"
  })
  void a_decline_is_a_result_with_its_code(Funding funding, DeclineCode code, String raw) {
    String order = orderId(bench.gateway.charge(Bench.sale("pay-1")));
    bench.controls().approve(order, funding);

    Outcome outcome = bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));

    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    assertThat(((Outcome.Declined) outcome).decline().code()).isEqualTo(code);
    assertThat(((Outcome.Declined) outcome).decline().rawCode()).isEqualTo(raw);
    assertThat(bench.order("pay-1").captured().isZero()).isTrue();
  }

  @Test
  void a_pending_capture_is_pending_and_ends_well_or_badly() {
    Outcome cheque = pending("pay-1");
    assertThat(cheque).isInstanceOf(Outcome.Pending.class);
    assertThat(movement(cheque, captureId(cheque.snapshot())).step().isAt(MovementStep.OPEN))
        .isTrue();
    bench.controls().clear(captureId(cheque.snapshot()));
    assertThat(step("pay-1", cheque)).isEqualTo(AttemptStep.SUCCEEDED);

    Outcome bounced = pending("pay-2");
    bench.controls().deny(captureId(bounced.snapshot()));
    assertThat(step("pay-2", bounced)).isEqualTo(AttemptStep.FAILED);
    Movement never =
        found("pay-2", bounced).snapshot().facts().movements().get(captureId(bounced.snapshot()));
    assertThat(never.step().isAt(MovementStep.NEVER)).isTrue();
  }

  private Outcome pending(String reference) {
    String order = orderId(bench.gateway.charge(Bench.sale(reference)));
    bench.controls().approve(order, Funding.ECHECK);
    return bench.gateway.complete(bench.complete(reference, order, CaptureMode.AUTOMATIC));
  }

  @Test
  void a_hold_under_review_holds_nothing_yet() {
    String order = orderId(bench.gateway.charge(Bench.hold("pay-1")));
    bench.controls().approve(order, Funding.REVIEWED);
    Outcome outcome = bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.MANUAL));
    assertThat(outcome).isInstanceOf(Outcome.Pending.class);
    assertThat(outcome.snapshot().facts().authorizations()).isEmpty();

    bench.controls().reviewHold(holdId(outcome.snapshot()), true);

    assertThat(found("pay-1", outcome).snapshot().facts().authorizations()).hasSize(1);
  }

  @Test
  void a_complaint_does_not_untake_the_money_and_shows_as_a_dispute() {
    Outcome paid = bench.captured("pay-1");
    String capture = captureId(paid.snapshot());
    String dispute = bench.controls().complain(capture);

    Lookup.Found open = found("pay-1", paid);
    assertThat(open.snapshot().facts().movements().get(capture).step().isAt(MovementStep.DONE))
        .isTrue();
    assertThat(open.snapshot().facts().disputes()).containsOnlyKeys(dispute);

    bench.controls().resolve(dispute, false);
    Lookup.Found lost =
        (Lookup.Found) bench.gateway.lookup(bench.trace("pay-1", open.snapshot().facts()));
    assertThat(lost.snapshot().facts().disputes().get(dispute).status().value())
        .contains(DisputeStatus.LOST);
    // The money that PayPal took back is a refund that nobody here asked for.
    assertThat(lost.snapshot().facts().movements()).hasSize(2);
    assertThat(bench.order("pay-1").refunded()).isEqualTo(Bench.TEN);
  }

  @ParameterizedTest
  @CsvSource({"JPY 1000,1000", "HUF 2500.00,2500", "TWD 30.00,30", "USD 10.50,10.50"})
  void amounts_are_written_as_paypal_wants_them(String money, String written) {
    ChargeRequest request = Bench.charge("pay-1", Money.parse(money), CaptureMode.AUTOMATIC);

    Outcome outcome = bench.gateway.charge(request);

    assertThat(outcome).isInstanceOf(Outcome.ActionRequired.class);
    JsonNode amount =
        Bench.body(bench.door.sent("POST /v2/checkout/orders").get(0))
            .at("/purchase_units/0/amount");
    assertThat(amount.path("value").asString()).isEqualTo(written);
    assertThat(
            outcome
                .snapshot()
                .facts()
                .attempts()
                .get(orderId(outcome))
                .amount()
                .has(Money.parse(money)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KWD 10.000", "HUF 10.50", "TWD 0.01"})
  void an_amount_that_paypal_does_not_take_is_refused_before_anything_is_sent(String money) {
    Outcome outcome =
        bench.gateway.charge(Bench.charge("pay-1", Money.parse(money), CaptureMode.AUTOMATIC));

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category())
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(bench.door.sent()).isEmpty();
  }

  @Test
  void one_token_serves_until_it_runs_out() {
    bench.captured("pay-1");
    bench.captured("pay-2");
    assertThat(bench.door.sent("POST /v1/oauth2/token")).hasSize(1);

    bench.clock.advance(Duration.ofHours(9));
    bench.captured("pay-3");
    assertThat(bench.door.sent("POST /v1/oauth2/token")).hasSize(2);
  }

  @Test
  void a_token_that_ends_on_the_way_is_renewed_once_and_the_call_made_once() {
    String order = bench.approved(Bench.sale("pay-1"));
    bench.controls().revokeTokens();

    Outcome outcome = bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.door.sent("/capture")).hasSize(2);
    assertThat(bench.ledger().requestsByKey()).containsEntry("pay-1.complete.1", 1);
    assertThat(bench.order("pay-1").captures()).hasSize(1);
  }

  @Test
  void wrong_credentials_are_said_to_be_that_and_nothing_is_sent_with_them() {
    var settings = bench.app.settings();
    settings.put("client-secret", "canary-7f3a");

    Outcome outcome = bench.open(settings).charge(Bench.sale("pay-1"));

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    var failure = ((Outcome.NotSent) outcome).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message())
        .contains("'client-id'", "'client-secret'", "'paypal-eu'", "sandbox")
        .doesNotContain("canary");
    assertThat(bench.door.sent("/v2/")).isEmpty();
  }

  @Test
  void an_account_that_may_not_do_it_is_told_by_its_settings() {
    String refusal =
        """
        {"name": "NOT_AUTHORIZED", "message": "No.", "debug_id": "f1", "details":
        [{"issue": "PERMISSION_DENIED", "description": "You do not have permission."}]}""";
    bench.door.answer("POST /v2/checkout/orders", 403, "application/json", refusal);

    var failure = ((Outcome.NotSent) bench.gateway.charge(Bench.sale("pay-1"))).failure();

    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.code()).isEqualTo("PERMISSION_DENIED");
    assertThat(failure.message()).contains("permission", "'client-id'", "'paypal-eu'");
  }

  @Test
  void a_page_of_a_machine_on_the_way_proves_nothing() {
    String order = bench.approved(Bench.sale("pay-1"));
    for (int status : new int[] {200, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504}) {
      bench.door.answer("/capture", status, "text/html", "<h1>Proxy</h1>");
      assertThat(bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC)))
          .as("status " + status)
          .isInstanceOf(Outcome.Unknown.class);
    }
    bench.door.answer("/capture", 200, "application/json", "{\"id\":\"" + "[".repeat(5000));
    assertThat(bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC)))
        .isInstanceOf(Outcome.Unknown.class);
    bench.door.answer("/capture", 201, "application/json", "{\"name\":\"X\",\"debug_id\":\"1\"}");
    assertThat(bench.gateway.complete(bench.complete("pay-1", order, CaptureMode.AUTOMATIC)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_demand_to_slow_down_is_certain_and_says_for_how_long() {
    bench.approved(Bench.sale("pay-1"));
    HttpHeaders wait =
        HttpHeaders.none().with("retry-after", "7").with("content-type", "application/json");
    bench.door.answer(
        "POST /v2/checkout/orders",
        429,
        wait,
        """
        {"name":"RATE_LIMIT_REACHED","message":"Too many requests.","debug_id":"1"}
        """);

    Outcome outcome = bench.gateway.charge(Bench.sale("pay-2"));

    var failure = ((Outcome.NotSent) outcome).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_closed_gateway_sends_nothing() {
    bench.captured("pay-1");
    int before = bench.door.sent().size();
    bench.gateway.close();
    bench.gateway.close();

    assertThat(bench.gateway.charge(Bench.sale("pay-2"))).isInstanceOf(Outcome.NotSent.class);
    assertThat(bench.door.sent()).hasSize(before);
  }

  @Test
  void a_payment_has_a_page_at_paypals_once_something_came_of_it() {
    Outcome waiting = bench.gateway.charge(Bench.sale("pay-1"));
    assertThat(bench.gateway.paymentPage(bench.trace("pay-1", waiting))).isEmpty();

    Outcome paid = bench.captured("pay-2");

    assertThat(bench.gateway.paymentPage(bench.trace("pay-2", paid)))
        .contains(
            URI.create(
                "https://www.sandbox.paypal.com/activity/payment/" + captureId(paid.snapshot())));
  }

  @Test
  void an_order_that_is_not_shown_has_run_out_only_once_none_would_live_so_long() {
    Outcome waiting = bench.gateway.charge(Bench.sale("pay-1"));
    Trace trace = bench.trace("pay-1", waiting);

    bench.clock.advance(Duration.ofHours(6));
    Lookup.CannotTell soon = (Lookup.CannotTell) bench.gateway.lookup(trace);
    bench.clock.advance(PayPalLookup.LONGEST_LIFE);
    Lookup.Found over = (Lookup.Found) bench.gateway.lookup(trace);

    assertThat(soon.failure().message()).contains("'client-id'", "'client-secret'", "'paypal-eu'");
    var attempt = over.snapshot().facts().attempts().get(orderId(waiting));
    assertThat(attempt.failure().orElseThrow().code()).isEqualTo(DeclineCode.ABANDONED);
  }

  @Test
  void an_order_that_we_may_have_completed_never_runs_out() {
    Outcome waiting = bench.gateway.charge(Bench.sale("pay-1"));
    bench.clock.advance(PayPalLookup.LONGEST_LIFE);
    Trace trace = bench.trace("pay-1", waiting);
    for (SendStep step : SendStep.values()) {
      PaymentFacts known =
          trace
              .known()
              .join(PaymentFacts.ofSend("pay-1.charge.1#1", SendStep.HAD_EFFECT))
              .join(PaymentFacts.ofSend("pay-1.complete.1#1", step));
      Trace old =
          new Trace(
              trace.reference(),
              trace.startedAt().minus(PayPalLookup.LONGEST_LIFE),
              Optional.empty(),
              known);

      assertThat(bench.gateway.lookup(old))
          .as("the completion is " + step)
          .isInstanceOf(step == SendStep.HAD_NONE ? Lookup.Found.class : Lookup.CannotTell.class);
    }
  }

  @Test
  void an_order_known_by_its_id_alone_is_just_not_there() {
    PaymentFacts hinted =
        Snapshot.builder().providerId("order", "8XX50000NNNNNNNNY").build().facts();

    assertThat(bench.gateway.lookup(bench.trace("pay-1", hinted)))
        .isInstanceOf(Lookup.AbsentAsOf.class);
  }

  @Test
  void a_renewed_hold_takes_the_place_of_the_old_one_and_goes_with_it() {
    Outcome held = bench.held("pay-1");
    String old = holdId(held.snapshot());
    String renewed = renewed(old);

    Lookup.Found found = found("pay-1", held);
    assertThat(found.snapshot().facts().authorizations().get(old).supersededBy().has(renewed))
        .isTrue();
    Outcome released =
        bench.gateway.voidAuthorization(
            bench.release(bench.trace("pay-1", found.snapshot().facts()), renewed));

    assertThat(released).isInstanceOf(Outcome.Succeeded.class);
    assertThat(released.snapshot().facts().authorizations()).containsOnlyKeys(renewed);
    assertThat(bench.order("pay-1").authorizations())
        .allMatch(hold -> hold.status().equals("VOIDED"));
  }

  @Test
  void releasing_a_hold_that_was_renewed_unseen_leads_to_no_contradiction() {
    Outcome held = bench.held("pay-1");
    String old = holdId(held.snapshot());
    renewed(old);

    Outcome released =
        bench.gateway.voidAuthorization(bench.release(bench.trace("pay-1", held), old));
    PaymentFacts after = held.snapshot().facts().join(released.snapshot().facts());
    Lookup.Found later = (Lookup.Found) bench.gateway.lookup(bench.trace("pay-1", after));

    assertThat(released).isInstanceOf(Outcome.Succeeded.class);
    // A grave one would never be resolved, and would stop everything that goes by itself.
    assertThat(Conflict.in(after.join(later.snapshot().facts()))).noneMatch(Conflict::isGrave);
  }

  /** Somebody renews a hold at PayPal, by a call of their own. */
  private String renewed(String hold) {
    bench.clock.advance(Duration.ofDays(4));
    bench.gateway.lookup(bench.trace("x", bench.gateway.charge(Bench.sale("pay-x"))));
    String token =
        bench
            .door
            .sent("POST /v2/")
            .get(bench.door.sent("POST /v2/").size() - 1)
            .headers()
            .first("authorization")
            .orElseThrow();
    var headers =
        HttpHeaders.none().with("authorization", token).with("content-type", "application/json");
    var uri =
        URI.create(
            "https://api-m.sandbox.paypal.com/v2/payments/authorizations/" + hold + "/reauthorize");
    bench.spec.send(
        new HttpRequest("POST", uri, headers, "{}".getBytes(StandardCharsets.UTF_8)),
        Duration.ofSeconds(1));
    return bench.ledger().ordersOf("pay-1").get(0).authorizations().get(1).id();
  }

  private Lookup.Found found(String reference, Outcome known) {
    return (Lookup.Found) bench.gateway.lookup(bench.trace(reference, known));
  }

  private AttemptStep step(String reference, Outcome known) {
    return found(reference, known)
        .snapshot()
        .facts()
        .attempts()
        .get(orderId(known))
        .step()
        .value()
        .orElseThrow();
  }

  private static Movement movement(Outcome outcome, String id) {
    return outcome.snapshot().facts().movements().get(id);
  }
}
