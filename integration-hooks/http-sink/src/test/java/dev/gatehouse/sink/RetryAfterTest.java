package dev.gatehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "120|120",
        " 7 |7",
        "999999999|86400",
        "Sun, 01 Mar 2026 12:01:00 GMT|60",
        "Sun, 01 Mar 2026 11:00:00 GMT|0",
        "Mon, 01 Mar 2027 11:00:00 GMT|86400"
      })
  void seconds_and_dates_are_understood_up_to_a_day(String text, long seconds) {
    assertThat(RetryAfter.of(HttpHeaders.none().with("Retry-After", text), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999", "Sun, 41 Mar 2026 12:01:00 GMT"})
  void anything_else_is_passed_over(String text) {
    assertThat(RetryAfter.of(HttpHeaders.none().with("retry-after", text), NOW)).isEmpty();
  }

  @Test
  void so_is_what_is_not_there() {
    assertThat(RetryAfter.of(HttpHeaders.none(), NOW)).isEmpty();
  }
}
