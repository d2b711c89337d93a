package dev.gatehouse.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void of_all_characters_only_a_few_make_an_id() {
    StringBuilder taken = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String last = "a" + (char) c;
      assertThat(Ids.isWellFormed((char) c + "a")).isEqualTo(Ids.isWellFormed(last));
      taken.append(Ids.isWellFormed(last) ? (char) c : "");
    }
    assertThat(taken.toString())
        .isEqualTo("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void an_id_has_1_to_64_characters() {
    assertThat(Ids.isWellFormed(null)).isFalse();
    assertThat(Ids.isWellFormed("")).isFalse();
    assertThat(Ids.isWellFormed("a")).isTrue();
    assertThat(Ids.isWellFormed("a".repeat(64))).isTrue();
    assertThat(Ids.isWellFormed("a".repeat(65))).isFalse();
  }
}
