package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of a record, as the group keeps it. */
class HeadTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  void what_is_remembered_is_read_as_it_was_kept() {
    Head failing = Head.NEW.failed(NOON).failed(NOON.plusSeconds(60)).claimed();

    assertThat(failing).isEqualTo(new Head(2, Optional.of(NOON), 1));
    assertThat(Head.read(failing.text())).isEqualTo(failing);
    assertThat(Head.read(Head.NEW.claimed().text())).isEqualTo(Head.NEW.claimed());
    assertThat(Head.NEW.text()).isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "consumer-1",
        "failures=1",
        "failures=-1 since=0 unanswered=0",
        "failures=99999999999 since=0 unanswered=0",
        "failures=1 since=0 unanswered=3 "
      })
  void what_somebody_else_kept_is_nothing(String metadata) {
    assertThat(Head.read(metadata)).isEqualTo(Head.NEW);
  }

  @Test
  void patience_is_counted_from_the_first_failure_and_an_answer_ends_what_was_unanswered() {
    Head head = Head.NEW.failed(NOON).failed(NOON.plus(Duration.ofHours(1)));

    assertThat(Head.NEW.failsLongerThan(Duration.ZERO, NOON)).isFalse();
    assertThat(head.failsLongerThan(Duration.ofHours(2), NOON.plusSeconds(7199))).isFalse();
    assertThat(head.failsLongerThan(Duration.ofHours(2), NOON.plusSeconds(7200))).isTrue();
    assertThat(head.claimed().claimed().answered()).isEqualTo(head);
  }

  @Test
  void the_third_time_without_an_answer_is_the_last() {
    Head head = Head.NEW.claimed().claimed();
    assertThat(head.givenUp()).isEmpty();
    assertThat(head.claimed().givenUp()).hasValueSatisfying(why -> why.startsWith("told 3 times"));
  }
}
