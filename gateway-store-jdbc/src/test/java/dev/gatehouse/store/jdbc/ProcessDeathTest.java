package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that is killed in the middle of its commits has kept all that it said it had. */
class ProcessDeathTest {
  private static final long SEED = 20260301;
  private static final int KILLS = 5;
  private static final int THREADS = 4;

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Test
  void what_was_acknowledged_before_the_process_was_killed_is_there()
      throws IOException, InterruptedException {
    Path file = files.newFile();
    Random random = new Random(SEED);
    List<String> acknowledged = new ArrayList<>();
    for (int life = 1; life <= KILLS; life++) {
      List<String> said = killedAfter(100 + random.nextInt(900), file, life);
      acknowledged.addAll(said);
      assertWhole(file, acknowledged, "seed " + SEED + ", life " + life);
    }
  }

  /** The child is killed as soon as so many acknowledgements were read, with others under way. */
  private static List<String> killedAfter(int count, Path file, int life)
      throws IOException, InterruptedException {
    Process child = ChildJvm.start(Writer.class, file.toString(), Integer.toString(life));
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.endsWith(";")) { // or the kill has cut it off
          assertThat(line).startsWith("kept ");
          said.add(line.substring("kept ".length()));
        }
        if (said.size() == count) {
          // Through the handle: the process itself would close what is still to be read.
          child.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    }
    child.waitFor();
    assertThat(said).hasSizeGreaterThanOrEqualTo(count);
    return said;
  }

  private static void assertWhole(Path file, List<String> acknowledged, String which) {
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      Set<String> there = new HashSet<>();
      for (int thread = 0; thread < THREADS; thread++) {
        store.timeline("thread-" + thread).forEach(kept -> there.add(kept.header().id()));
      }
      for (String line : acknowledged) {
        String event = line.substring(0, line.length() - 1);
        assertThat(there.contains(event + "a") && there.contains(event + "b"))
            .as("%s: both events of %s", which, event)
            .isTrue();
      }
      for (int thread = 0; thread < THREADS; thread++) {
        assertInOrder(store, "thread-" + thread, which);
      }
    }
  }

  /** Both events of each commit or none, in their places, each on its way to the hook. */
  private static void assertInOrder(JdbcStore store, String subject, String which) {
    List<LifecycleEvent> timeline = store.timeline(subject);
    assertThat(timeline.size() % 2).as(which).isZero();
    List<Delivery> head =
        store.claim("crm", Events.NOW, Events.NOW, 100).stream()
            .filter(delivery -> delivery.event().header().subject().equals(subject))
            .toList();
    assertThat(head).as(which).singleElement().extracting(Delivery::sequence).isEqualTo(1L);
    for (int i = 0; i < timeline.size(); i += 2) {
      String first = timeline.get(i).header().id();
      String second = timeline.get(i + 1).header().id();
      if (!second.equals(first.substring(0, first.length() - 1) + "b")) {
        fail("%s: %s is followed by %s", which, first, second);
      }
    }
  }

  /** Commits for ever, from several threads, and says so after each. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      JdbcStore store = JdbcStore.sqlite(Path.of(args[0]));
      for (int thread = 0; thread < THREADS; thread++) {
        String subject = "thread-" + thread;
        new Thread(() -> write(store, subject, args[1])).start();
      }
    }

    private static void write(JdbcStore store, String subject, String life) {
      for (int i = 0; true; i++) {
        String event = subject + "/" + life + "-" + i;
        store.commit(
            Commit.builder()
                .raise(Events.event(event + "a", subject), Set.of("crm"))
                .raise(Events.event(event + "b", subject), Set.of("crm"))
                .build());
        byte[] line = ("kept " + event + ";\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
      }
    }
  }
}
