package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TestClockTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void a_start_that_is_no_time_is_refused() {
    assertThatThrownBy(() -> TestClock.at("junk"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2026-01-31T12:00:00Z");
  }

  @Test
  void it_stands_still_until_it_is_moved_on_back_or_to_a_time() {
    TestClock clock = TestClock.at(START);
    assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofHours(1))).isEqualTo(START.plusSeconds(3600));
    clock.advance(Duration.ofHours(-2));
    assertThat(clock.instant()).isEqualTo(START.minusSeconds(3600));
    clock.set(START);
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void clocks_of_other_zones_move_together() {
    TestClock clock = TestClock.at(START);
    var tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofDays(1));
    assertThat(tokyo.instant()).isEqualTo(clock.instant());
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void a_missing_time_is_refused() {
    assertThatThrownBy(() -> TestClock.at((Instant) null))
        .isInstanceOf(InvalidInputException.class);
  }
}
