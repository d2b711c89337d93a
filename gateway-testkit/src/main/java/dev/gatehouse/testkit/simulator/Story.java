package dev.gatehouse.testkit.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What happened in a run, line by line. */
final class Story {
  /** Ids are numbers with leading zeros; people read them without. */
  private static final Pattern ZEROS = Pattern.compile("_0{8,}");

  private final List<String> lines = new ArrayList<>();

  static String readable(String text) {
    return ZEROS.matcher(text).replaceAll("_");
  }

  void tell(Instant at, int depth, String what) {
    lines.add(at.toString().substring(5, 19) + " " + "  ".repeat(depth) + readable(what));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
