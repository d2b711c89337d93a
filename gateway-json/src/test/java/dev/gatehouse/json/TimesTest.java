package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @Test
  void any_time_is_read_as_it_was_written() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long year = random.nextInt(12_000) - 1_000;
      Instant time =
          Instant.ofEpochSecond(
              (year - 1970) * 31_556_952L + random.nextInt(31_556_952),
              random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000) / (i % 1_000 + 1));

      assertThat(Times.parse(time.toString())).as("seed 7, %s", time).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00Z",
        "2024-02-29T23:59:59.999999999Z",
        "2026-03-01T12:00:00.1Z",
        "2026-03-01T12:00:00.000001Z",
        "2026-03-01T12:00:00.Z",
        "2026-03-01T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-03-01t12:00:00z",
        "2026-03-01T12:00:00+01:00",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+12026-03-01T12:00:00Z",
      })
  void other_spellings_mean_what_they_mean_to_the_jdk(String text) {
    assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01",
        "2026-02-29T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-03-00T12:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:61Z",
        "2026-03-01T12:00:00",
        "2026-03-01 12:00:00Z",
        "2026-03-01T12:00:00.1234567890Z",
        "2026-03-01T12:00:00.12x456Z",
        "2026-03-01T12:00:00x123Z",
        "2026-03-01T1२:00:00Z",
        "2026-03-01T+2:00:00Z",
      })
  void what_is_no_time_is_refused(String text) {
    assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
