package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.NEXT_SECRET;
import static dev.gatehouse.relay.webhooks.Endpoints.SECRET;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static dev.gatehouse.relay.webhooks.Receiver.header;
import static dev.gatehouse.relay.webhooks.Receiver.isGenuine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.conformance.HookKit;
import dev.gatehouse.testkit.emulator.FaultProxy;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint is sent, and what becomes of its answers. */
class WebhookRelayTest {
  private final Receiver receiver = new Receiver();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private WebhookRelay open(String... more) {
    return Endpoints.open(settings(receiver.url(), more), Clock.systemUTC());
  }

  @Test
  void every_event_arrives_as_a_cloud_event_with_a_signature_that_the_reference_library_takes() {
    try (WebhookRelay relay = open()) {
      for (LifecycleEvent event : HookKit.samples()) {
        assertThat(tell(relay, event)).isEqualTo(HookResult.delivered());

        HttpRequest sent = receiver.last();
        assertThat(isGenuine(sent, SECRET)).as(event.type()).isTrue();
        assertThat(CloudEventForm.read(sent.body())).isEqualTo(event);
        CloudEvent read = new JsonFormat().deserialize(sent.body());
        assertThat(read.getId()).isEqualTo(event.header().id());
        assertThat(read.getType()).isEqualTo("dev.gatehouse." + event.type());
        assertThat(read.getSource()).hasToString("https://shop.example");
      }
    }
    assertThat(receiver.requests()).hasSizeGreaterThan(20);
    assertThat(receiver.last().method()).isEqualTo("POST");
    assertThat(receiver.last().uri().getRawQuery()).isEqualTo("token=in-the-address");
    assertThat(header(receiver.last(), "content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
  }

  @Test
  void nobody_else_s_secret_and_no_changed_word_passes() {
    try (WebhookRelay relay = open()) {
      tell(relay, event("evt-1"));
    }
    HttpRequest sent = receiver.last();
    String body = new String(sent.body(), StandardCharsets.UTF_8);

    assertThat(isGenuine(sent, NEXT_SECRET)).isFalse();
    assertThat(isGenuine(sent, body.replace("pay-1", "pay-2"), SECRET)).isFalse();
  }

  @Test
  void while_a_secret_is_changed_receivers_with_either_one_believe_it() {
    try (WebhookRelay relay = open("secret", NEXT_SECRET, "secret-previous", SECRET)) {
      tell(relay, event("evt-1"));
    }
    assertThat(isGenuine(receiver.last(), NEXT_SECRET)).isTrue();
    assertThat(isGenuine(receiver.last(), SECRET)).isTrue();
    assertThat(header(receiver.last(), "webhook-signature").split(" ")).hasSize(2);

    try (WebhookRelay relay = open("secret", NEXT_SECRET)) {
      tell(relay, event("evt-1"));
    }
    assertThat(isGenuine(receiver.last(), NEXT_SECRET)).isTrue();
    assertThat(isGenuine(receiver.last(), SECRET)).isFalse();
  }

  @Test
  void an_event_that_is_told_again_has_the_same_id_and_a_signature_of_its_own() {
    TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    try (WebhookRelay relay = Endpoints.open(settings(receiver.url()), clock)) {
      receiver.answer(500);
      assertThat(tell(relay, event("evt-1"))).isInstanceOf(HookResult.Retry.class);
      clock.advance(Duration.ofMinutes(7));
      receiver.answer(200);
      assertThat(tell(relay, event("evt-1"))).isEqualTo(HookResult.delivered());
    }
    HttpRequest first = receiver.requests().get(0);
    HttpRequest second = receiver.requests().get(1);

    assertThat(header(first, "webhook-id")).isEqualTo("evt-1");
    assertThat(header(second, "webhook-id")).isEqualTo("evt-1");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(header(first, "webhook-timestamp")).isEqualTo("1772366400");
    assertThat(header(second, "webhook-timestamp")).isEqualTo("1772366820");
    assertThat(header(second, "webhook-signature"))
        .isNotEqualTo(header(first, "webhook-signature"));
  }

  @Test
  void ids_are_fit_for_a_header_and_no_two_become_one() {
    Set<String> written = new HashSet<>();
    for (String id :
        new String[] {"a.b", "a%2Eb", "a%252Eb", "a b", "a\r\nb", "ä", "山", "a/b:c_d-e", "😀"}) {
      assertThat(WebhookRelay.headerId(id)).matches("[!-~&&[^.]]+");
      assertThat(written.add(WebhookRelay.headerId(id))).as(id).isTrue();
      try (WebhookRelay relay = open()) {
        assertThat(tell(relay, event(id))).isEqualTo(HookResult.delivered());
      }
      assertThat(isGenuine(receiver.last(), SECRET)).as(id).isTrue();
    }
    assertThat(WebhookRelay.headerId("pay_1/captured:cap_1")).isEqualTo("pay_1/captured:cap_1");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 207})
  void each_2xx_is_a_delivery(int status) {
    receiver.answer(status);
    try (WebhookRelay relay = open()) {
      assertThat(tell(relay, event("evt-1"))).isEqualTo(HookResult.delivered());
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 408, 409, 413, 422, 425, 451, 500})
  void whatever_else_is_told_again_and_no_redirect_is_followed(int status) {
    receiver.answer(status, "location", receiver.url().toString());
    try (WebhookRelay relay = open()) {
      assertThat(tell(relay, event("evt-1")))
          .isInstanceOfSatisfying(
              HookResult.Retry.class,
              retry -> {
                assertThat(retry.after()).isEmpty();
                assertThat(retry.reason()).contains(String.valueOf(status));
              });
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void an_endpoint_that_asks_for_rest_gets_it(int status) {
    TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    receiver.answer(status, "retry-after", "120");
    try (WebhookRelay relay = Endpoints.open(settings(receiver.url()), clock)) {
      assertThat(retry(tell(relay, event("evt-1")))).contains(Duration.ofSeconds(120));
      receiver.answer(200);
      clock.advance(Duration.ofSeconds(119));
      assertThat(retry(tell(relay, event("evt-2")))).contains(Duration.ofSeconds(1));
      assertThat(receiver.requests()).hasSize(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(tell(relay, event("evt-2"))).isEqualTo(HookResult.delivered());
    }
  }

  private static Optional<Duration> retry(HookResult result) {
    assertThat(result).isInstanceOf(HookResult.Retry.class);
    return ((HookResult.Retry) result).after();
  }

  @Test
  void an_endpoint_that_is_gone_is_asked_no_more_until_the_next_start() {
    receiver.answer(410);
    try (WebhookRelay relay = open()) {
      assertThat(tell(relay, event("evt-1"))).isInstanceOf(HookResult.Park.class);
      receiver.answer(200);
      assertThat(tell(relay, event("evt-2")))
          .isInstanceOfSatisfying(
              HookResult.Park.class, park -> assertThat(park.reason()).contains("switched off"));
      assertThat(receiver.requests()).hasSize(1);
    }
    try (WebhookRelay relay = open()) {
      assertThat(tell(relay, event("evt-1"))).isEqualTo(HookResult.delivered());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultProxy.Fault.class,
      names = {"DROP_REQUEST", "DROP_ANSWER", "GARBAGE", "TRUNCATE", "STALL_ANSWER"})
  void what_the_network_does_is_told_again(FaultProxy.Fault fault) {
    receiver.answer(
        request ->
            new HttpResponse(
                200, HttpHeaders.none(), "taken, and thanks".getBytes(StandardCharsets.UTF_8)));
    try (FaultProxy proxy = FaultProxy.before(receiver.url().resolve("/"));
        WebhookRelay relay =
            Endpoints.open(
                new WebhookRelayProvider(),
                settings(proxy.baseUrl()),
                Clock.systemUTC(),
                Duration.ofMillis(500))) {
      proxy.strikeNext(fault);
      assertThat(tell(relay, event("evt-1"))).isInstanceOf(HookResult.Retry.class);
      assertThat(tell(relay, event("evt-1"))).isEqualTo(HookResult.delivered());
    }
  }

  @Test
  void an_answer_without_end_is_cut_and_nothing_of_an_answer_is_repeated() {
    byte[] endless = "the card is 4111-1111 ".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    receiver.answer(request -> new HttpResponse(200, HttpHeaders.none(), endless));
    try (WebhookRelay relay = open()) {
      assertThat(tell(relay, event("evt-1")))
          .isEqualTo(
              new HookResult.Retry(
                  Optional.empty(), "the endpoint gave no answer: http.too-large"));
    }
  }

  @Test
  void it_wants_what_is_set_and_nothing_else() {
    try (WebhookRelay all = open();
        WebhookRelay some = open("events", "disputes, PaymentFailed")) {
      assertThat(HookKit.samples()).allMatch(all::wants);
      assertThat(HookKit.samples().stream().filter(some::wants))
          .extracting(LifecycleEvent::type)
          .containsOnly(
              "DisputeOpened", "DisputeFundsWithdrawn", "DisputeFundsReinstated", "PaymentFailed");
    }
  }

  @Test
  void a_test_send_says_whether_the_endpoint_took_it() {
    HookConfig config = HookConfig.live("shop-a", "relay-webhooks", settings(receiver.url()));
    assertThat(WebhookPing.send(config)).isEqualTo(HookResult.delivered());
    HttpRequest sent = receiver.last();
    assertThat(isGenuine(sent, SECRET)).isTrue();
    CloudEvent read = new JsonFormat().deserialize(sent.body());
    assertThat(read.getType()).isEqualTo("dev.gatehouse.Ping");
    assertThat(read.getId()).isEqualTo(header(sent, "webhook-id")).startsWith("ping_");
    assertThat(read.getTime()).isNotNull();

    receiver.answer(401);
    assertThat(WebhookPing.send(config))
        .isInstanceOfSatisfying(
            HookResult.Retry.class, retry -> assertThat(retry.reason()).contains("secret"));
  }
}
