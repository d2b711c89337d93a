package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.GatewaySettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The command that registers a webhook, against the emulator. */
class PayPalWebhookEndpointTest {
  private static final String URL = "https://shop.test/webhooks/paypal";

  private final Bench bench = new Bench();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void all_that_was_said_fits_the_description() {
    bench.spec.assertThatAllFits();
    assertThat(said()).doesNotContain(bench.app.clientSecret());
  }

  private int register(String... arguments) {
    return registerWith(bench.app.clientSecret(), arguments);
  }

  private int registerWith(String secret, String... arguments) {
    return PayPalWebhookEndpoint.run(
        arguments,
        Map.of("PAYPAL_CLIENT_ID", bench.app.clientId(), "PAYPAL_CLIENT_SECRET", secret),
        bench.door,
        new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private List<HttpRequest> changes() {
    return Stream.concat(
            bench.door.sent("POST /v1/notifications/webhooks").stream(),
            bench.door.sent("PATCH /v1/notifications/webhooks").stream())
        .toList();
  }

  private static List<String> names(JsonNode types) {
    return types.valueStream().map(type -> type.path("name").asString()).toList();
  }

  private void madeByHand(String... events) {
    new PayPalSdk(
            PayPalSettings.read(GatewaySettings.of(bench.app.settings()), bench.environment()),
            bench.environment())
        .webhook(
            "POST",
            "/v1/notifications/webhooks",
            Map.of(
                "url",
                URL,
                "event_types",
                Stream.of(events).map(event -> Map.of("name", event)).toList()),
            bench.environment().deadline());
  }

  @Test
  void a_webhook_is_made_once_with_every_event_that_matters_and_its_id_is_told() {
    assertThat(register("sandbox", URL)).isZero();

    JsonNode made = Bench.body(changes().get(0));
    assertThat(made.path("url").asString()).isEqualTo(URL);
    assertThat(names(made.path("event_types")))
        .contains(
            "CHECKOUT.ORDER.APPROVED",
            "PAYMENT.CAPTURE.REVERSED",
            "PAYMENT.AUTHORIZATION.VOIDED",
            "PAYMENT.REFUND.FAILED",
            "CUSTOMER.DISPUTE.UPDATED")
        .doesNotContain("INVOICING.INVOICE.PAID", "BILLING.SUBSCRIPTION.CREATED");
    assertThat(said()).containsPattern("webhook ([0-9A-Z]+) was made\nset 'webhook-id' to \\1\n");

    printed.reset();
    assertThat(register("sandbox", URL)).isZero();
    assertThat(said()).contains("was there", "set 'webhook-id' to ");
    assertThat(changes()).hasSize(1);
    bench.spec.assertThatWrongOnesAreRejected();
  }

  @Test
  void one_that_lacks_events_gets_them_and_keeps_its_own() {
    madeByHand("INVOICING.INVOICE.PAID", "PAYMENT.CAPTURE.COMPLETED");

    assertThat(register("sandbox", URL)).isZero();
    assertThat(register("sandbox", URL)).isZero();

    assertThat(changes()).hasSize(2);
    assertThat(names(Bench.body(changes().get(1)).path(0).path("value")))
        .contains("INVOICING.INVOICE.PAID", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.REFUND.PENDING");
  }

  @Test
  void one_for_all_events_lacks_none() {
    madeByHand("*");
    assertThat(register("sandbox", URL)).isZero();
    assertThat(changes()).hasSize(1);
  }

  @Test
  void what_paypal_refuses_is_told_with_its_debug_id_and_the_settings() {
    assertThat(register("sandbox", "http://shop.test/plain")).isEqualTo(1);
    assertThat(said()).contains("debug id");
    assertThat(registerWith("canary-7f3a", "sandbox", URL)).isEqualTo(1);
    assertThat(said()).contains("'client-secret'").doesNotContain("canary");
    // Of the sandbox, and asked for at the live site.
    assertThat(register("live", URL)).isEqualTo(1);
    assertThat(said()).contains("live site refused");
  }

  @Test
  void without_credentials_or_with_a_wrong_word_nothing_is_sent() {
    assertThat(register("sandbox")).isEqualTo(2);
    assertThat(registerWith("", "sandbox", URL)).isEqualTo(2);
    assertThat(register("prod", URL)).isEqualTo(2);
    assertThat(register("sandbox", "no url")).isEqualTo(2);
    assertThat(register("sandbox", URL, "https://evil.example")).isEqualTo(2);
    assertThat(bench.door.sent()).isEmpty();
  }
}
