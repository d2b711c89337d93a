package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.fake.ClosedTransport;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads in the log when keys are wrong. */
class RefusedCredentialsTest {
  private static final String WORDS = "refused the key in setting 'secret-key' of gateway 'acme'";

  static Stream<Function<Failure, Object>> answers() {
    return Stream.of(
        Outcome.NotSent::new,
        Outcome.Unknown::new,
        Lookup.CannotTell::new,
        Changes.CannotTell::new,
        WebhookAnswer.CannotVerify::new);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatever_was_asked_the_log_names_the_gateway_and_passes_on_its_words(
      Function<Failure, Object> answer) {
    assertThat(logged(answer.apply(failure(ErrorCategory.AUTHENTICATION, WORDS))))
        .containsOnlyOnce("ERROR")
        .contains("gateway acme: its provider refused its credentials: " + WORDS);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void other_failures_are_left_to_the_payment(Function<Failure, Object> answer) {
    assertThat(logged(answer.apply(failure(ErrorCategory.NOT_SENT, WORDS)))).isEmpty();
  }

  @Test
  void what_a_gateway_answers_is_listened_to() {
    Failure refused = failure(ErrorCategory.AUTHENTICATION, WORDS);
    FakeGateway gateway = new FakeGateway((call, request) -> new Lookup.CannotTell(refused));
    GatewayConfig config = GatewayConfig.test("acme", Map.of());
    Gateways gateways =
        Gateways.open(
            GatewayCatalog.of(FakeProvider.bare("acme", gateway)),
            List.of(config),
            new ClosedTransport(),
            Clock.systemUTC(),
            Duration.ofSeconds(1));
    Trace trace =
        new Trace(Optional.of("pay_1"), Instant.EPOCH, Optional.empty(), PaymentFacts.none());

    assertThat(logged(() -> gateways.gateway(config.instance()).lookup(trace))).contains(WORDS);
  }

  @Test
  void words_that_would_forge_a_line_of_the_log_are_not_shown() {
    Failure forged = failure(ErrorCategory.AUTHENTICATION, "no\nERROR all keys are stolen");

    assertThat(logged(new Outcome.NotSent(forged)))
        .contains("gateway acme")
        .doesNotContain("stolen");
  }

  private static Failure failure(ErrorCategory category, String words) {
    return Failure.of(category, "http.401", words);
  }

  private static String logged(Object answer) {
    return logged(() -> RefusedCredentials.tellOf(new GatewayInstanceId("acme"), answer));
  }

  private static String logged(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
