package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PayPal is asked whether a delivery is genuine: yes, no, or it can't be told now. */
class PayPalVerificationTest {
  private static final String VERIFY = "/verify-webhook-signature";

  private final Bench bench = new Bench();
  private PayPalWebhook delivery = new PayPalWebhook("", "", HttpHeaders.none(), new byte[0]);
  private Forgery forgery = new Forgery(delivery);

  @BeforeEach
  void something_happens() {
    bench.captured("pay-1");
    delivery = bench.paypal.takeWebhooks().get(1);
    forgery = new Forgery(delivery);
  }

  @AfterEach
  void all_that_was_asked_fits_the_description() {
    bench.spec.assertThatAllFits();
  }

  @Test
  void paypal_confirms_the_very_bytes_that_came() {
    String odd = "{ \"id\":\"WH-1\",\n\"event_type\":\"X\", \"n\":1.50, \"t\":\"\\u00e9é\" }";
    for (byte[] body : new byte[][] {delivery.body(), odd.getBytes(StandardCharsets.UTF_8)}) {
      PayPalWebhook signed = bench.paypal.webhookAgain(delivery.eventId(), body);

      assertThat(bench.gateway.receive(signed.toWebhookRequest()))
          .isInstanceOf(WebhookAnswer.Verified.class);

      HttpRequest asked = bench.door.sent(VERIFY).get(bench.door.sent(VERIFY).size() - 1);
      int end = asked.body().length - 1;
      assertThat(Arrays.copyOfRange(asked.body(), end - body.length, end)).isEqualTo(body);
      assertThat(Bench.body(asked).path("webhook_id").asString()).isEqualTo(bench.app.webhookId());
    }
    // No certificate is fetched by us.
    assertThat(bench.door.sent("/certs/")).isEmpty();
  }

  @Test
  void what_paypal_denies_is_refused_and_the_setting_is_named() {
    byte[] changed =
        new String(delivery.body(), StandardCharsets.UTF_8)
            .replace("10.00", "99.00")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(rejected(forgery.with(changed))).contains("'webhook-id'", "'paypal-eu'");

    Map<String, String> settings = bench.app.settings();
    settings.put("webhook-id", "9ZZ999999Z9999999");
    assertThat(bench.open(settings).receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Ends the question early, and brings a genuine event of its own.
        "{\"id\":\"WH-1\",\"event_type\":\"X\"},\"webhook_event\":{}",
        "{\"id\":\"WH-1\",\"event_type\":\"X\"}}",
        "{\"id\":\"WH-1\"} {\"id\":\"WH-2\"}",
        "{\"id\":\"WH-1\",\"event_type\":\"X\"} ",
        "\n{\"id\":\"WH-1\",\"event_type\":\"X\"}",
        "[]",
        "null",
        "",
        "{'id':'WH-1'}",
        "{\"id\":\"WH-1\"",
      })
  void what_is_not_one_object_is_refused_and_nobody_is_asked(String body) {
    assertThat(rejected(forgery.with(body.getBytes(StandardCharsets.UTF_8)))).contains("body");
    assertThat(bench.door.sent(VERIFY)).isEmpty();
  }

  @Test
  void one_question_can_not_be_made_into_another_by_a_header() {
    for (String name : forgery.headers().keySet()) {
      if (name.startsWith("paypal-")) {
        rejected(forgery.with(name, "x\",\"webhook_id\":\"OTHER"));
        rejected(forgery.with(name, "x\\"));
      }
    }
    assertThat(bench.door.sent(VERIFY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/html, <h1>Maintenance</h1>, UNKNOWN_OUTCOME",
    "200, application/json, {}, UNKNOWN_OUTCOME",
    "200, application/json, '{\"verification_status\":\"MAYBE\"}', UNKNOWN_OUTCOME",
    "200, application/json, '{\"verification_status\":true}', UNKNOWN_OUTCOME",
    "302, text/html, '', UNKNOWN_OUTCOME",
    "500, application/json, {}, UNKNOWN_OUTCOME",
    "503, text/html, down, UNKNOWN_OUTCOME",
    "429, application/json, '{\"name\":\"RATE_LIMIT_REACHED\",\"debug_id\":\"1\"}', RATE_LIMITED",
    "400, application/json, '{\"name\":\"VALIDATION_ERROR\",\"debug_id\":\"1\"}', VALIDATION",
    "403, application/json, '{\"name\":\"NOT_AUTHORIZED\",\"debug_id\":\"1\"}', AUTHENTICATION",
    "404, application/json, '{\"name\":\"RESOURCE_NOT_FOUND\",\"debug_id\":\"1\"}', NOT_FOUND",
  })
  void what_is_neither_yes_nor_no_is_asked_again_later(
      int status, String type, String body, ErrorCategory category) {
    bench.door.answer(VERIFY, status, type, body);
    Failure failure = unavailable(bench.gateway);

    assertThat(failure.category()).isEqualTo(category);
    if (category == ErrorCategory.VALIDATION || category == ErrorCategory.NOT_FOUND) {
      assertThat(failure.message()).contains("'webhook-id'", "'paypal-eu'");
    }
    if (category == ErrorCategory.AUTHENTICATION) {
      assertThat(failure.message()).contains("'client-id'", "'paypal-eu'");
    }
    assertThat(bench.gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @Test
  void paypal_that_can_not_be_reached_says_neither() {
    for (FaultyDoor.Fault fault : FaultyDoor.Fault.values()) {
      bench.door.next(VERIFY, fault);
      unavailable(bench.gateway);
    }
  }

  @Test
  void wrong_credentials_leave_a_genuine_delivery_for_later_and_are_named() {
    Map<String, String> settings = bench.app.settings();
    settings.put("client-secret", "canary-7f3a");

    Failure failure = unavailable(bench.open(settings));

    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message()).contains("'client-secret'").doesNotContain("canary");
  }

  /** PayPal's answer knows no time: how old a delivery may be is for us to say. */
  @Test
  void a_delivery_counts_as_long_as_paypal_repeats_it_and_nobody_is_asked_about_older_ones() {
    bench.clock.advance(Duration.ofDays(3).plusHours(1));
    assertThat(bench.gateway.receive(delivery.toWebhookRequest()))
        .isInstanceOf(WebhookAnswer.Verified.class);
    int asked = bench.door.sent().size();
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(rejected(delivery.toWebhookRequest())).contains("time");
    assertThat(bench.door.sent()).hasSize(asked);
  }

  private Failure unavailable(PayPalGateway gateway) {
    WebhookAnswer answer = gateway.receive(delivery.toWebhookRequest());
    assertThat(answer).isInstanceOf(WebhookAnswer.CannotVerify.class);
    return ((WebhookAnswer.CannotVerify) answer).failure();
  }

  private String rejected(WebhookRequest request) {
    WebhookAnswer answer = bench.gateway.receive(request);
    assertThat(answer).isInstanceOf(WebhookAnswer.Rejected.class);
    return ((WebhookAnswer.Rejected) answer).reason();
  }
}
