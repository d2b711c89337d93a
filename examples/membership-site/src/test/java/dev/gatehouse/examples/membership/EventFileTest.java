package dev.gatehouse.examples.membership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is archived can be read again, whatever became of the run before. */
class EventFileTest {
  @TempDir private Path folder;

  @Test
  void each_event_is_a_line_of_its_own_in_one_run_and_the_next() throws IOException {
    Path path = folder.resolve("events.jsonl");
    add(path, "1");
    add(path, "2");

    assertThat(Files.readAllLines(path)).containsExactly(line("1"), line("2"));
  }

  @Test
  void a_line_that_a_full_disk_cut_off_takes_no_other_with_it() throws IOException {
    Path path = folder.resolve("events.jsonl");
    Files.writeString(path, line("1") + "\n" + line("2").substring(0, 20));

    add(path, "2");

    assertThat(Files.readAllLines(path))
        .containsExactly(line("1"), line("2").substring(0, 20), line("2"));
  }

  private static void add(Path path, String id) {
    try (EventFile file = EventFile.open(path)) {
      file.add(event(id));
    }
  }

  private static LifecycleEvent event(String id) {
    CustomerId ann = new CustomerId("ann");
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    return new CustomerCreated(
        new EventHeader(id, noon, "ann", Optional.of(ann), Optional.of(Mode.TEST)), ann);
  }

  private static String line(String id) {
    return new String(Json.EVENT.write(event(id)), UTF_8);
  }
}
