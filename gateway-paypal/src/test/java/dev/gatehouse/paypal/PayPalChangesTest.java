package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What PayPal's list of events tells, and up to when it is whole. */
class PayPalChangesTest {
  private static final Duration LAG = Duration.ofMinutes(5);

  private final Bench bench = new Bench();
  private final Instant start = bench.clock.instant();

  @Test
  void the_list_is_whole_up_to_paypals_time_less_what_it_lags() {
    bench.clock.advance(Duration.ofMinutes(30));
    bench.captured("pay-1");

    Changes.Listed changes = listed(bench.gateway, start);

    assertThat(references(changes)).containsExactly("pay-1");
    assertThat(changes.from()).isEqualTo(start);
    assertThat(changes.upTo()).isEqualTo(bench.clock.instant().minus(LAG));
  }

  @Test
  void with_our_clock_an_hour_ahead_nothing_is_missed() {
    TestClock ahead = TestClock.at(start.plus(Duration.ofHours(1)));
    PayPalGateway early = open(ahead, bench.door);
    Set<String> seen = new HashSet<>();
    Instant since = start;
    for (int payment = 1; payment <= 5; payment++) {
      bench.clock.advance(Duration.ofMinutes(10));
      ahead.advance(Duration.ofMinutes(10));
      bench.captured("pay-" + payment);
      Changes.Listed changes = listed(early, since);
      assertThat(changes.upTo()).isBefore(bench.clock.instant());
      seen.addAll(references(changes));
      since = changes.upTo();
    }

    assertThat(seen).containsExactlyInAnyOrder("pay-1", "pay-2", "pay-3", "pay-4", "pay-5");
  }

  @Test
  void with_our_clock_behind_the_newest_is_not_left_out() {
    TestClock behind = TestClock.at(start);
    bench.clock.advance(Duration.ofHours(1));
    bench.captured("pay-1");

    Changes.Listed changes = listed(open(behind, bench.door), start);

    assertThat(references(changes)).containsExactly("pay-1");
    assertThat(changes.upTo()).isEqualTo(bench.clock.instant().minus(LAG));
  }

  @Test
  void a_paypal_that_does_not_say_the_time_says_it_by_its_newest_event() {
    HttpTransport timeless = timeless();
    TestClock ahead = TestClock.at(start.plus(Duration.ofHours(2)));
    PayPalGateway early = open(ahead, timeless);
    assertThat(listed(early, start).upTo()).isEqualTo(start);

    bench.clock.advance(Duration.ofMinutes(30));
    bench.captured("pay-1");
    Instant newest = bench.clock.instant();
    bench.clock.advance(Duration.ofMinutes(30));

    assertThat(listed(early, start).upTo()).isEqualTo(newest.minus(LAG));
  }

  @Test
  void a_list_that_lags_behind_its_start_says_no_less_than_was_known() {
    assertThat(listed(bench.gateway, start).upTo()).isEqualTo(start);
  }

  @Test
  void a_long_list_is_read_whole_and_each_event_once() {
    for (int payment = 1; payment <= 80; payment++) {
      bench.captured("pay-" + payment);
      bench.clock.advance(Duration.ofSeconds(2));
    }

    Changes.Listed changes = listed(bench.gateway, start);

    assertThat(new HashSet<>(references(changes))).hasSize(80);
    assertThat(changes.hints()).hasSize(bench.paypal.takeWebhooks().size());
    assertThat(changes.upTo()).isEqualTo(start);
  }

  @Test
  void a_page_full_of_one_second_is_not_called_whole() {
    for (int payment = 1; payment <= 80; payment++) {
      bench.captured("pay-" + payment);
    }

    assertThat(bench.gateway.changesSince(start)).isInstanceOf(Changes.CannotTell.class);
  }

  /** One event each ten seconds, and no more than so many answers. */
  private static final class Busy implements HttpTransport {
    private final Instant now;
    private final int answers;
    private int requests;

