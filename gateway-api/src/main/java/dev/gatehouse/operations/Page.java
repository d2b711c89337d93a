package dev.gatehouse.operations;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list to give.
 *
 * @param <K> what an entry is named by, such as a payment's id
 * @param limit how many at most; 1 to 1,000
 * @param after goes on behind this entry; empty for the first page
 */
public record Page<K>(int limit, Optional<K> after) {
  private static final int MOST = 1_000;
  private static final int USUAL = 50;

  /** Refuses a limit that is out of range. */
  public Page {
    InvalidInputException.required("after", after);
    if (limit < 1 || limit > MOST) {
      throw new InvalidInputException(
          new Problem(
              "limit",
              "page.limit",
              "is out of range",
              "use 1 to " + MOST,
              Map.of("max", String.valueOf(MOST))));
    }
  }

  /** The first 50. */
  public static <K> Page<K> first() {
    return first(USUAL);
  }

  /** The first so many. */
  public static <K> Page<K> first(int limit) {
    return new Page<>(limit, Optional.empty());
  }

  /** As many, behind this one. */
  public Page<K> after(K last) {
    return new Page<>(limit, Optional.of(last));
  }
}
