package dev.gatehouse.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {
  private static final long SEED = 20_260_101L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u00A01111\u20111111\u20131111",
        "4111\u200B11111111\u20601111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "٤١١١١١١١١١١١١١١١",
        "４１１１１１１１１１１１１１１１",
        "𝟜𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙𝟙",
        "Flat 12 4111 1111 1111 1111 12/26 123",
        "card4111111111111111.",
        "%B4111111111111111^DOE",
        "378282246310005",
        "4222222222222",
        "6304000000000000000"
      })
  void a_card_number_is_found_however_it_is_written(String text) {
    assertThat(CardNumbers.anyIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111112",
        "411111111111",
        "2026-11-21 03:09:52",
        "4111:1111:1111:1111",
        "4111\n1111\n1111\n1111",
        "41114111411141114111",
        "no digits at all",
        "١٢٣",
        "\uD800"
      })
  void other_text_is_left_alone(String text) {
    assertThat(CardNumbers.anyIn(text)).isFalse();
  }

  @Test
  void each_length_from_13_to_19_is_found_and_one_wrong_digit_is_not() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      String number = withCheckDigit(random, 13 + round % 7);
      String story = "seed " + SEED + ", round " + round + ": " + number;
      assertThat(CardNumbers.anyIn("pay " + number + " now")).as(story).isTrue();
      assertThat(CardNumbers.isOne(number)).as(story).isTrue();
      assertThat(CardNumbers.anyIn(withOneDigitChanged(random, number))).as(story).isFalse();
    }
  }

  @Test
  void lengths_below_13_and_above_19_are_no_card_numbers() {
    Random random = new Random(SEED);
    for (int length : new int[] {12, 20}) {
      String number = withCheckDigit(random, length);
      assertThat(CardNumbers.anyIn(number)).as("seed " + SEED + ": " + number).isFalse();
      assertThat(CardNumbers.isOne(number)).as("seed " + SEED + ": " + number).isFalse();
    }
  }

  /** The check digit found by trial, not by the code under test. */
  private static String withCheckDigit(Random random, int length) {
    StringBuilder digits = new StringBuilder();
    while (digits.length() < length - 1) {
      digits.append(random.nextInt(10));
    }
    for (int check = 0; check < 10; check++) {
      String number = digits.toString() + check;
      if (luhnSum(number) % 10 == 0) {
        return number;
      }
    }
    throw new AssertionError("one of ten digits must fit " + digits);
  }

  private static int luhnSum(String number) {
    int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    boolean even = false;
    for (int index = number.length() - 1; index >= 0; index--, even = !even) {
      int digit = number.charAt(index) - '0';
      sum += even ? doubled[digit] : digit;
    }
    return sum;
  }

  private static String withOneDigitChanged(Random random, String number) {
    int place = random.nextInt(number.length());
    int digit = (number.charAt(place) - '0' + 1 + random.nextInt(9)) % 10;
    return number.substring(0, place) + digit + number.substring(place + 1);
  }
}
