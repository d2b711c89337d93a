package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Genuine deliveries are read and all others refused, where we verify them ourselves. */
class PayPalWebhooksTest {
  private static final String CERTIFICATES = "GET /v1/notifications/certs/";

  private final Bench bench = new Bench();
  private final PayPalGateway gateway = bench.open(settings(bench.app));
  private PayPalWebhook delivery = new PayPalWebhook("", "", HttpHeaders.none(), new byte[0]);

  private static Map<String, String> settings(PayPalApp app) {
    Map<String, String> settings = app.settings();
    settings.put("webhook-verification", "certificate");
    return settings;
  }

  @BeforeEach
  void something_happens() {
    bench.captured("pay-1");
    delivery = bench.paypal.takeWebhooks().get(1);
  }

  @Test
  void a_genuine_delivery_says_where_to_look() {
    WebhookNotice notice = verified(delivery).get(0);

    assertThat(notice.id()).contains(delivery.eventId());
    assertThat(notice.type()).isEqualTo("PAYMENT.CAPTURE.COMPLETED");
    assertThat(notice.hint().reference()).contains("pay-1");
    assertThat(notice.hint().providerIds())
        .extracting(ProviderId::kind)
        .containsExactlyInAnyOrder("capture", "order");
  }

  @Test
  void everything_that_happens_to_a_payment_leads_to_it() {
    String capture = bench.order("pay-1").captures().get(0).id();
    bench.controls().refundAtSite(capture, Money.parse("USD 1.00"));
    bench.controls().resolve(bench.controls().complain(capture), false);
    bench.held("pay-2");
    bench.controls().approve(Bench.orderId(bench.gateway.charge(Bench.sale("pay-3"))));

    List<PayPalWebhook> all = bench.paypal.takeWebhooks();

    assertThat(all).hasSize(8);
    for (PayPalWebhook one : all) {
      PaymentHint hint = verified(one).get(0).hint();
      var trace =
          new Trace(hint.reference(), bench.clock.instant(), Optional.empty(), factsOf(hint));
      assertThat(bench.gateway.lookup(trace)).as(one.type()).isInstanceOf(Lookup.Found.class);
    }
  }

  private static PaymentFacts factsOf(PaymentHint hint) {
    var ids = Snapshot.builder();
    hint.providerIds().forEach(id -> ids.providerId(id.kind(), id.id()));
    return ids.build().facts();
  }

  @Test
  void the_certificate_is_fetched_once_and_kept() {
    verified(delivery);
    verified(delivery);

    assertThat(bench.door.sent(CERTIFICATES)).hasSize(1);
    assertThat(bench.door.sent(CERTIFICATES).get(0).headers().first("authorization")).isEmpty();
  }

