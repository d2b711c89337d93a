package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose certificates count, where they are fetched, and how often. */
class PayPalCertificatesTest {
  private static final String CERTIFICATES = "GET /v1/notifications/certs/";
  private static final String HERE = "https://api.sandbox.paypal.com/v1/notifications/certs/";

  private final Bench bench = new Bench();
  private PayPalWebhook delivery = new PayPalWebhook("", "", HttpHeaders.none(), new byte[0]);
  private Forgery forgery = new Forgery(delivery);

  @BeforeEach
  void something_happens() {
    bench.captured("pay-1");
    delivery = bench.paypal.takeWebhooks().get(1);
    forgery = new Forgery(delivery);
  }

  private PayPalGateway gateway(String verification) {
    Map<String, String> settings = bench.app.settings();
    settings.put("webhook-verification", verification);
    return bench.open(settings);
  }

  static List<String> hostileAddresses() {
    return List.of(
        "https://evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com.evil.example/v1/notifications/certs/CERT-1",
        "https://evil-api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://evil.api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com-evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypa1.com/v1/notifications/certs/CERT-1",
        "https://apisandboxpaypal.com/v1/notifications/certs/CERT-1",
        "https://paypal.com/v1/notifications/certs/CERT-1",
        "https://www.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        // Of the other site.
        "https://api.paypal.com/v1/notifications/certs/CERT-1",
        "https://api-m.paypal.com/v1/notifications/certs/CERT-1",
        // User info.
        "https://user@api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com:443@evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com%40evil.example/v1/notifications/certs/CERT-1",
        "https://@api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        // Ports.
        "https://api.sandbox.paypal.com:443/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com:8443/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com:0/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com:/v1/notifications/certs/CERT-1",
        // Schemes.
        "http://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "HTTPS://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "ftp://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "file:///etc/passwd",
        "jar:https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1!/",
        "//api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "/v1/notifications/certs/CERT-1",
        "https:api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "not-a-url",
        // Other ways to write a host.
        "https://API.SANDBOX.PAYPAL.COM/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com./v1/notifications/certs/CERT-1",
        "https://api%2esandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com%2f@evil.example/v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com\\@evil.example/v1/notifications/certs/CERT-1",
        "https://evil.example\\.api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.p\u0430ypal.com/v1/notifications/certs/CERT-1",
        "https://api.sandbox.xn--pypal-4ve.com/v1/notifications/certs/CERT-1",
        "https://api\u3002sandbox\u3002paypal\u3002com/v1/notifications/certs/CERT-1",
        "https://\uff41pi.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        // Private addresses, in many ways.
        "https://127.0.0.1/v1/notifications/certs/CERT-1",
        "https://localhost/v1/notifications/certs/CERT-1",
        "https://2130706433/v1/notifications/certs/CERT-1",
        "https://0x7f000001/v1/notifications/certs/CERT-1",
        "https://0177.0.0.1/v1/notifications/certs/CERT-1",
        "https://10.0.0.1/v1/notifications/certs/CERT-1",
        "https://192.168.1.1/v1/notifications/certs/CERT-1",
        "https://169.254.169.254/v1/notifications/certs/CERT-1",
        "https://[::1]/v1/notifications/certs/CERT-1",
        "https://[::ffff:127.0.0.1]/v1/notifications/certs/CERT-1",
        "https://[::ffff:a9fe:a9fe]/v1/notifications/certs/CERT-1",
        "https://[fe80::1%25eth0]/v1/notifications/certs/CERT-1",
        "https://[fd00::1]/v1/notifications/certs/CERT-1",
        "https://[64:ff9b::7f00:1]/v1/notifications/certs/CERT-1",
        // Elsewhere at PayPal's.
        HERE,
        HERE + "../../oauth2/token",
        HERE + "%2e%2e/CERT-1",
        HERE + "..%2f..%2fredirect",
        HERE + "CERT-1/",
        HERE + "CERT-1;a=b",
        HERE + "CERT-1?to=evil.example",
        HERE + "CERT-1?",
        HERE + "CERT-1#x",
        HERE + "CERT-1%00",
        HERE + "CERT%0d%0aHost:evil.example",
        HERE + "C".repeat(101),
        "https://api.sandbox.paypal.com//v1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com/V1/notifications/certs/CERT-1",
        "https://api.sandbox.paypal.com/redirect");
  }

  @ParameterizedTest
  @MethodSource("hostileAddresses")
  void nothing_is_sent_anywhere_for_an_address_that_is_not_paypals(String address) {
    int before = bench.door.sent().size();
    for (String verification : List.of("certificate", "api")) {
      assertThat(rejected(gateway(verification), forgery.with("paypal-cert-url", address)))
          .isNotEmpty();
    }
    assertThat(bench.door.sent()).hasSize(before);
  }

  /** Counted at the door: all that ever left went to PayPal's own hosts. */
  @Test
  void no_request_goes_to_a_host_that_is_not_listed_whatever_a_certificate_answers() {
    PayPalGateway gateway = gateway("certificate");
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      bench.door.answer(
          CERTIFICATES,
          status,
          HttpHeaders.none().with("location", "https://evil.example/v1/notifications/certs/C"),
          "");
      assertThat(gateway.receive(delivery.toWebhookRequest()))
          .isInstanceOf(WebhookAnswer.CannotVerify.class);
    }
    for (String address : hostileAddresses()) {
      gateway.receive(forgery.with("paypal-cert-url", address));
    }

