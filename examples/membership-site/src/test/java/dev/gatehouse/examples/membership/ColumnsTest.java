package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @ParameterizedTest
  @CsvSource({
    "Ada,3",
    "Søren,5",
    "Дарья,5",
    "فاطمة,5",
    "山田 花子,9",
    "ﾊﾅｺ,3",
    "김하나,6",
    "मेहता,4",
    "e\u0301,1",
    "🌻,2",
    "👩‍🚀,2",
    "👍🏽,2",
    "⁨a⁩,1"
  })
  void a_text_takes_as_many_columns_as_terminals_give_it(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @Test
  void what_is_too_wide_is_shortened_between_characters() {
    assertThat(Columns.padded("山田花子", 6)).isEqualTo("山田… ");
    assertThat(Columns.padded("abc", 5)).isEqualTo("abc  ");
  }

  @Test
  void columns_after_right_to_left_text_stay_where_they_are() {
    assertThat(Columns.padded("نور", 5)).isEqualTo("\u2068نور\u2069  ");
  }

  @Test
  void a_table_is_aligned_whatever_the_script() {
    Table table = new Table().row("a", "x").row("山田", "y").row("abc", "z");

    assertThat(table.lines()).containsExactly("a     x", "山田  y", "abc   z");
  }
}
