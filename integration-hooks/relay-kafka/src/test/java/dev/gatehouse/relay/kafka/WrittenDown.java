package dev.gatehouse.relay.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What processes were told, in the order in which they wrote it down. */
final class WrittenDown {
  private final Path file;

  WrittenDown(Path file) {
    this.file = file;
  }

  record Line(String process, String subject, int number) {
    static Line of(String text) {
      String[] parts = text.split("[ /]");
      return new Line(parts[0], parts[1], Integer.parseInt(parts[2]));
    }
  }

  List<Line> lines() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Line::of).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int distinct() {
    Set<String> ids = new HashSet<>();
    lines().forEach(line -> ids.add(line.subject + "/" + line.number));
    return ids.size();
  }

  /**
   * Where the order of a subject is broken: an event that comes before the one before it. To go
   * back some events, and come again from there, is no break: a process died before it kept its
   * place.
   *
   * @param woken where processes went on that had been paused, by their names; what each
   *     partition's worker was in the middle of then may come late, out of its turn
   */
  List<String> breaks(Map<String, Integer> woken, int partitions) {
    return breaks(lines(), woken, partitions);
  }

  static List<String> breaks(List<Line> lines, Map<String, Integer> woken, int partitions) {
    List<String> breaks = new ArrayList<>();
    Map<String, Integer> last = new HashMap<>();
    Map<String, Integer> furthest = new HashMap<>();
    Map<String, Integer> allowed = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      int due = last.getOrDefault(line.subject, 0) + 1;
      boolean isOld = line.number <= furthest.getOrDefault(line.subject, 0);
      if (isOld
          && line.number != due
          && i >= woken.getOrDefault(line.process, Integer.MAX_VALUE)
          && allowed.merge(line.process, 1, Integer::sum) <= partitions) {
        continue;
      }
      if (line.number > due) {
        breaks.add("line " + (i + 1) + ": " + line + " after " + last.get(line.subject));
      }
      last.put(line.subject, line.number);
      furthest.merge(line.subject, line.number, Math::max);
    }
    return breaks;
  }
}