    assertThat(bench.door.sent().stream().map(sent -> sent.uri().getHost()).distinct())
        .containsExactlyInAnyOrder("api-m.sandbox.paypal.com", "api.sandbox.paypal.com");
  }

  private PayPalGateway trusting(String authority) {
    Map<String, String> settings = bench.app.settings();
    settings.put("webhook-verification", "certificate");
    settings.put(
        "webhook-authority",
        Forgery.resource("chains/" + authority).replaceAll("-----[A-Z ]+-----|\\s", ""));
    return bench.open(settings);
  }

  private WebhookAnswer signedUnder(String chain) {
    bench.door.answer(
        CERTIFICATES, 200, "application/x-pem-file", Forgery.resource("chains/" + chain + ".pem"));
    return trusting("ca.pem").receive(forgery.signedBy("chains/key.pem", bench.app.webhookId()));
  }

  /** Without these, the rest would show nothing: the same key, the same signature. */
  @ParameterizedTest
  @ValueSource(strings = {"good", "good-chain", "good-by-common-name"})
  void a_good_chain_is_trusted(String chain) {
    assertThat(signedUnder(chain)).isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired",
        "not-yet-valid",
        "wrong-name",
        "live-name",
        "look-alike",
        "wildcard",
        "other-names-than-common-name",
        "self-signed",
        "issued-by-no-authority",
        "incomplete-chain",
        "reversed-chain",
        "key-for-encryption",
        "purpose-of-clients",
        "authority",
        "short-key",
        "other-kind-of-key",
        "weak-digest"
      })
  void a_chain_that_is_not_good_is_refused_though_its_signature_is(String chain) {
    assertThat(signedUnder(chain))
        .isEqualTo(new WebhookAnswer.Rejected("the certificate is not PayPal's"));
  }

  @Test
  void a_certificate_counts_from_its_first_moment() {
    bench.clock.set(Instant.parse("2026-03-01T23:59:59Z"));
    assertThat(signedUnder("not-yet-valid")).isInstanceOf(WebhookAnswer.Rejected.class);
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(signedUnder("not-yet-valid")).isInstanceOf(WebhookAnswer.Verified.class);
  }

  @Test
  void a_key_is_not_kept_for_longer_than_its_certificate_counts() {
    PayPalGateway gateway = trusting("ca.pem");
    for (boolean ended : new boolean[] {false, false, true}) {
      bench.clock.set(Instant.parse(ended ? "2026-03-01T13:00:01Z" : "2026-03-01T12:59:59Z"));
      bench.door.answer(
          CERTIFICATES, 200, "application/x-pem-file", Forgery.resource("chains/ends-soon.pem"));
      assertThat(gateway.receive(forgery.signedBy("chains/key.pem", bench.app.webhookId())))
          .isInstanceOf(ended ? WebhookAnswer.Rejected.class : WebhookAnswer.Verified.class);
    }
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(2);
  }

  @Test
  void the_authoritys_own_certificate_signs_no_delivery() {
    assertThat(signedUnder("ca")).isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @Test
  void what_is_endless_or_nothing_is_refused() {
    String good = Forgery.resource("chains/good.pem");
    for (String wrong : List.of("", "x", "\0".repeat(200), good + "#".repeat(64 * 1024))) {
      bench.door.answer(CERTIFICATES, 200, "application/x-pem-file", wrong);
      assertThat(
              trusting("ca.pem").receive(forgery.signedBy("chains/key.pem", bench.app.webhookId())))
          .isInstanceOf(WebhookAnswer.Rejected.class);
    }
  }

  @Test
  void the_right_certificate_and_another_key_is_refused_and_the_setting_is_named() {
    assertThat(
            rejected(
                gateway("certificate"), forgery.signedBy("rogue-key.pem", bench.app.webhookId())))
        .contains("signature", "'webhook-id'", "'paypal-eu'");
  }

  /** Whoever names many certificates makes us keep few, and forget none that is good. */
  @Test
  void few_are_kept_and_the_good_one_is_among_them() {
    PayPalGateway gateway = gateway("certificate");
    verified(gateway);
    for (int i = 0; i < 50; i++) {
      rejected(gateway, forgery.with("paypal-cert-url", HERE + "CERT-" + i));
    }
    int fetched = bench.door.sent(CERTIFICATES).size();
    assertThat(fetched).isEqualTo(51);

    verified(gateway);
    rejected(gateway, forgery.with("paypal-cert-url", HERE + "CERT-49"));
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(fetched);
    // One that fell out is asked for once more.
    rejected(gateway, forgery.with("paypal-cert-url", HERE + "CERT-0"));
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(fetched + 1);
  }

  @Test
  void a_kept_certificate_is_fetched_anew_after_half_a_day() {
    PayPalGateway gateway = gateway("certificate");
    verified(gateway);
    bench.clock.advance(Duration.ofHours(12).minusSeconds(1));
    verified(gateway);
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(1);
    bench.clock.advance(Duration.ofSeconds(1));
    verified(gateway);
    assertThat(bench.door.sent(CERTIFICATES)).hasSize(2);
    assertThat(bench.door.sent(CERTIFICATES))
        .allMatch(sent -> sent.headers().first("authorization").isEmpty())
        .allMatch(sent -> sent.uri().equals(URI.create(address())));
  }

  private String address() {
    return delivery.headers().first("paypal-cert-url").orElseThrow();
  }

  private void verified(PayPalGateway gateway) {
    assertThat(gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  private static String rejected(PayPalGateway gateway, WebhookRequest request) {
    WebhookAnswer answer = gateway.receive(request);
    assertThat(answer).isInstanceOf(WebhookAnswer.Rejected.class);
    return ((WebhookAnswer.Rejected) answer).reason();
  }
}
