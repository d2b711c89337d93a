package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Own verification, with the SDK's as an oracle wherever the SDK has an opinion. */
class StripeWebhooksTest {
  private static final String SECRET = "whsec_main1234";

  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  private PendingWebhook delivery() {
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    List<PendingWebhook> all = bench.stripe.takeWebhooks();
    return all.get(all.size() - 1);
  }

  private static WebhookRequest with(PendingWebhook webhook, String signature, byte[] body) {
    return new WebhookRequest(
        "POST", webhook.uri(), Map.of("Stripe-Signature", List.of(signature)), body);
  }

  private static String signature(PendingWebhook webhook) {
    return webhook.headers().first("stripe-signature").orElseThrow();
  }

  private static boolean sdkAccepts(String body, String header, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, 0, null);
    } catch (com.stripe.exception.SignatureVerificationException e) {
      return false;
    }
  }

  @Test
  void a_genuine_delivery_names_the_payment_and_the_sdk_agrees() {
    PendingWebhook webhook = delivery();

    WebhookAnswer.Verified answer =
        (WebhookAnswer.Verified) gateway.receive(webhook.toWebhookRequest());

    WebhookNotice notice = answer.notices().get(0);
    assertThat(notice.id()).contains(webhook.eventId());
    assertThat(notice.type()).isEqualTo("payment_intent.succeeded");
    assertThat(notice.hint().reference()).contains("pay-1");
    assertThat(notice.hint().providerIds())
        .containsExactly(new ProviderId("payment_intent", "pi_1"));
    assertThat(
            sdkAccepts(
                new String(webhook.body(), StandardCharsets.UTF_8), signature(webhook), SECRET))
        .isTrue();
  }

  @Test
  void every_event_of_a_payments_life_leads_to_its_intent() {
    var held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    var captured = gateway.capture(bench.capture(held, "pay-1", "EUR 10.00")).snapshot();
    gateway.refund(bench.refund(captured, "pay-1", "EUR 1.00", 1));
    String charge = captured.facts().movements().firstKey();
    bench.controls().failRefund("re_1");
    bench
        .controls()
        .loseDispute(bench.controls().dispute(charge, org.joda.money.Money.parse("EUR 5.00")));

    List<PendingWebhook> all = bench.stripe.takeWebhooks();

    assertThat(all)
        .extracting(PendingWebhook::type)
        .contains(
            "charge.captured",
            "charge.refunded",
            "refund.created",
            "refund.failed",
            "charge.dispute.created",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.closed");
    assertThat(all)
        .allSatisfy(
            webhook ->
                assertThat(
                        ((WebhookAnswer.Verified) gateway.receive(webhook.toWebhookRequest()))
                            .notices())
                    .as(webhook.type())
                    .singleElement()
                    .matches(
                        notice ->
                            notice
                                .hint()
                                .providerIds()
                                .contains(new ProviderId("payment_intent", "pi_1"))));
  }

  @Test
  void one_flipped_byte_anywhere_is_a_forgery() {
    PendingWebhook webhook = delivery();
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] body = webhook.body();
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(7));
      assertThat(gateway.receive(with(webhook, signature(webhook), body)))
          .as("seed 7, try %s", i)
          .isInstanceOf(WebhookAnswer.Rejected.class);
    }
    String header = signature(webhook);
    String forged = header.replaceFirst("v1=(.)", "v1=" + (header.contains("v1=0") ? "1" : "0"));
    assertThat(gateway.receive(with(webhook, forged, webhook.body())))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -299, 0, 299, 300})
  void a_delivery_within_five_minutes_either_way_is_fresh(long seconds) {
    PendingWebhook webhook = delivery();
    bench.clock.set(bench.clock.instant().plusSeconds(seconds));
    assertThat(gateway.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -301, 301, 86_400})
  void a_stale_delivery_and_one_of_the_future_are_rejected(long seconds) {
    PendingWebhook webhook = delivery();
    bench.clock.set(bench.clock.instant().plusSeconds(seconds));
    assertThat(gateway.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void a_delivery_replayed_after_its_time_is_rejected_and_one_signed_anew_is_not() {
    PendingWebhook webhook = delivery();
    bench.clock.advance(Duration.ofMinutes(6));
    assertThat(gateway.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
    assertThat(gateway.receive(bench.stripe.webhookAgain(webhook.eventId()).toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "t=1",
        "v1=00",
        "t=,v1=",
        "t=1772366400",
        "t=1772366400,v1",
        "t=x,v1=00",
        "t=1772366400,t=1772366400,v1=00",
        "t=99999999999999999999,v1=00",
        "nonsense",
        "=,=,=",
        "t=-1,v1=00",
      })
  void a_malformed_header_is_rejected(String header) {
    PendingWebhook webhook = delivery();
    assertThat(gateway.receive(with(webhook, header, webhook.body())))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void a_missing_or_doubled_header_is_rejected_and_the_case_of_its_name_does_not_matter() {
    PendingWebhook webhook = delivery();
    String good = signature(webhook);
    assertThat(gateway.receive(request(webhook, Map.of())))
        .isInstanceOf(WebhookAnswer.Rejected.class);
    assertThat(gateway.receive(request(webhook, Map.of("stripe-signature", List.of(good, good)))))
        .isInstanceOf(WebhookAnswer.Rejected.class);
    Map<String, List<String>> twice = new TreeMap<>();
    twice.put("Stripe-Signature", List.of(good));
    twice.put("stripe-signature", List.of(good));
    assertThat(gateway.receive(request(webhook, twice))).isInstanceOf(WebhookAnswer.Rejected.class);
    assertThat(gateway.receive(request(webhook, Map.of("STRIPE-SIGNATURE", List.of(good)))))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  private static WebhookRequest request(PendingWebhook webhook, Map<String, List<String>> headers) {
    return new WebhookRequest("POST", webhook.uri(), headers, webhook.body());
  }

  @Test
  void while_a_secret_is_rolled_both_are_taken_and_without_any_nothing_is() {
    StripeGateway rolling =
        bench.open(
            StripeAccount.test("main").signing("whsec_new56789"),
            bench.door,
            Map.of(StripeGatewayProvider.WEBHOOK_SECRET_PREVIOUS, SECRET));
    StripeGateway rolled =
        bench.open(StripeAccount.test("main").signing("whsec_new56789"), bench.door, Map.of());
    StripeGateway without =
        new StripeGateway(
            new StripeSettings(
                URI.create("https://stripe.test"),
                dev.gatehouse.spi.SecretValue.of("sk_test_main"),
                List.of(),
                false,
                false,
                java.util.Optional.empty()),
            bench.environment(bench.door));
    PendingWebhook webhook = delivery();
    assertThat(rolling.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
    assertThat(rolled.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
    assertThat(without.receive(webhook.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void raw_bytes_are_signed_and_read_white_space_and_all() {
    String body =
        "{ \"type\" : \"charge.succeeded\",\n \"livemode\":false, \"id\":\"evt_9\","
            + "\"data\":{\"object\":{\"object\":\"charge\",\"payment_intent\":\"pi_ü\"}}}";
    assertThat(signed(body)).isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{",
        "{\"id\":\"evt_1\"}",
        "{\"id\":7,\"type\":\"charge.succeeded\\n\"}",
        "{\"id\":\"evt 1\",\"type\":\"charge.succeeded\"}",
      })
  void a_genuine_body_that_is_no_event_is_rejected(String body) {
    assertThat(signed(body)).isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void a_body_that_is_too_large_or_too_deep_is_rejected() {
    assertThat(signed(" ".repeat(600 * 1024))).isInstanceOf(WebhookAnswer.Rejected.class);
    assertThat(signed("{\"id\":\"e\",\"type\":\"t\",\"data\":" + "[".repeat(100_000)))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'evt_1','type':'customer.created','livemode':false,'data':{'object':{}}}",
        "{'id':'evt_1','type':'charge.succeeded','livemode':true,"
            + "'data':{'object':{'payment_intent':'pi_1'}}}",
        "{'id':'evt_1','type':'charge.succeeded','livemode':false,'data':{'object':{}}}",
        "{'id':'evt_1','type':'charge.succeeded','livemode':false,'data':[]}",
        "{'id':'evt_1','type':'charge.succeeded','data':{'object':{'payment_intent':'pi_1'}}}",
        "{'id':'evt_1','type':'v2.core.account.created','livemode':false}",
        "{'id':'evt_1','type':'charge.succeeded','livemode':false,'account':'acct_connected',"
            + "'data':{'object':{'payment_intent':'pi_1'}}}",
        "{'id':'evt_1','type':'checkout.session.completed','livemode':false,"
            + "'data':{'object':{'id':'cs_1','object':'checkout.session','payment_intent':null}}}",
      })
  void what_concerns_no_payment_of_ours_is_taken_and_ignored(String body) {
    WebhookAnswer answer = signed(body.replace('\'', '"'));
    assertThat(((WebhookAnswer.Verified) answer).notices()).isEmpty();
  }

  /** Whatever somebody writes at the dashboard, and whatever comes as an id. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'metadata':{'gatehouse_reference':' a b\\n'}",
        "'metadata':{'gatehouse_reference':'%LONG%'}",
        "'metadata':{'gatehouse_reference':7}",
        "'metadata':{'gatehouse_reference':{}}",
        "'metadata':[]",
        "'metadata':null",
      })
  void a_reference_that_can_not_be_ours_is_none(String metadata) {
    WebhookAnswer answer =
        signed(
            ("{'id':'evt_1','type':'charge.succeeded','livemode':false,'data':{'object':"
                    + "{'object':'charge','payment_intent':'pi_1',"
                    + metadata
                    + "}}}")
                .replace("%LONG%", "x".repeat(500))
                .replace('\'', '"'));
    assertThat(((WebhookAnswer.Verified) answer).notices())
        .singleElement()
        .matches(notice -> notice.hint().reference().filter(text -> !text.equals("7")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'payment_intent':'%LONG%'",
        "'payment_intent':'pi 1'",
        "'payment_intent':'pi_\\u0000'",
        "'payment_intent':{'id':['pi_1']}",
        "'payment_intent':true,'object':['charge']",
      })
  void an_id_that_can_be_none_is_survived(String id) {
    WebhookAnswer answer =
        signed(
            ("{'id':'evt_1','type':'charge.succeeded','livemode':false,'data':{'object':{"
                    + id
                    + "}}}")
                .replace("%LONG%", "p".repeat(10_000))
                .replace('\'', '"'));
    assertThat(answer).isNotInstanceOf(WebhookAnswer.CannotVerify.class);
  }

  /** Endpoints have a version of their own, and the account another one. */
  @ParameterizedTest
  @ValueSource(strings = {"2014-08-04", "2019-05-16", "2026-07-29.dahlia", "2099-01-01.zinnia"})
  void the_version_of_an_endpoint_does_not_matter(String version) {
    WebhookAnswer answer =
        signed(
            "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\""
                + version
                + "\",\"type\":\"charge.succeeded\",\"livemode\":false,\"data\":{\"object\":"
                + "{\"id\":\"ch_1\",\"object\":\"charge\",\"payment_intent\":{\"id\":\"pi_1\"},"
                + "\"a_new_field\":[1]}}}");
    assertThat(((WebhookAnswer.Verified) answer).notices())
        .singleElement()
        .matches(
            notice ->
                notice.hint().providerIds().contains(new ProviderId("payment_intent", "pi_1")));
  }

  /** A body that Stripe itself might have signed now, checked against the SDK. */
  private WebhookAnswer signed(String body) {
    Instant now = bench.clock.instant();
    try {
      String hmac = Webhook.Util.computeHmacSha256(SECRET, now.getEpochSecond() + "." + body);
      String header = "t=" + now.getEpochSecond() + ",v1=" + hmac;
      assertThat(sdkAccepts(body, header, SECRET)).isTrue();
      return gateway.receive(
          new WebhookRequest(
              "POST",
              URI.create("https://shop.test/hook"),
              Map.of("stripe-signature", List.of(header)),
              body.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
