package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
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
  private final List<Line> lines = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private long position;

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
    readOn();
    return List.copyOf(lines);
  }

  /** How many events were told, each counted once. */
  int distinct() {
    readOn();
    return ids.size();
  }

  /** Reads what was written since, up to the end of the last whole line. */
  private void readOn() {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(position);
      String more = new String(in.readAllBytes(), US_ASCII);
      String whole = more.substring(0, more.lastIndexOf('\n') + 1);
      position += whole.length();
      whole.lines().map(Line::of).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Line line) {
    lines.add(line);
    ids.add(line.subject + "/" + line.number);
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
