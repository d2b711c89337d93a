package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long lists of events, read in steps of which each one counts. */
class StripeChangesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LAG = Duration.ofMinutes(1);

  /** As many events in each second as a test wants, and no more than so many answers. */
  private static final class Busy implements HttpTransport {
    private final Instant burstBegins;
    private final long perSecond;
    private final int answers;
    private int requests;

    Busy(Instant burstBegins, long perSecond, int answers) {
      this.burstBegins = burstBegins;
      this.perSecond = perSecond;
      this.answers = answers;
    }

    private static long number(String query, String name, long otherwise) {
      for (String part : query.split("&")) {
        String[] pair = part.split("=", 2);
        if (pair[0].equals(name)) {
          return Long.parseLong(pair[1]);
        }
      }
      return otherwise;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (++requests > answers) {
        throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
      }
      String query = request.uri().getQuery();
      long from = number(query, "created[gte]", 0);
      long to = number(query, "created[lte]", NOW.getEpochSecond());
      long first = Math.max(from, burstBegins.getEpochSecond()) * perSecond;
      long last = (Math.min(to, NOW.getEpochSecond()) + 1) * perSecond - 1;
      if (query.contains("starting_after=")) {
        last = Long.parseLong(query.replaceAll(".*starting_after=evt_([0-9]+).*", "$1")) - 1;
      }
      StringBuilder data = new StringBuilder();
      long n = last;
      for (int i = 0; i < 100 && n >= first; i++, n--) {
        data.append(i == 0 ? "" : ",").append(event(n));
      }
      String body =
          "{\"object\":\"list\",\"url\":\"/v1/events\",\"has_more\":%s,\"data\":[%s]}"
              .formatted(n >= first, data);
      HttpHeaders headers =
          HttpHeaders.none()
              .with("content-type", "application/json")
              .with(
                  "date", DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atZone(ZoneOffset.UTC)));
      return new HttpResponse(200, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private String event(long number) {
      return """
          {"id":"evt_%d","object":"event","type":"charge.succeeded","created":%d,"data":{"object":
          {"id":"ch_%d","object":"charge","payment_intent":"pi_%d"}}}"""
          .formatted(number, number / perSecond, number, number);
    }

    @Override
    public void close() {}
  }

  private static StripeGateway open(HttpTransport http, Duration timeLimit) {
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("busy"), Mode.TEST, http, TestClock.at(NOW), timeLimit);
    StripeAccount account = StripeAccount.test("main").signing("whsec_main1234");
    return (StripeGateway)
        new StripeGatewayProvider()
            .open(
                GatewaySettings.of(Bench.settings(account, StripeEmulator.BASE_URL)), environment);
  }

  private static StripeGateway open(HttpTransport http) {
    return open(http, Duration.ofMinutes(5));
  }

  private static Set<String> intents(Changes.Listed changes) {
    Set<String> ids = new HashSet<>();
    changes.hints().forEach(h -> h.providerIds().stream().map(ProviderId::id).forEach(ids::add));
    return ids;
  }

  @Test
  void a_busy_night_is_read_whole_with_few_requests_in_vain() {
    Instant since = NOW.minus(Duration.ofHours(8));
    Busy busy = new Busy(since, 1, Integer.MAX_VALUE);

    Changes.Listed changes = (Changes.Listed) open(busy).changesSince(since);

    int events = 8 * 3600 + 1;
    assertThat(intents(changes)).hasSize(events);
    assertThat(changes.upTo()).isEqualTo(NOW.minus(LAG));
    assertThat(busy.requests).isBetween(events / 100, events / 100 * 5 / 4);
  }

  @Test
  void a_quiet_month_takes_few_requests() {
    Busy quiet = new Busy(NOW, 1, Integer.MAX_VALUE);
    Changes.Listed changes =
        (Changes.Listed) open(quiet).changesSince(NOW.minus(Duration.ofDays(30)));
    assertThat(changes.upTo()).isEqualTo(NOW.minus(LAG));
    assertThat(intents(changes)).hasSize(1);
    assertThat(quiet.requests).isLessThan(15);
  }

  @Test
  void a_burst_after_a_quiet_time_is_read_in_narrower_windows() {
    Instant begins = NOW.minus(Duration.ofMinutes(20));
    Busy burst = new Busy(begins, 20, Integer.MAX_VALUE);
    Changes.Listed changes =
        (Changes.Listed) open(burst).changesSince(NOW.minus(Duration.ofDays(2)));
    assertThat(changes.upTo()).isAfter(NOW.minus(LAG.multipliedBy(2)));
    long events = Duration.between(begins, changes.upTo()).toSeconds() * 20;
    assertThat(intents(changes).size()).isGreaterThanOrEqualTo((int) events);
    assertThat(burst.requests).isLessThan(24_000 / 100 * 2);
  }

  @Test
  void what_was_read_before_the_answers_stopped_is_listed_and_the_next_call_goes_on() {
    Instant since = NOW.minus(Duration.ofHours(2));
    Set<String> seen = new HashSet<>();
    Instant from = since;
    int calls = 0;
    while (from.isBefore(NOW.minus(LAG))) {
      assertThat(++calls).as("calls").isLessThan(20);
      Changes.Listed changes = (Changes.Listed) open(new Busy(since, 1, 25)).changesSince(from);
      assertThat(changes.from()).isEqualTo(from);
      assertThat(changes.upTo()).isAfter(from);
      seen.addAll(intents(changes));
      from = changes.upTo();
    }
    assertThat(seen).hasSize(2 * 3600 + 1);
    assertThat(calls).isGreaterThan(1);
  }

  @Test
  void a_call_whose_time_runs_short_ends_with_a_whole_window() {
    Instant since = NOW.minus(Duration.ofHours(2));
    Busy busy = new Busy(since, 1, Integer.MAX_VALUE);
    HttpTransport slow =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            HttpResponse answer = busy.send(request, limit);
            long until = System.nanoTime() + limit.toNanos() * 4 / 5;
            while (busy.requests == 10 && System.nanoTime() < until) {
              Thread.onSpinWait();
            }
            return answer;
          }

          @Override
          public void close() {}
        };
    Changes.Listed changes = (Changes.Listed) open(slow, Duration.ofSeconds(2)).changesSince(since);
    assertThat(changes.upTo()).isEqualTo(since.plus(Duration.ofMinutes(15)));
    assertThat(busy.requests).isEqualTo(10);
  }

  @Test
  void without_one_whole_window_nothing_can_be_told() {
    Instant since = NOW.minus(Duration.ofHours(2));
    assertThat(open(new Busy(since, 1, 3)).changesSince(since))
        .isInstanceOf(Changes.CannotTell.class);
    Changes crowded = open(new Busy(since, 2_000, 1_000)).changesSince(since);
    assertThat(((Changes.CannotTell) crowded).failure().code()).isEqualTo("list.too-long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'data':[null],'has_more':false",
        "'data':[],'has_more':true",
        "'data':null,'has_more':false",
        "'data':[]",
        "'data':[{'object':'event','created':1}],'has_more':false",
        "'data':[{'id':'evt_1','object':'event'}],'has_more':false",
        "'data':[{'id':'evt_1','object':'event','created':1}],'has_more':false",
        "'data':[{'id':'evt_1','object':'event','created':1,'data':null}],'has_more':false",
        "'data':7,'has_more':false",
        "'data':[{'id':'evt_1','object':'event','created':9223372036854775807,"
            + "'data':{'object':{'id':'pi_1','object':'payment_intent'}}}],'has_more':false",
      })
  void a_page_that_cannot_be_read_ends_the_reading_and_takes_nothing_back(String page) {
    Instant since = NOW.minus(Duration.ofHours(2));
    assertThat(open(spoilt(1, page)).changesSince(since)).isInstanceOf(Changes.CannotTell.class);
    int firstWindow = 10;
    Changes.Listed changes =
        (Changes.Listed) open(spoilt(firstWindow + 1, page)).changesSince(since);
    assertThat(changes.upTo()).isEqualTo(since.plus(Duration.ofMinutes(15)));
    assertThat(intents(changes)).hasSize(15 * 60 + 1);
  }

  /** From one answer on, every list is this one. */
  private static HttpTransport spoilt(int from, String page) {
    Busy busy = new Busy(NOW.minus(Duration.ofHours(2)), 1, Integer.MAX_VALUE);
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        HttpResponse answer = busy.send(request, limit);
        String list = ("{'object':'list','url':'/v1/events'," + page + "}").replace('\'', '"');
        return busy.requests < from
            ? answer
            : new HttpResponse(200, answer.headers(), list.getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void close() {}
    };
  }
}
