package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, to a shop that answers as it is told. */
class WebhookSenderTest {
  private static final List<Duration> WAITS = List.of(Duration.ofMinutes(1), Duration.ofHours(1));

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final List<HttpRequest> received = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private final LoopbackServer shop =
      LoopbackServer.start("shop", this::take, e -> Answers.json(400, Map.of()));
  private final HttpTransport transport = HttpTransport.onJdkClient(HttpOptions.defaults());
  private final List<PendingWebhook> waiting = new ArrayList<>();
  private final WebhookSender sender =
      new WebhookSender(
          clock,
          this::taken,
          this::signed,
          transport,
          shop.baseUrl().resolve("/webhooks/bank"),
          WAITS);

  @AfterEach
  void close() {
    transport.close();
    shop.close();
  }

  private HttpResponse take(HttpRequest request) {
    received.add(request);
    return Answers.json(answer, Map.of());
  }

  private List<PendingWebhook> taken() {
    List<PendingWebhook> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  private PendingWebhook signed(PendingWebhook webhook) {
    return new PendingWebhook(
        webhook.account(),
        webhook.eventId(),
        webhook.type(),
        "POST",
        webhook.uri(),
        HttpHeaders.none().with("bank-signature", "at " + clock.instant()),
        webhook.body());
  }

  private void notice(String id) {
    waiting.add(
        new PendingWebhook(
            "acct",
            id,
            "paid",
            "POST",
            URI.create("https://shop.test/elsewhere"),
            HttpHeaders.none(),
            ("notice " + id).getBytes(StandardCharsets.UTF_8)));
  }

  private List<Integer> deliver() {
    return sender.deliverDue().stream().map(WebhookSender.Delivery::status).toList();
  }

  @Test
  void a_notice_is_posted_signed_to_the_address_that_was_given_and_once() {
    notice("e1");

    assertThat(deliver()).containsExactly(200);
    clock.advance(Duration.ofDays(1));
    assertThat(deliver()).isEmpty();

    HttpRequest got = received.get(0);
    assertThat(received).hasSize(1);
    assertThat(got.method() + " " + got.uri().getPath()).isEqualTo("POST /webhooks/bank");
    assertThat(got.headers().first("bank-signature")).contains("at 2026-03-01T12:00:00Z");
    assertThat(new String(got.body(), StandardCharsets.UTF_8)).isEqualTo("notice e1");
  }

  @Test
  void what_was_not_taken_comes_again_when_it_is_due_signed_anew() {
    answer = 503;
    notice("e1");
    assertThat(deliver()).containsExactly(503);
    assertThat(deliver()).isEmpty();
    clock.advance(Duration.ofSeconds(59));
    assertThat(deliver()).isEmpty();
    answer = 200;
    clock.advance(Duration.ofSeconds(1));

    assertThat(deliver()).containsExactly(200);

    assertThat(received.get(1).headers().first("bank-signature"))
        .contains("at 2026-03-01T12:01:00Z");
    assertThat(sender.waiting()).isZero();
  }

  @Test
  void it_gives_up_after_the_last_wait() {
    answer = 500;
    notice("e1");
    for (int i = 0; i < 5; i++) {
      deliver();
      clock.advance(Duration.ofDays(2));
    }

    assertThat(sender.deliveries()).hasSize(3).noneMatch(WebhookSender.Delivery::isTaken);
    assertThat(sender.waiting()).isZero();
  }

  @Test
  void a_shop_that_is_down_hears_of_it_later_and_others_are_not_held_up() {
    shop.close();
    notice("e1");
    notice("e2");

    assertThat(deliver()).containsExactly(0, 0);
    assertThat(sender.waiting()).isEqualTo(2);
  }

  @Test
  void it_notifies_nobody_but_this_machine() {
    URI elsewhere = URI.create("https://shop.test/webhooks/bank");

    assertThatThrownBy(
            () -> new WebhookSender(clock, this::taken, this::signed, transport, elsewhere))
        .isInstanceOf(ConfigurationException.class);
  }
}
