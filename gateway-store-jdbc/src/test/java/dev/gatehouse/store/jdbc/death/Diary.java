package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.store.jdbc.death.Said.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that the processes of a shop ever said. Thread-safe. */
final class Diary {
  private final List<Said> lines = new ArrayList<>();
  private final Map<String, Integer> done = new HashMap<>();

  synchronized void add(Said line) {
    lines.add(line);
    if (line.kind() == Kind.DONE) {
      done.merge(line.field(0), Integer.parseInt(line.field(1)) + 1, Math::max);
    }
  }

  /** The flow of a lane that was begun and is not known to have come to its end. */
  synchronized int next(String lane) {
    return done.getOrDefault(lane, 0);
  }

  synchronized List<Said> of(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).toList();
  }

  /** What hooks were told, whoever told it, in the order of time. */
  synchronized List<Said> heard() {
    return of(Kind.HEARD).stream()
        .sorted(Comparator.comparing(line -> Long.parseLong(line.field(0))))
        .toList();
  }
}
