package dev.gatehouse.testkit.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.paypal.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayPalWebhooksTest {
  private final Caller caller = new Caller().as(PayPalApp.sandbox());

  @AfterEach
  void everything_fits_the_description() {
    caller.http.assertThatAllFits();
  }

  @Test
  void what_happens_is_announced_in_order_and_once() {
    caller.captured("inv-1");

    assertThat(caller.paypal.takeWebhooks())
        .extracting(PayPalWebhook::type)
        .containsExactly(
            "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.COMPLETED");
    assertThat(caller.paypal.takeWebhooks()).isEmpty();
  }

  @Test
  void a_delivery_is_verified_by_the_endpoint_and_a_changed_one_is_not() {
    caller.captured("inv-1");
    PayPalWebhook delivery = caller.paypal.takeWebhooks().get(1);

    assertThat(verified(delivery, delivery.body())).isEqualTo("SUCCESS");
    byte[] changed =
        text(delivery.body()).replace("10.00", "99.00").getBytes(StandardCharsets.UTF_8);
    assertThat(verified(delivery, changed)).isEqualTo("FAILURE");
    caller.http.assertThatWrongOnesAreRejected();
  }

  @Test
  void the_certificate_is_served_to_anybody() {
    Answer served = caller.get("/v1/notifications/certs/" + Signer.CERTIFICATE);

    assertThat(served.status()).isEqualTo(200);
    assertThat(served.response().bodyAsUtf8()).startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void a_second_delivery_has_the_same_transmission_and_event_and_a_time_of_its_own() {
    caller.captured("inv-1");
    PayPalWebhook first = caller.paypal.takeWebhooks().get(0);
    caller.clock.advance(Duration.ofMinutes(5));

    PayPalWebhook again = caller.paypal.webhookAgain(first.eventId());

    assertThat(header(again, "paypal-transmission-id"))
        .isEqualTo(header(first, "paypal-transmission-id"));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(header(again, "paypal-transmission-time"))
        .isNotEqualTo(header(first, "paypal-transmission-time"));
  }

  @Test
  void events_are_listed_newest_first_for_thirty_days() {
    caller.captured("inv-1");
    caller.clock.advance(Duration.ofDays(1));
    caller.as(caller.app).captured("inv-2");

    Answer page = caller.get("/v1/notifications/webhooks-events?page_size=2");
    assertThat(page.at("/events/0/event_type")).isEqualTo("CHECKOUT.ORDER.COMPLETED");
    assertThat(page.at("/links/0/rel")).isEqualTo("next");
    assertThat(
            caller
                .get("/v1/notifications/webhooks-events?start_time=2026-03-02T00:00:00Z")
                .body()
                .path("count")
                .intValue())
        .isEqualTo(3);

    caller.clock.advance(Duration.ofDays(30));
    caller.as(caller.app);
    assertThat(caller.get("/v1/notifications/webhooks-events").body().path("count").intValue())
        .isEqualTo(3);
  }

  private String verified(PayPalWebhook delivery, byte[] event) {
    String body =
        """
        {'auth_algo':'%s','cert_url':'%s','transmission_id':'%s','transmission_sig':'%s',\
        'transmission_time':'%s','webhook_id':'%s','webhook_event':%s}\
        """
            .formatted(
                header(delivery, "paypal-auth-algo"),
                header(delivery, "paypal-cert-url"),
                header(delivery, "paypal-transmission-id"),
                header(delivery, "paypal-transmission-sig"),
                header(delivery, "paypal-transmission-time"),
                caller.app.webhookId(),
                text(event));
    return caller
        .post("/v1/notifications/verify-webhook-signature", body)
        .at("/verification_status");
  }

  private static String header(PayPalWebhook delivery, String name) {
    List<HttpHeaders.Field> fields = delivery.headers().fields();
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(HttpHeaders.Field::value)
        .findFirst()
        .orElseThrow();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
