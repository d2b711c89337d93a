package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final Agenda agenda = new Agenda(clock);
  private final IdempotencyKeys keys = new IdempotencyKeys(agenda, Duration.ofHours(24));
  private int done;

  private HttpResponse work() {
    return Answers.json(200, Map.of("number", ++done));
  }

  private static HttpRequest request(String path, String body) {
    return new HttpRequest(
        "POST",
        URI.create("https://bank.test" + path),
        HttpHeaders.none(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_same_request_under_a_key_is_done_once_and_answered_alike() {
    HttpResponse first = keys.once("k", request("/a", "x"), this::work);

    assertThat(keys.once("k", request("/a", "x"), this::work)).isEqualTo(first);
    assertThat(done).isOne();
    assertThat(keys.requests()).isEqualTo(Map.of("k", 2));
  }

  @Test
  void another_request_under_the_key_is_a_conflict_and_is_not_done() {
    keys.once("k", request("/a", "x"), this::work);

    assertThatThrownBy(() -> keys.once("k", request("/a", "y"), this::work))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("another request");
    assertThatThrownBy(() -> keys.once("k", request("/b", "x"), this::work))
        .isInstanceOf(InvalidStateException.class);
    assertThat(done).isOne();
  }

  @Test
  void a_key_is_forgotten_when_its_time_is_up() {
    keys.once("k", request("/a", "x"), this::work);
    clock.advance(Duration.ofHours(24));
    agenda.catchUp();

    keys.once("k", request("/a", "y"), this::work);

    assertThat(done).isEqualTo(2);
  }

  @Test
  void what_was_refused_leaves_its_key_free() {
    Refusal refusal = new Refusal(Answers.json(429, Map.of()));
    assertThatThrownBy(
            () ->
                keys.once(
                    "k",
                    request("/a", "x"),
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);

    keys.once("k", request("/a", "x"), this::work);

    assertThat(done).isOne();
  }
}