  @Test
  void a_flipped_bit_anywhere_is_noticed() {
    long seed = 20260301L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      byte[] body = delivery.body();
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(rejected(request(headers(), body))).as("seed " + seed + " #" + i).isNotEmpty();
    }
    for (String name : headers().keySet()) {
      if (!name.equals("content-type")) {
        Map<String, List<String>> changed = headers();
        String value = changed.get(name).get(0);
        int at = value.length() / 2;
        char other = value.charAt(at) == 'a' ? 'b' : 'a';
        changed.put(name, List.of(value.substring(0, at) + other + value.substring(at + 1)));
        assertThat(rejected(request(changed, delivery.body()))).as(name).isNotEmpty();
      }
    }
  }

  @Test
  void a_header_that_is_missing_doubled_or_endless_is_refused() {
    for (String name : headers().keySet()) {
      if (!name.equals("content-type")) {
        Map<String, List<String>> changed = headers();
        String value = changed.get(name).get(0);
        for (List<String> wrong :
            List.of(
                List.<String>of(),
                List.of(""),
                List.of(value, value),
                List.of(value + " "),
                List.of(value.repeat(5000)))) {
          changed.put(name, wrong);
          assertThat(rejected(request(changed, delivery.body()))).as(name).isNotEmpty();
        }
      }
    }
  }

  @Test
  void headers_are_found_in_any_case() {
    Map<String, List<String>> shouted = new HashMap<>();
    headers().forEach((name, values) -> shouted.put(name.toUpperCase(Locale.ROOT), values));

    assertThat(gateway.receive(request(shouted, delivery.body())))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @Test
  void what_is_no_certificate_is_refused() {
    bench.door.answer(CERTIFICATES, 200, "text/plain", "x".repeat(100));
    assertThat(rejected(delivery.toWebhookRequest())).contains("certificate");

    // For a minute, nobody makes us fetch it again.
    assertThat(rejected(delivery.toWebhookRequest())).contains("certificate");
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(1);
    bench.clock.advance(Duration.ofMinutes(1));
    verified(delivery);
  }

  @Test
  void a_certificate_that_can_not_be_fetched_now_leaves_the_delivery_for_later() {
    for (FaultyDoor.Fault fault :
        List.of(FaultyDoor.Fault.REFUSED_CONNECTION, FaultyDoor.Fault.LOST_RESPONSE)) {
      bench.door.next(CERTIFICATES, fault);
      assertThat(gateway.receive(delivery.toWebhookRequest()))
          .isInstanceOf(WebhookAnswer.CannotVerify.class);
    }
    bench.door.answer(
        CERTIFICATES, 302, HttpHeaders.none().with("location", "https://evil.example"), "");
    assertThat(gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.CannotVerify.class);
    bench.door.answer(CERTIFICATES, 503, "text/html", "down");
    assertThat(gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.CannotVerify.class);
    verified(delivery);
  }

  @Test
  void a_delivery_counts_as_long_as_paypal_repeats_it_and_not_longer() {
    bench.clock.advance(Duration.ofDays(3));
    verified(delivery);
    bench.clock.advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(rejected(delivery.toWebhookRequest())).contains("time");
  }

  @Test
  void a_delivery_from_the_future_is_refused() {
    bench.clock.set(bench.clock.instant().minus(Duration.ofMinutes(5)));
    verified(delivery);
    bench.clock.set(bench.clock.instant().minus(Duration.ofSeconds(1)));
    assertThat(rejected(delivery.toWebhookRequest())).contains("time");
  }

  @Test
  void a_delivery_for_another_webhook_or_the_other_site_is_refused() {
    Map<String, String> settings = settings(bench.app);
    settings.put("webhook-id", "9ZZ999999Z9999999");
    assertThat(bench.open(settings).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);

    Map<String, String> live = settings(PayPalApp.ofLiveSite());
    live.put("webhook-id", bench.app.webhookId());
    assertThat(bench.open(live, bench.door, Mode.LIVE).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void without_a_named_authority_the_emulators_certificate_is_worth_nothing() {
    Map<String, String> settings = settings(bench.app);
    settings.remove("webhook-authority");

    assertThat(bench.open(settings).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void other_methods_and_huge_bodies_are_refused() {
    WebhookRequest right = delivery.toWebhookRequest();
    assertThat(rejected(new WebhookRequest("GET", right.uri(), right.headers(), right.body())))
        .contains("POST");
    assertThat(rejected(request(headers(), new byte[600 * 1024]))).contains("larger");
    assertThat(bench.door.sent(CERTIFICATES)).isEmpty();
  }

  private List<WebhookNotice> verified(PayPalWebhook one) {
    WebhookAnswer answer = gateway.receive(one.toWebhookRequest());
    assertThat(answer).as(one.type()).isInstanceOf(WebhookAnswer.Verified.class);
    return ((WebhookAnswer.Verified) answer).notices();
  }

  private String rejected(WebhookRequest request) {
    WebhookAnswer answer = gateway.receive(request);
    assertThat(answer).isInstanceOf(WebhookAnswer.Rejected.class);
    return ((WebhookAnswer.Rejected) answer).reason();
  }

  private Map<String, List<String>> headers() {
    return new Forgery(delivery).headers();
  }

  private static WebhookRequest request(Map<String, List<String>> headers, byte[] body) {
    return Forgery.request(headers, body);
  }
}
