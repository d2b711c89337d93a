package dev.gatehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {
  private static final String CANARY = "canary-4711";
  private static final HttpRequest REQUEST =
      new HttpRequest(
          "POST",
          URI.create("https://sink.example/path?api_secret=" + CANARY),
          HttpHeaders.none().with("authorization", CANARY),
          CANARY.getBytes(StandardCharsets.UTF_8));

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private int sent;

  private final class MovedClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private HttpSink sink(Function<HttpRequest, HttpResponse> service) {
    HttpTransport door =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            sent++;
            return service.apply(request);
          }

          @Override
          public void close() {}
        };
    return new HttpSink(
        "Sink",
        "token",
        new HookEnvironment("sink-eu", door, new MovedClock(), Duration.ofSeconds(5)));
  }

  private static HttpResponse answer(int status) {
    return new HttpResponse(status, HttpHeaders.none(), CANARY.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "200, Taken, Delivered",
    "204, Taken, Delivered",
    "207, Partly, Retry",
    "301, Later, Retry",
    "400, Refused, Park",
    "401, Locked, Park",
    "403, Locked, Park",
    "404, Refused, Park",
    "408, Later, Retry",
    "409, Refused, Park",
    "410, Gone, Park",
    "413, TooLarge, Park",
    "422, Refused, Park",
    "425, Later, Retry",
    "429, Later, Retry",
    "500, Later, Retry",
    "503, Later, Retry",
    "599, Later, Retry",
    "101, Later, Retry",
    "999, Later, Retry"
  })
  void an_answer_means_this_for_the_delivery(int status, String reply, String result) {
    SinkReply seen = sink(request -> answer(status)).send(REQUEST);

    assertThat(seen.getClass().getSimpleName()).isEqualTo(reply);
    assertThat(seen.result().getClass().getSimpleName()).isEqualTo(result);
    assertThat(seen.toString() + seen.result()).doesNotContain(CANARY);
  }

  @Test
  void no_answer_is_asked_for_again_and_tells_nothing_of_the_request() {
    SinkReply lost =
        sink(request -> {
              throw new TransportException.Unknown(request, "http.timeout", "took too long");
            })
            .send(REQUEST);

    assertThat(lost.result())
        .isEqualTo(new HookResult.Retry(Optional.empty(), "Sink gave no answer: http.timeout"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 408, 425, 429, 500, 503})
  void once_rest_was_asked_for_nothing_is_sent_until_it_is_over(int status) {
    HttpSink sink =
        sink(
            request ->
                new HttpResponse(
                    status, HttpHeaders.none().with("Retry-After", "60"), new byte[0]));

    assertThat(sink.send(REQUEST).result())
        .isEqualTo(
            new HookResult.Retry(Optional.of(Duration.ofSeconds(60)), "Sink answered " + status));
    now = now.plusSeconds(20);
    assertThat(sink.send(REQUEST).result())
        .isEqualTo(
            new HookResult.Retry(Optional.of(Duration.ofSeconds(40)), "Sink asked for rest"));
    assertThat(sent).isEqualTo(1);
    now = now.plusSeconds(40);
    sink.send(REQUEST);
    assertThat(sent).isEqualTo(2);
  }

  @Test
  void a_service_may_have_answers_of_its_own_that_pass_and_a_rest_that_it_does_not_tell() {
    Optional<Duration> rest = Optional.of(Duration.ofSeconds(10));
    Function<HttpResponse, Optional<Duration>> tenAfter429 =
        response -> rest.filter(known -> response.status() == 429);
    HttpSink locked = sink(request -> answer(423)).passing(Set.of(423), tenAfter429);
    assertThat(locked.send(REQUEST))
        .isEqualTo(new SinkReply.Later(Optional.empty(), "Sink answered 423", true));
    locked.send(REQUEST);
    assertThat(sent).isEqualTo(2);

    HttpSink busy = sink(request -> answer(429)).passing(Set.of(), tenAfter429);
    assertThat(busy.send(REQUEST)).isEqualTo(new SinkReply.Later(rest, "Sink answered 429", false));
    assertThat(busy.send(REQUEST))
        .isEqualTo(new SinkReply.Later(rest, "Sink asked for rest", false));
    assertThat(sent).isEqualTo(3);
    now = now.plusSeconds(10);
    busy.send(REQUEST);
    assertThat(sent).isEqualTo(4);
  }

  @Test
  void amounts_are_written_as_they_are_and_read_exactly() {
    byte[] written =
        SinkJson.write(
            SinkJson.object()
                .put("value", new BigDecimal("1E+3"))
                .put("more", new BigDecimal("0.10")));

    assertThat(new String(written, StandardCharsets.UTF_8))
        .startsWith("{\"value\":1000,\"more\":0.1");
    assertThat(
            SinkJson.read("{\"v\":0.1000000000000000055}".getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .get("v")
                .decimalValue())
        .isEqualByComparingTo("0.1000000000000000055");
    for (String garbage : new String[] {"", "{", "{} {}", "\u0000", "[".repeat(1000)}) {
      assertThat(SinkJson.read(garbage.getBytes(StandardCharsets.UTF_8))).as(garbage).isEmpty();
    }
  }

  @Test
  void a_hash_is_the_one_that_everybody_makes() {
    assertThat(PersonalData.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void consent_is_granted_denied_or_not_asked_for() {
    Optional<Attribution> granted = Optional.of(Attribution.none().granting(Purpose.ANALYTICS));
    Optional<Attribution> denied = Optional.of(Attribution.none().denying(Purpose.ANALYTICS));

    assertThat(ConsentPolicy.REQUIRED.allows(granted, Purpose.ANALYTICS)).isTrue();
    assertThat(ConsentPolicy.REQUIRED.allows(granted, Purpose.AD_USER_DATA)).isFalse();
    assertThat(ConsentPolicy.REQUIRED.allows(Optional.empty(), Purpose.ANALYTICS)).isFalse();
    assertThat(ConsentPolicy.UNLESS_DENIED.allows(Optional.empty(), Purpose.ANALYTICS)).isTrue();
    assertThat(ConsentPolicy.UNLESS_DENIED.allows(denied, Purpose.ANALYTICS)).isFalse();
  }
}
