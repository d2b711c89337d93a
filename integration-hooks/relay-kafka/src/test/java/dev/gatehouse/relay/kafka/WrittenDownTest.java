package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What counts as a break of the order, and what does not. */
class WrittenDownTest {
  @Test
  void to_skip_one_is_a_break() {
    assertThat(breaks(Map.of(), "a c/1", "a c/2", "a c/4")).containsExactly("line 3: after 2");
  }

  @Test
  void to_begin_in_the_middle_is_a_break() {
    assertThat(breaks(Map.of(), "a c/2")).containsExactly("line 1: after null");
  }

  @Test
  void to_go_back_and_come_again_is_none() {
    assertThat(breaks(Map.of(), "a c/1", "a c/2", "a c/3", "b c/2", "b c/3", "b c/4")).isEmpty();
  }

  @Test
  void to_skip_one_after_going_back_is_a_break() {
    assertThat(breaks(Map.of(), "a c/1", "a c/2", "a c/3", "b c/1", "b c/3")).hasSize(1);
  }

  @Test
  void one_late_line_of_a_process_that_wakes_is_none_and_a_second_is() {
    assertThat(breaks(Map.of("a", 2), "b c/1", "b c/2", "b c/3", "a c/1", "b c/4")).isEmpty();
    assertThat(breaks(Map.of("a", 2), "b c/1", "b c/2", "b c/3", "a c/1", "a c/1", "b c/4"))
        .hasSize(1);
    assertThat(breaks(Map.of(), "b c/1", "b c/2", "b c/3", "a c/1", "b c/4")).hasSize(1);
  }

  @Test
  void a_process_that_woke_may_go_back_later_as_any_other() {
    assertThat(breaks(Map.of("a", 0), "a c/1", "a c/2", "a c/3", "b c/1", "a c/2", "a c/3"))
        .isEmpty();
  }

  private static List<String> breaks(Map<String, Integer> woken, String... lines) {
    return WrittenDown.breaks(Stream.of(lines).map(WrittenDown.Line::of).toList(), woken, 1)
        .stream()
        .map(text -> text.replaceAll("Line\\[.*] ", ""))
        .toList();
  }
}
