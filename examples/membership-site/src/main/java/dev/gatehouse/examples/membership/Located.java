package dev.gatehouse.examples.membership;

import java.util.List;
import java.util.Map;

/** A JSON value that knows the line on which it stands. */
sealed interface Located {
  /** Counted from 1. */
  int line();

  /** A text. */
  record Text(int line, String value) implements Located {}

  /** An array. */
  record Items(int line, List<Located> values) implements Located {}

  /** An object; its fields in their order. */
  record Fields(int line, Map<String, Located> values) implements Located {}

  /** Anything else: a number, true, false or null. */
  record Other(int line) implements Located {}
}
