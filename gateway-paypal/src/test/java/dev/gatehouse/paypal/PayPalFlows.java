package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What can be done at a PayPal that nobody here controls, over sockets. Only a person can approve
 * an order there, so what comes after that ends at what PayPal says to an order without approval,
 * and at PayPal's negative testing.
 */
abstract class PayPalFlows {
  private final MockingDoor http = new MockingDoor(HttpTransport.create(HttpOptions.defaults()));
  private final String reference = "flow-" + UUID.randomUUID();
  private final Instant began = clock().instant();

  /** The settings of a test account. */
  abstract Map<String, String> settings();

  /** The time there. */
  abstract Clock clock();

  @AfterEach
  void close() {
    http.close();
  }

  private PayPalGateway gateway() {
    return gateway(settings());
  }

  private PayPalGateway gateway(Map<String, String> settings) {
    return (PayPalGateway)
        new PayPalGatewayProvider()
            .open(
                GatewaySettings.of(settings),
                new GatewayEnvironment(
                    new GatewayInstanceId("flows"),
                    Mode.TEST,
                    http,
                    clock(),
                    Duration.ofSeconds(60)));
  }

  private ChargeRequest sale(String money) {
    return ChargeRequest.sale(reference, reference + ".1", Money.parse(money), Bench.PAYPAL)
        .describedAs("A plan & more")
        .returningTo(URI.create("https://shop.example/return"));
  }

  private Trace trace(Snapshot seen) {
    return new Trace(Optional.of(reference), began, Optional.empty(), seen.facts());
  }

  private Outcome complete(Outcome asked) {
    return gateway()
        .complete(
            new CompleteRequest(
                trace(asked.snapshot()),
                reference + ".complete",
                Bench.orderId(asked),
                CaptureMode.AUTOMATIC));
  }

  @Test
  void an_order_is_made_once_and_waits_for_its_payer() {
    Outcome asked = gateway().charge(sale("USD 10.00"));
    assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
    assertThat(Bench.orderId(gateway().charge(sale("USD 10.00")))).isEqualTo(Bench.orderId(asked));

    assertThat(gateway().lookup(trace(asked.snapshot()))).isInstanceOf(Lookup.Found.class);
    assertThat(gateway().changesSince(began.minusSeconds(60))).isInstanceOf(Changes.Listed.class);
  }

  @Test
  void whole_units_are_taken_in_a_currency_without_decimals() {
    assertThat(gateway().charge(sale("JPY 1000"))).isInstanceOf(Outcome.ActionRequired.class);
  }

  @Test
  void an_order_without_approval_is_not_captured() {
    Failure failure = refusal(complete(gateway().charge(sale("USD 10.00"))));

    assertThat(failure.code()).isEqualTo("ORDER_NOT_APPROVED");
    assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_STATE);
    assertThat(failure.message()).contains("debug id");
  }

  @Test
  void an_order_that_is_none_is_not_found() {
    Outcome outcome =
        gateway()
            .complete(
                new CompleteRequest(
                    trace(Snapshot.empty()),
                    reference + ".complete",
                    "5O190127TN364715T",
                    CaptureMode.AUTOMATIC));
    assertThat(refusal(outcome).category()).isEqualTo(ErrorCategory.NOT_FOUND);
  }

  @Test
  void negative_testing_declines_as_asked() {
    Outcome asked = gateway().charge(sale("USD 10.00"));
    http.next("/capture", "INSTRUMENT_DECLINED");
    assertThat(((Outcome.Declined) complete(asked)).decline().code())
        .isEqualTo(DeclineCode.GENERIC_DECLINE);
    http.next("/capture", "PAYER_ACCOUNT_RESTRICTED");
    assertThat(((Outcome.Declined) complete(asked)).decline().code())
        .isEqualTo(DeclineCode.RESTRICTED_CARD);
    http.next("/capture", "DUPLICATE_INVOICE_ID");
    assertThat(complete(asked)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void wrong_credentials_are_told_by_their_settings() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("client-secret", "canary-7f3a");

    Failure failure = refusal(gateway(settings).charge(sale("USD 10.00")));

    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message()).contains("'client-secret'").doesNotContain("canary");
  }

  @Test
  void a_forged_delivery_is_not_confirmed() {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("paypal-auth-algo", "SHA256withRSA")
            .with(
                "paypal-cert-url",
                "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594")
            .with("paypal-transmission-id", "69cd13f0-d67a-11e5-baa3-778b53f4ae55")
            .with("paypal-transmission-sig", "c2lnbmF0dXJl")
            .with("paypal-transmission-time", began.toString());
    byte[] body =
        "{\"id\":\"WH-1\",\"event_type\":\"PAYMENT.CAPTURE.COMPLETED\",\"resource\":{}}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(gateway().receive(new PayPalWebhook("1", "1", headers, body).toWebhookRequest()))
        .isNotInstanceOf(WebhookAnswer.Verified.class);
  }

  private static Failure refusal(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    return ((Outcome.NotSent) outcome).failure();
  }
}
