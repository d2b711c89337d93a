package com.nordlicht.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.DirectTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank's way to sign, and its edges. That a forged notice is refused, the kit asks, too. */
class NordlichtWebhooksTest {
  private static final String BODY =
      "{\"noticeId\":\"evt_1\",\"kind\":\"payment.booked\",\"paymentId\":\"ch_1\","
          + "\"merchantReference\":\"p-1\"}";

  private final Counter counter = new Counter();
  private final NordlichtGateway gateway =
      counter.gateway(
          new DirectTransport(counter.bank::handle),
          Map.of(
              NordlichtProvider.WEBHOOK_SECRET, "nlw_new",
              NordlichtProvider.WEBHOOK_SECRET_PREVIOUS, "nlw_old"));

  private WebhookAnswer receive(String secret, Duration after, String body) {
    Instant time = counter.clock.instant().plus(after);
    String seconds = Long.toString(time.getEpochSecond());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return gateway.receive(
        new WebhookRequest(
            "POST",
            URI.create("https://shop.test/webhooks/nordlicht"),
            Map.of(
                "Nordlicht-Time", List.of(seconds),
                "Nordlicht-Signature", List.of(NordlichtWebhooks.sign(secret, seconds, bytes))),
            bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nlw_new", "nlw_old"})
  void two_secrets_count_while_one_is_replaced(String secret) {
    WebhookAnswer.Verified verified = (WebhookAnswer.Verified) receive(secret, Duration.ZERO, BODY);

    assertThat(verified.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.id()).contains("evt_1");
              assertThat(notice.hint().reference()).contains("p-1");
            });
  }

  @Test
  void a_third_secret_does_not() {
    assertThat(receive("nlw_other", Duration.ZERO, BODY))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void five_minutes_either_way_are_tolerated(long seconds) {
    assertThat(receive("nlw_new", Duration.ofSeconds(seconds), BODY))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void and_no_second_more(long seconds) {
    assertThat(receive("nlw_new", Duration.ofSeconds(seconds), BODY))
        .isInstanceOf(WebhookAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"noticeId\":\"\"}", "{\"noticeId\":\"a\",\"kind\":\"b\"}"})
  void what_is_signed_and_no_notice_is_rejected(String body) {
    assertThat(receive("nlw_new", Duration.ZERO, body)).isInstanceOf(WebhookAnswer.Rejected.class);
  }
}
