package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatehouseWebhookTest {
  private static final int MEGABYTE = 1 << 20;

  private final Bench bench = new Bench();

  static Stream<Arguments> scripts_and_answers() {
    return Stream.of(
        Arguments.of(400, answering(new WebhookAnswer.Rejected("stale"))),
        Arguments.of(503, answering(new WebhookAnswer.CannotVerify(FakeGateway.failure()))),
        Arguments.of(503, answering(null)),
        Arguments.of(
            503,
            (FakeGateway.Script)
                (call, request) -> {
                  throw new IOException("no keys");
                }),
        Arguments.of(
            503,
            (FakeGateway.Script)
                (call, request) -> {
                  throw new StackOverflowError();
                }),
        Arguments.of(503, answering("no answer to a webhook")));
  }

  @ParameterizedTest
  @MethodSource("scripts_and_answers")
  void a_delivery_that_is_not_verified_gets_its_answer_and_changes_nothing(
      int status, FakeGateway.Script script) {
    List<Object> saved = bench.saved();
    bench.gateway.now(script);
    WebhookReply reply = bench.gatehouse.webhook(Bench.FAKE, delivery(10));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEmpty();
    assertThat(bench.gateway.calls()).endsWith("receive").doesNotContain("lookup");
    assertThat(bench.saved()).isEqualTo(saved);
    assertThat(bench.gatehouse.runDueWork()).isZero();
  }

  @Test
  void a_delivery_of_more_than_a_megabyte_is_refused_unread() {
    List<String> calls = bench.gateway.calls();
    assertThat(bench.gatehouse.webhook(Bench.FAKE, delivery(MEGABYTE + 1)).status()).isEqualTo(413);
    assertThat(bench.gateway.calls()).isEqualTo(calls);
    bench.gateway.now(answering(new WebhookAnswer.Rejected("no")));
    assertThat(bench.gatehouse.webhook(Bench.FAKE, delivery(MEGABYTE)).status()).isEqualTo(400);
  }

  @Test
  void an_unknown_gateway_and_one_without_webhooks_are_refused_typed() {
    assertThatThrownBy(() -> bench.gatehouse.webhook(new GatewayInstanceId("nowhere"), delivery(1)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> bench.gatehouse.webhook(Bench.BARE, delivery(1)))
        .isInstanceOf(UnsupportedCapabilityException.class);
  }

  @Test
  void what_a_genuine_delivery_says_is_only_a_hint_and_it_is_kept_once() {
    PaymentHint hint = new PaymentHint(Optional.of(bench.payment.value()), Set.of());
    WebhookAnswer verified =
        new WebhookAnswer.Verified(
            List.of(WebhookNotice.of("evt_1", "refunded", hint)), WebhookReply.status(204));
    bench.gateway.now((call, request) -> call.equals("receive") ? verified : null);
    List<Object> saved = bench.saved();
    assertThat(bench.gatehouse.webhook(Bench.FAKE, delivery(1)).status()).isEqualTo(204);
    assertThat(bench.gatehouse.webhook(Bench.FAKE, delivery(1)).status()).isEqualTo(204);
    assertThat(bench.store.inboxItem(Bench.FAKE, "evt_1")).isPresent();
    assertThat(bench.gateway.calls()).contains("lookup");
    assertThat(bench.store.events()).isEqualTo(saved.get(2));
    assertThat(bench.gatehouse.payment(bench.payment).facts().movements()).hasSize(1);
  }

  private static FakeGateway.Script answering(Object answer) {
    return (call, request) -> answer;
  }

  private static WebhookRequest delivery(int size) {
    return new WebhookRequest("POST", URI.create("/hook"), Map.of(), new byte[size]);
  }
}
