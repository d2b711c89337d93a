package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request that the gateway sends, and every answer, is held against the description. */
class StripeGatewayTest {
  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private static Movement only(PaymentFacts facts, MovementKind kind) {
    return facts.movements().values().stream()
        .filter(movement -> movement.is(kind))
        .reduce((one, other) -> null)
        .orElseThrow();
  }

  @Test
  void a_sale_succeeds_and_its_facts_are_stripes() {
    Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    PaymentFacts facts = outcome.snapshot().facts();
    assertThat(facts.reference().value()).contains("pay-1");
    assertThat(facts.mode().value()).contains(Mode.TEST);
    assertThat(facts.currency().value()).contains(CurrencyUnit.EUR);
    Attempt attempt = facts.attempts().values().iterator().next();
    assertThat(attempt.step().isAt(AttemptStep.SUCCEEDED)).isTrue();
    assertThat(attempt.operation().value()).contains("pay-1:charge:1");
    Movement capture = only(facts, MovementKind.CAPTURE);
    assertThat(capture.step().isAt(MovementStep.DONE)).isTrue();
    assertThat(capture.amount().value()).contains(Bench.TEN);
    assertThat(capture.operation().value()).contains("pay-1:charge:1");
    assertThat(outcome.snapshot().complete()).isEmpty();
    assertThat(bench.ledger().requests()).isEqualTo(1);
    assertThat(bench.lookup("pay-1", outcome.snapshot()).facts()).isEqualTo(facts);
  }

  @ParameterizedTest
  @CsvSource({
    "DECLINED, GENERIC_DECLINE, NONE, generic_decline",
    "INSUFFICIENT_FUNDS, INSUFFICIENT_FUNDS, TRY_AGAIN_LATER, insufficient_funds",
    "LOST_CARD, LOST_CARD, DO_NOT_TRY_AGAIN, lost_card",
    "STOLEN_CARD, STOLEN_CARD, DO_NOT_TRY_AGAIN, stolen_card",
    "EXPIRED_CARD, EXPIRED_CARD, NONE, expired_card",
    "INCORRECT_CVC, INCORRECT_CVC, CONFIRM_DATA, incorrect_cvc",
    "PROCESSING_ERROR, PROCESSING_ERROR, TRY_AGAIN_LATER, processing_error",
    "VELOCITY, LIMIT_EXCEEDED, NONE, card_velocity_exceeded",
    "RADAR_BLOCK, SUSPECTED_FRAUD, NONE, fraudulent",
  })
  void a_decline_is_a_result_with_its_code_and_the_response_says_what_the_lookup_says(
      StripeToken token, DeclineCode code, DeclineAdvice advice, String raw) {
    Outcome outcome = gateway.charge(Bench.sale("pay-1", token));

    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    Outcome.Declined declined = (Outcome.Declined) outcome;
    assertThat(declined.decline().code()).isEqualTo(code);
    assertThat(declined.decline().advice()).isEqualTo(advice);
    assertThat(declined.decline().rawCode()).isEqualTo(raw);
    assertThat(outcome.snapshot().facts().attempts()).hasSize(1);
    assertThat(bench.lookup("pay-1", outcome.snapshot()).facts())
        .isEqualTo(outcome.snapshot().facts());
  }

  @Test
  void a_hold_is_captured_in_part_and_the_rest_is_released() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    Authorization hold = held.facts().authorizations().values().iterator().next();
    assertThat(hold.isAlive()).isTrue();
    assertThat(hold.capturable()).contains(Bench.TEN);
    assertThat(hold.terms().value().flatMap(Authorization.Terms::expiresAt))
        .contains(bench.clock.instant().plus(Duration.ofDays(7)));
    assertThat(held.facts().movements()).isEmpty();

    Outcome captured = gateway.capture(bench.capture(held, "pay-1", "EUR 7.00"));

