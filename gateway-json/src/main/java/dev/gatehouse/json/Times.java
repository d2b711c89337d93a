package dev.gatehouse.json;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants in ISO 8601. What we wrote ourselves is read without the formatter of the JDK, which
 * leaves more garbage than the rest of a small record. It reads all other spellings.
 */
final class Times {
  /** {@code 2026-03-01T12:00:00Z}, and up to nine digits and a point more. */
  private static final int SHORTEST = 20;

  private static final int LONGEST = 30;

  private Times() {}

  static Instant parse(String text) {
    int end = text.length() - 1;
    boolean isUsual =
        end + 1 >= SHORTEST
            && end + 1 <= LONGEST
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && text.charAt(end) == 'Z';
    int hour = isUsual ? number(text, 11, 13) : -1;
    int minute = isUsual ? number(text, 14, 16) : -1;
    int second = isUsual ? number(text, 17, 19) : -1;
    int nano = isUsual ? nano(text, end) : -1;
    int year = isUsual ? number(text, 0, 4) : -1;
    int month = isUsual ? number(text, 5, 7) : -1;
    int day = isUsual ? number(text, 8, 10) : -1;
    boolean isRead = year >= 0 && month > 0 && day > 0 && minute >= 0 && second >= 0 && nano >= 0;
    if (!isRead || hour < 0 || hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nano);
  }

  /** The fraction of a second between its point and the end. */
  private static int nano(String text, int end) {
    if (end == 19) {
      return 0;
    }
    int fraction = text.charAt(19) == '.' ? number(text, 20, end) : -1;
    for (int digits = end - 20; digits < 9; digits++) {
      fraction *= 10;
    }
    return fraction;
  }

  /** The number that the digits stand for; negative if they are none, or there are none. */
  private static int number(String text, int from, int to) {
    int number = from < to ? 0 : -1;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
