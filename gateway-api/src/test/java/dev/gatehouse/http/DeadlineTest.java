package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private static final HttpRequest REQUEST =
      new HttpRequest("GET", URI.create("https://bank.example/"), HttpHeaders.none(), new byte[0]);

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT-999999999999H"})
  void one_without_time_is_over_at_once(Duration limit) {
    Deadline deadline = Deadline.after(limit);
    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.left()).isZero();
  }

  @Test
  void what_is_left_only_falls() {
    Deadline deadline = Deadline.after(Duration.ofMinutes(30));
    Duration first = deadline.left();
    assertThat(deadline.isOver()).isFalse();
    assertThat(first).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(deadline.left()).isLessThanOrEqualTo(first);
    assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).left())
        .isPositive()
        .isLessThanOrEqualTo(HttpOptions.MAX_TIME);
  }

  @Test
  void a_transport_gets_what_is_left_and_nothing_is_sent_when_that_is_nothing() {
    List<Duration> limits = new ArrayList<>();
    HttpTransport transport = recording(limits);
    transport.send(REQUEST, Deadline.after(Duration.ofMinutes(1)));
    assertThat(limits)
        .singleElement()
        .satisfies(l -> assertThat(l).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1)));
    Deadline over = Deadline.after(Duration.ZERO);
    assertThatThrownBy(() -> transport.send(REQUEST, over))
        .isInstanceOfSatisfying(
            TransportException.NotSent.class,
            e -> assertThat(e.problems().get(0).code()).isEqualTo("http.timeout"));
    assertThat(limits).hasSize(1);
  }

  @Test
  void missing_parts_are_refused_typed() {
    HttpTransport transport = recording(new ArrayList<>());
    assertThatThrownBy(() -> Deadline.after(none())).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> transport.send(REQUEST, DeadlineTest.<Deadline>none()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> transport.send(none(), Deadline.after(Duration.ZERO)))
        .isInstanceOf(InvalidInputException.class);
  }

  private static HttpTransport recording(List<Duration> limits) {
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        limits.add(limit);
        return new HttpResponse(200, HttpHeaders.none(), new byte[0]);
      }

      @Override
      public void close() {}
    };
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private static <T> T none() {
    return (T) null;
  }
}