    Busy(Instant now, int answers) {
      this.now = now;
      this.answers = answers;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (++requests > answers) {
        throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
      }
      String query = request.uri().getQuery();
      String body =
          query == null
              ? "{\"access_token\":\"t\",\"expires_in\":32400}"
              : "{\"events\":[" + events(query) + "]}";
      HttpHeaders headers =
          HttpHeaders.none()
              .with("content-type", "application/json")
              .with(
                  "date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)));
      return new HttpResponse(200, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private String events(String query) {
      long from = Instant.parse(query.replaceAll(".*start_time=([^&]+).*", "$1")).getEpochSecond();
      Instant to =
          query.contains("end_time=")
              ? Instant.parse(query.replaceAll(".*end_time=([^&]+).*", "$1"))
              : now;
      StringBuilder events = new StringBuilder();
      long last = to.getEpochSecond() / 10 * 10;
      for (int i = 0; i < 100 && last >= from; i++, last -= 10) {
        events.append(i == 0 ? "" : ",").append(event(last));
      }
      return events.toString();
    }

    private static String event(long second) {
      return """
          {"id":"WH-%d","event_type":"PAYMENT.CAPTURE.COMPLETED","create_time":"%s","resource":
          {"id":"C%d","custom_id":"pay-%d"}}"""
          .formatted(second, Instant.ofEpochSecond(second), second, second);
    }

    @Override
    public void close() {}
  }

  @Test
  void a_busy_account_is_caught_up_with_in_one_call_if_there_is_time() {
    Busy busy = new Busy(start, Integer.MAX_VALUE);
    Instant since = start.minus(Duration.ofHours(24));

    Changes.Listed changes = listed(open(bench.clock, busy), since);

    int events = 24 * 360 + 1;
    assertThat(references(changes)).hasSize(events);
    assertThat(changes.upTo()).isEqualTo(start.minus(LAG));
    assertThat(busy.requests).isLessThan(events / 100 * 3 / 2);
  }

  @Test
  void what_was_read_before_the_answers_stopped_is_listed_and_the_next_call_goes_on() {
    Instant since = start.minus(Duration.ofHours(24));
    Set<String> seen = new HashSet<>();
    Instant from = since;
    int calls = 0;
    while (from.isBefore(start.minus(LAG))) {
      assertThat(++calls).as("calls").isLessThan(20);
      Changes.Listed changes = listed(open(bench.clock, new Busy(start, 30)), from);
      assertThat(changes.from()).isEqualTo(from);
      assertThat(changes.upTo()).isAfter(from);
      seen.addAll(references(changes));
      from = changes.upTo();
    }
    assertThat(seen).hasSize(24 * 360 + 1);
    assertThat(calls).isGreaterThan(1);
    assertThat(open(bench.clock, new Busy(start, 3)).changesSince(since))
        .isInstanceOf(Changes.CannotTell.class);
  }

  private static Changes.Listed listed(PayPalGateway gateway, Instant since) {
    return (Changes.Listed) gateway.changesSince(since);
  }

  private static List<String> references(Changes.Listed changes) {
    return changes.hints().stream()
        .map(PaymentHint::reference)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** Somebody on the way takes the header away. */
  private HttpTransport timeless() {
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        HttpResponse response = bench.door.send(request, limit);
        HttpHeaders type = HttpHeaders.none();
        for (String value : response.headers().all("content-type")) {
          type = type.with("content-type", value);
        }
        return new HttpResponse(response.status(), type, response.body());
      }

      @Override
      public void close() {}
    };
  }

  private PayPalGateway open(TestClock clock, HttpTransport http) {
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("early"), Mode.TEST, http, clock, Duration.ofSeconds(5));
    return (PayPalGateway)
        new PayPalGatewayProvider().open(GatewaySettings.of(bench.app.settings()), environment);
  }
}