    assertThat(captured).isInstanceOf(Outcome.Succeeded.class);
    Movement capture = only(captured.snapshot().facts(), MovementKind.CAPTURE);
    assertThat(capture.amount().value()).contains(Money.parse("EUR 7.00"));
    assertThat(capture.operation().value()).contains("pay-1:capture:1");
    assertThat(capture.parent().value()).contains(held.facts().authorizations().firstKey());
    Snapshot seen = bench.lookup("pay-1", captured.snapshot());
    Totals totals = Totals.of(held.facts().join(seen.facts()), CurrencyUnit.EUR);
    assertThat(totals.captured()).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(totals.authorized()).isEqualTo(Money.parse("EUR 0.00"));
    assertThat(bench.ledger().captured("pay-1", CurrencyUnit.EUR))
        .isEqualTo(Money.parse("EUR 7.00"));
  }

  @Test
  void a_hold_is_voided_and_then_can_not_be_captured() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();

    Outcome voided = gateway.voidAuthorization(bench.release(held, "pay-1"));

    assertThat(voided).isInstanceOf(Outcome.Succeeded.class);
    assertThat(voided.snapshot().facts().authorizations().values())
        .allMatch(hold -> hold.end().has(AuthorizationEnd.VOIDED));
    Outcome late = gateway.capture(bench.capture(held, "pay-1", "EUR 10.00"));
    assertThat(late).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) late).failure().category())
        .isEqualTo(ErrorCategory.INVALID_STATE);
  }

  @Test
  void a_hold_that_expired_at_stripe_is_seen_as_expired() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    bench.clock.advance(Duration.ofDays(7));
    Snapshot seen = bench.lookup("pay-1", held);
    assertThat(seen.facts().authorizations().values())
        .allMatch(hold -> hold.end().has(AuthorizationEnd.EXPIRED));
  }

  @Test
  void the_customer_is_sent_to_a_page_when_there_is_a_way_back_and_else_gets_a_token() {
    Outcome page = gateway.charge(Bench.sale("pay-1", StripeToken.THREE_D_SECURE_2));
    Outcome script =
        gateway.charge(
            Bench.charge(
                "pay-2", Bench.TEN, CaptureMode.AUTOMATIC, StripeToken.THREE_D_SECURE_2, false));

    assertThat(((Outcome.ActionRequired) page).action())
        .isInstanceOf(CustomerAction.Redirect.class);
    assertThat(((Outcome.ActionRequired) script).action())
        .isInstanceOf(CustomerAction.ClientToken.class);
    assertThat(page.snapshot().facts().attempts().get(Bench.intent(page)).step())
        .matches(step -> step.isAt(AttemptStep.ACTION_NEEDED));
  }

  @Test
  void after_the_authentication_the_charge_takes_the_place_of_the_attempt() {
    Outcome asked = gateway.charge(Bench.sale("pay-1", StripeToken.THREE_D_SECURE_2));
    bench.controls().authenticate(Bench.intent(asked));

    Snapshot seen = bench.lookup("pay-1", asked.snapshot());

    PaymentFacts all = asked.snapshot().facts().join(seen.facts());
    assertThat(all.attempts()).hasSize(2);
    assertThat(all.attempts().values()).filteredOn(Attempt::isCurrent).hasSize(1);
    assertThat(only(all, MovementKind.CAPTURE).amount().value()).contains(Bench.TEN);
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(1);
  }

  @Test
  void a_failed_authentication_fails_the_attempt_and_another_card_may_follow() {
    Outcome asked = gateway.charge(Bench.sale("pay-1", StripeToken.THREE_D_SECURE_2));
    bench.controls().failAuthentication(Bench.intent(asked));

    Snapshot failed = bench.lookup("pay-1", asked.snapshot());

    Attempt attempt = failed.facts().attempts().get(Bench.intent(asked));
    assertThat(attempt.failure().orElseThrow().code())
        .isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
    PaymentFacts known = asked.snapshot().facts().join(failed.facts());
    bench.controls().tryAgain(Bench.intent(asked), StripeToken.MASTERCARD);
    Snapshot paid = bench.lookup("pay-1", new Snapshot(known, java.util.Set.of()));
    PaymentFacts all = known.join(paid.facts());
    assertThat(dev.gatehouse.facts.Conflict.in(all)).isEmpty();
    assertThat(Totals.of(all, CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
  }

  @Test
  void an_authentication_and_then_a_decline_is_one_failed_attempt() {
    Outcome asked = gateway.charge(Bench.sale("pay-1", StripeToken.THREE_D_SECURE_DECLINED));
    bench.controls().authenticate(Bench.intent(asked));

    PaymentFacts all =
        asked.snapshot().facts().join(bench.lookup("pay-1", asked.snapshot()).facts());

    assertThat(all.attempts().values())
        .filteredOn(Attempt::isCurrent)
        .singleElement()
        .matches(attempt -> attempt.step().isAt(AttemptStep.FAILED));
    assertThat(all.attempts().values()).filteredOn(a -> a.failure().isPresent()).hasSize(1);
  }

  @Test
  void an_intent_abandoned_before_its_charge_is_a_failed_attempt() {
    Outcome asked = gateway.charge(Bench.sale("pay-1", StripeToken.THREE_D_SECURE_2));
    bench.controls().consoleCancel(Bench.intent(asked));
    assertThat(
            bench
                .lookup("pay-1", asked.snapshot())
                .facts()
                .attempts()
                .values()
                .iterator()
                .next()
                .failure()
                .orElseThrow()
                .code())
        .isEqualTo(DeclineCode.ABANDONED);
  }

  @Test
  void a_charge_without_the_customer_says_so_and_is_declined_where_they_must_authenticate() {
    ChargeRequest sale = Bench.sale("pay-1", StripeToken.AUTHENTICATION_REQUIRED);
    ChargeRequest away =
        new ChargeRequest(
            sale.reference(),
            sale.idempotencyKey(),
            sale.amount(),
            sale.capture(),
            sale.method(),
            false,
            Initiator.MERCHANT,
            Optional.empty(),
            sale.returnUrl(),
            sale.customer());
    Outcome.Declined declined = (Outcome.Declined) gateway.charge(away);
    assertThat(declined.decline().code()).isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
  }

  @Test
  void refunds_are_made_in_parts_and_never_too_many() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();

    Outcome first = gateway.refund(bench.refund(sold, "pay-1", "EUR 4.00", 1));
    Outcome second = gateway.refund(bench.refund(sold, "pay-1", "EUR 6.00", 2));
    Outcome third = gateway.refund(bench.refund(sold, "pay-1", "EUR 0.01", 3));

    assertThat(first).isInstanceOf(Outcome.Succeeded.class);
    assertThat(second).isInstanceOf(Outcome.Succeeded.class);
    assertThat(((Outcome.NotSent) third).failure().category())
        .isEqualTo(ErrorCategory.INVALID_STATE);
    PaymentFacts all = sold.facts().join(bench.lookup("pay-1", sold).facts());
    assertThat(Totals.of(all, CurrencyUnit.EUR).refunded()).isEqualTo(Bench.TEN);
    assertThat(first.snapshot().facts().movements().values())
        .allMatch(refund -> refund.operation().has("pay-1:refund:1"));
  }

  @Test
  void a_refund_that_failed_after_it_had_succeeded_is_undone() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.REFUND_FAIL)).snapshot();
    Outcome done = gateway.refund(bench.refund(sold, "pay-1", "EUR 10.00", 1));
    bench.clock.advance(Duration.ofMinutes(5));

    PaymentFacts later = bench.lookup("pay-1", sold).facts();

    PaymentFacts all = sold.facts().join(done.snapshot().facts()).join(later);
    assertThat(only(all, MovementKind.REFUND).step().isAt(MovementStep.UNDONE)).isTrue();
    assertThat(Totals.of(all, CurrencyUnit.EUR).kept()).isEqualTo(Bench.TEN);
  }

  @Test
  void a_pending_refund_is_pending_and_a_console_refund_is_nobodys() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.PENDING_REFUND)).snapshot();
    Outcome pending = gateway.refund(bench.refund(sold, "pay-1", "EUR 4.00", 1));
    assertThat(pending).isInstanceOf(Outcome.Pending.class);
    bench.controls().consoleRefund(sold.facts().movements().firstKey(), Money.parse("EUR 1.00"));
    bench.clock.advance(Duration.ofMinutes(5));

    PaymentFacts later = bench.lookup("pay-1", sold).facts();

    assertThat(later.movements().values())
        .filteredOn(m -> m.is(MovementKind.REFUND))
        .hasSize(2)
        .anyMatch(m -> m.operation().isUnknown())
        .anyMatch(m -> m.operation().has("pay-1:refund:1") && m.step().isAt(MovementStep.DONE));
  }

  @Test
  void many_refunds_are_all_seen() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    for (int i = 1; i <= 12; i++) {
      gateway.refund(bench.refund(sold, "pay-1", "EUR 0.10", i));
    }
    assertThat(bench.lookup("pay-1", sold).facts().movements().values())
        .filteredOn(m -> m.is(MovementKind.REFUND))
        .hasSize(12);
  }

  @Test
  void a_dispute_takes_money_and_gives_it_back() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.DISPUTE)).snapshot();
    PaymentFacts open = bench.lookup("pay-1", sold).facts();
    assertThat(Totals.of(open, CurrencyUnit.EUR).disputed()).isEqualTo(Bench.TEN);
    assertThat(open.disputes().values())
        .allMatch(d -> d.status().values().contains(DisputeStatus.NEEDS_RESPONSE));

    bench.controls().winDispute(open.disputes().firstKey());

    PaymentFacts won = open.join(bench.lookup("pay-1", sold).facts());
    assertThat(Totals.of(won, CurrencyUnit.EUR).kept()).isEqualTo(Bench.TEN);
  }

  @Test
  void an_inquiry_is_seen_and_takes_nothing_until_it_becomes_a_dispute() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.DISPUTE_INQUIRY)).snapshot();
    PaymentFacts asked = sold.facts().join(bench.lookup("pay-1", sold).facts());
    assertThat(asked.disputes().values())
        .singleElement()
        .matches(dispute -> dispute.status().values().contains(DisputeStatus.INQUIRY));
    assertThat(Totals.of(asked, CurrencyUnit.EUR).kept()).isEqualTo(Bench.TEN);

    bench.controls().escalate(asked.disputes().firstKey());
    bench.controls().loseDispute(asked.disputes().firstKey());

    PaymentFacts lost = asked.join(bench.lookup("pay-1", sold).facts());
    assertThat(lost.disputes().values())
        .singleElement()
        .matches(dispute -> dispute.status().values().contains(DisputeStatus.LOST));
    assertThat(Totals.of(lost, CurrencyUnit.EUR).kept().isZero()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "JPY 1000, 1000",
    "USD 0.50, 50",
    "KWD 1.230, 1230",
    "ISK 500, 50000",
    "MGA 5.00, 5",
    "EUR 999999.99, 99999999",
  })
  void amounts_are_written_in_stripes_minor_units_and_read_back(String amount, String minor) {
    Money money = Money.parse(amount);

    Outcome outcome =
        gateway.charge(Bench.charge("pay-1", money, CaptureMode.AUTOMATIC, StripeToken.VISA, true));

    assertThat(
            new String(bench.door.requests.get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("amount=" + minor + "&");
    assertThat(only(outcome.snapshot().facts(), MovementKind.CAPTURE).amount().value())
        .contains(money);
    assertThat(bench.ledger().captured("pay-1", money.getCurrencyUnit())).isEqualTo(money);
  }

  @Test
  void what_stripe_can_not_write_is_refused_before_a_request() {
    var profile = new StripeGatewayProvider().describe().currencies();
    assertThat(profile.check("amount", Money.parse("KWD 1.234"))).isNotEmpty();
    assertThat(profile.check("amount", Money.parse("MGA 5.50"))).isNotEmpty();
    assertThat(profile.check("amount", Money.parse("EUR 1000000.00"))).isNotEmpty();
    assertThat(profile.supports(CurrencyUnit.of("UGX"))).isFalse();
    assertThat(profile.supports(CurrencyUnit.of("CLF"))).isFalse();
  }

  @Test
  void a_capture_or_a_refund_in_another_currency_is_not_sent() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    Snapshot sold = gateway.charge(Bench.sale("pay-2", StripeToken.VISA)).snapshot();
    int before = bench.ledger().requests();

    Outcome captured = gateway.capture(bench.capture(held, "pay-1", "JPY 400"));
    Outcome refunded = gateway.refund(bench.refund(sold, "pay-2", "JPY 400", 1));

    for (Outcome outcome : List.of(captured, refunded)) {
      assertThat(((Outcome.NotSent) outcome).failure().code()).isEqualTo("stripe.currency");
    }
    assertThat(bench.ledger().requests()).isEqualTo(before);
  }

  @Test
  void an_odd_amount_of_somebody_else_is_seen_and_one_of_ours_is_not_sent() {
    Money three = Money.parse("KWD 3.000");
    Snapshot sold =
        gateway
            .charge(Bench.charge("pay-1", three, CaptureMode.AUTOMATIC, StripeToken.VISA, true))
            .snapshot();
    bench.controls().consoleRefund("ch_1", Money.parse("KWD 1.234"));
    assertThat(only(bench.lookup("pay-1", sold).facts(), MovementKind.REFUND).amount().value())
        .contains(Money.parse("KWD 1.234"));
    int before = bench.ledger().requests();
    Outcome odd = gateway.refund(bench.refund(sold, "pay-1", "KWD 1.766", 1));
    assertThat(odd).isInstanceOf(Outcome.NotSent.class);
    assertThat(bench.ledger().requests()).isEqualTo(before);
  }

  @Test
  void only_what_stripe_must_hear_is_sent_and_the_sdk_does_not_tell_on_us() {
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    gateway.charge(Bench.sale("pay-2", StripeToken.VISA));
    assertThat(bench.door.requests)
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.headers().first("Stripe-Version"))
                  .contains(StripeGatewayProvider.API_VERSION);
              assertThat(request.headers().first("Idempotency-Key")).isPresent();
              assertThat(request.headers().fields())
                  .extracting(field -> field.name().toLowerCase(java.util.Locale.ROOT))
                  .containsExactlyInAnyOrder(
                      "accept",
                      "user-agent",
                      "authorization",
                      "idempotency-key",
                      "stripe-version",
                      "content-type");
            });
    assertThat(StripeGatewayProvider.API_VERSION).isEqualTo(com.stripe.Stripe.API_VERSION);
  }

  @ParameterizedTest
  @CsvSource({"'', false", "false, false", "true, true"})
  void stripe_mails_a_receipt_only_if_that_is_wanted(String setting, boolean mails) {
    Map<String, String> more =
        setting.isEmpty() ? Map.of() : Map.of(StripeGatewayProvider.SEND_RECEIPTS, setting);
    ChargeRequest sale = Bench.sale("pay-1", StripeToken.VISA);
    CustomerDetails ada =
        new CustomerDetails(Optional.of("Ada"), Optional.of("ada@example.org"), Optional.empty());
    ChargeRequest hers =
        new ChargeRequest(
            sale.reference(),
            sale.idempotencyKey(),
            sale.amount(),
            sale.capture(),
            sale.method(),
            sale.storeMethod(),
            sale.initiator(),
            sale.description(),
            sale.returnUrl(),
            ada);

    bench.open(bench.account, bench.door, more).charge(hers);

    String sent =
        new String(bench.door.requests.get(0).body(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(sent.contains("receipt_email=")).isEqualTo(mails);
    assertThat(sent.contains("example.org")).isEqualTo(mails);
  }

  @Test
  void every_list_is_complete_once_it_is_settled() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    var trace = bench.trace("pay-1", sold);
    assertThat(Bench.found(gateway.lookup(trace)).complete()).isEmpty();
    bench.clock.advance(StripeGatewayProvider.SETTLES);
    assertThat(Bench.found(gateway.lookup(trace)).complete())
        .containsExactlyInAnyOrder(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS);
  }

  @Test
  void statements_show_what_the_setting_says() {
    StripeGateway named =
        bench.open(bench.account, bench.door, Map.of("statement-descriptor-suffix", "GOLD PLAN"));
    named.charge(Bench.sale("pay-1", StripeToken.VISA));

    assertThat(new String(bench.door.requests.get(0).body(), StandardCharsets.UTF_8))
        .contains("statement_descriptor_suffix=GOLD+PLAN");
  }

  @Test
  void a_token_of_any_kind_is_left_to_what_the_dashboard_allows() {
    ChargeRequest sale = Bench.sale("pay-1", StripeToken.VISA);
    ChargeRequest automatic =
        ChargeRequest.sale(
                "pay-1",
                sale.idempotencyKey(),
                Bench.TEN,
                new PaymentMethod.Token("automatic", StripeToken.THREE_D_SECURE_2.id()))
            .returningTo(sale.returnUrl().orElseThrow());

    assertThat(gateway.charge(automatic)).isInstanceOf(Outcome.ActionRequired.class);

    String form =
        URLDecoder.decode(
            new String(bench.door.requests.get(0).body(), StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    assertThat(form)
        .contains("automatic_payment_methods[enabled]=true")
        .contains("automatic_payment_methods[allow_redirects]=always")
        .doesNotContain("payment_method_types");
  }

  @Test
  void the_dashboard_shows_the_payment() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    assertThat(gateway.paymentPage(bench.trace("pay-1", sold)).orElseThrow())
        .hasToString("https://dashboard.stripe.com/test/payments/pi_1");
    assertThat(gateway.paymentPage(bench.trace("pay-1", Snapshot.empty()))).isEmpty();
    GatewayEnvironment live =
        new GatewayEnvironment(
            new GatewayInstanceId("live"),
            Mode.LIVE,
            bench.door,
            bench.clock,
            Duration.ofSeconds(9));
    StripeGateway ofLive =
        (StripeGateway)
            new StripeGatewayProvider()
                .open(GatewaySettings.of(Map.of("secret-key", "sk_live_main")), live);
    assertThat(ofLive.paymentPage(bench.trace("pay-1", sold)).orElseThrow())
        .hasToString("https://dashboard.stripe.com/payments/pi_1");
  }

  @Test
  void wrong_requests_and_answers_are_noticed_on_every_path_that_the_gateway_uses() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    Snapshot captured = gateway.capture(bench.capture(held, "pay-1", "EUR 7.00")).snapshot();
    gateway.refund(bench.refund(captured, "pay-1", "EUR 1.00", 1));
    Snapshot other = gateway.charge(Bench.hold("pay-2", StripeToken.VISA)).snapshot();
    gateway.voidAuthorization(bench.release(other, "pay-2"));
    Snapshot disputed = gateway.charge(Bench.sale("pay-3", StripeToken.DISPUTE)).snapshot();
    gateway.charge(Bench.sale("pay-4", StripeToken.DECLINED));
    bench.lookup("pay-3", disputed);
    gateway.lookup(bench.trace("pay-1", Snapshot.empty()));
    gateway.changesSince(bench.clock.instant());
    for (int i = 2; i <= 12; i++) {
      gateway.refund(bench.refund(captured, "pay-1", "EUR 0.10", i));
    }
    bench.lookup("pay-1", captured);

    assertThat(bench.held.seen())
        .contains(
            "POST /v1/payment_intents 200",
            "POST /v1/payment_intents 402",
            "POST /v1/payment_intents/{intent}/capture 200",
            "POST /v1/payment_intents/{intent}/cancel 200",
            "POST /v1/refunds 200",
            "GET /v1/payment_intents 200",
            "GET /v1/payment_intents/{intent} 200",
            "GET /v1/charges 200",
            "GET /v1/refunds 200",
            "GET /v1/balance_transactions/{id} 200",
            "GET /v1/disputes 200",
            "GET /v1/events 200");
    bench.held.assertThatWrongOnesAreRejected();
  }
}
