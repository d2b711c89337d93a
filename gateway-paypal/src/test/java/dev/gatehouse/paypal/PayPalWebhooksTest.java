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
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Genuine deliveries are read, all others refused, and nothing is fetched from elsewhere. */
class PayPalWebhooksTest {
  private static final String CERTIFICATES = "GET /v1/notifications/certs/";

  private final Bench bench = new Bench();
  private PayPalWebhook delivery = new PayPalWebhook("", "", HttpHeaders.none(), new byte[0]);

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

    assertThat(bench.gateway.receive(request(shouted, delivery.body())))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com.evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/CERT-1",
        "https://user@api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com:8443/v1/notifications/certs/CERT-1",
        "http://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com/v1/notifications/certs/../../oauth2/token",
        "https://api.sandbox.paypal.com/v1/notifications/certs/%2e%2e/CERT-1",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1?to=evil.example",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1#x",
        "https://api.sandbox.paypal.com/redirect",
        "https://api.paypal.com/v1/notifications/certs/CERT-1",
        "file:///etc/passwd",
        "https://169.254.169.254/v1/notifications/certs/CERT-1",
        "//api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "not-a-url"
      })
  void nothing_is_fetched_from_an_address_that_is_not_paypals(String address) {
    Map<String, List<String>> changed = headers();
    changed.put("paypal-cert-url", List.of(address));

    assertThat(rejected(request(changed, delivery.body()))).contains("certificate");
    assertThat(bench.door.sent(CERTIFICATES)).isEmpty();
    assertThat(bench.door.sent()).noneMatch(sent -> sent.uri().getHost().contains("evil"));
  }

  @Test
  void a_certificate_with_the_right_name_from_a_wrong_authority_is_refused() throws Exception {
    bench.door.answer(CERTIFICATES, 200, "text/plain", resource("rogue-certificate.pem"));

    assertThat(rejected(signedBy("rogue-key.pem"))).contains("certificate");
  }

  @Test
  void the_right_certificate_and_another_key_is_refused() throws Exception {
    assertThat(rejected(signedBy("rogue-key.pem"))).contains("signature");
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
      assertThat(bench.gateway.receive(delivery.toWebhookRequest()))
          .isInstanceOf(WebhookAnswer.CannotVerify.class);
    }
    bench.door.answer(
        CERTIFICATES, 302, HttpHeaders.none().with("location", "https://evil.example"), "");
    assertThat(bench.gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.CannotVerify.class);
    bench.door.answer(CERTIFICATES, 503, "text/html", "down");
    assertThat(bench.gateway.receive(delivery.toWebhookRequest()))
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
    Map<String, String> settings = bench.app.settings();
    settings.put("webhook-id", "9ZZ999999Z9999999");
    assertThat(bench.open(settings).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);

    Map<String, String> live = PayPalApp.ofLiveSite().settings();
    live.put("webhook-id", bench.app.webhookId());
    assertThat(bench.open(live, bench.door, Mode.LIVE).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void without_a_named_authority_the_emulators_certificate_is_worth_nothing() {
    Map<String, String> settings = bench.app.settings();
    settings.remove("webhook-authority");

    assertThat(bench.open(settings).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void a_body_with_the_same_checksum_is_only_a_hint_and_can_not_take_memory() throws Exception {
    // Anybody can make a body fit a checksum; here, by four bytes in the middle of white space.
    String deep = "{\"id\":\"WH-1\",\"event_type\":\"X\",\"a\":" + "[".repeat(100_000) + "    ";
    byte[] forged = withChecksumOf(delivery.body(), deep.getBytes(StandardCharsets.UTF_8));

    assertThat(rejected(request(headers(), forged))).contains("body");
  }

  @Test
  void other_methods_and_huge_bodies_are_refused() {
    WebhookRequest right = delivery.toWebhookRequest();
    assertThat(rejected(new WebhookRequest("GET", right.uri(), right.headers(), right.body())))
        .contains("POST");
    assertThat(rejected(request(headers(), new byte[600 * 1024]))).contains("larger");
    assertThat(bench.door.sent(CERTIFICATES)).isEmpty();
  }

  @Test
  void a_doubled_delivery_changes_state_once_and_a_forged_one_never() {
    try (Shop shop = new Shop()) {
      var checkout = shop.pay("USD 10.00");
      shop.paypal.controls().approve(shop.order(checkout).order());
      PayPalWebhook approval = shop.paypal.takeWebhooks().get(0);
      PayPalWebhook forged =
          new PayPalWebhook(
              approval.eventId(),
              approval.type(),
              approval.headers(),
              new String(approval.body(), StandardCharsets.UTF_8)
                  .replace("10.00", "99.00")
                  .getBytes(StandardCharsets.UTF_8));

      assertThat(shop.deliver(forged).status()).isEqualTo(400);
      assertThat(shop.order(checkout).captures()).isEmpty();
      for (int i = 0; i < 5; i++) {
        assertThat(shop.deliver(shop.paypal.webhookAgain(approval.eventId())).status())
            .isEqualTo(200);
      }
      assertThat(shop.order(checkout).captures()).hasSize(1);
      assertThat(shop.view(checkout).isCompleted()).isTrue();
    }
  }

  private List<WebhookNotice> verified(PayPalWebhook one) {
    WebhookAnswer answer = bench.gateway.receive(one.toWebhookRequest());
    assertThat(answer).as(one.type()).isInstanceOf(WebhookAnswer.Verified.class);
    return ((WebhookAnswer.Verified) answer).notices();
  }

  private String rejected(WebhookRequest request) {
    WebhookAnswer answer = bench.gateway.receive(request);
    assertThat(answer).isInstanceOf(WebhookAnswer.Rejected.class);
    return ((WebhookAnswer.Rejected) answer).reason();
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new HashMap<>();
    delivery
        .headers()
        .fields()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(field.name(), name -> new ArrayList<>())
                    .add(field.value()));
    return headers;
  }

  private static WebhookRequest request(Map<String, List<String>> headers, byte[] body) {
    return new WebhookRequest("POST", URI.create("https://shop.test/paypal"), headers, body);
  }

  /** The delivery, signed anew with another key. */
  private WebhookRequest signedBy(String key) throws GeneralSecurityException, IOException {
    CRC32 crc = new CRC32();
    crc.update(delivery.body());
    Map<String, List<String>> changed = headers();
    String message =
        changed.get("paypal-transmission-id").get(0)
            + "|"
            + changed.get("paypal-transmission-time").get(0)
            + "|"
            + bench.app.webhookId()
            + "|"
            + crc.getValue();
    Signature signature = Signature.getInstance("SHA256withRSA");
    byte[] pkcs8 =
        Base64.getMimeDecoder().decode(resource(key).replaceAll("-----[A-Z ]+-----", ""));
    signature.initSign(
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    signature.update(message.getBytes(StandardCharsets.UTF_8));
    changed.put(
        "paypal-transmission-sig", List.of(Base64.getEncoder().encodeToString(signature.sign())));
    return request(changed, delivery.body());
  }

  /** Appends four bytes that give the text the checksum of another. */
  private static byte[] withChecksumOf(byte[] wanted, byte[] text) {
    CRC32 crc = new CRC32();
    crc.update(wanted);
    long target = crc.getValue() ^ 0xffffffffL;
    // Backwards through the table: which register leads to the target after four unknown bytes.
    long[] table = new long[256];
    for (int n = 0; n < 256; n++) {
      long c = n;
      for (int k = 0; k < 8; k++) {
        c = (c & 1) != 0 ? 0xedb88320L ^ (c >>> 1) : c >>> 1;
      }
      table[n] = c;
    }
    int[] path = new int[4];
    long register = target;
    for (int i = 3; i >= 0; i--) {
      for (int n = 0; n < 256; n++) {
        if (table[n] >>> 24 == register >>> 24) {
          path[i] = n;
          register = ((register ^ table[n]) << 8) & 0xffffffffL;
          break;
        }
      }
    }
    CRC32 prefix = new CRC32();
    prefix.update(text);
    long state = prefix.getValue() ^ 0xffffffffL;
    byte[] forged = Arrays.copyOf(text, text.length + 4);
    for (int i = 0; i < 4; i++) {
      int b = (int) ((state ^ path[i]) & 0xff);
      forged[text.length + i] = (byte) b;
      state = table[(int) ((state ^ b) & 0xff)] ^ (state >>> 8);
    }
    CRC32 check = new CRC32();
    check.update(forged);
    assertThat(check.getValue()).isEqualTo(target ^ 0xffffffffL);
    return forged;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PayPalWebhooksTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
