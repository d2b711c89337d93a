package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened outside of the shop, in order, line by line in a file: so that the provider, the
 * services and the bank are what they were after the process that plays them has died. A line is
 * written before what it tells takes effect. For one process at a time. Thread-safe.
 */
final class Logbook implements AutoCloseable {
  private static final String AT = "at";

  private final TestClock clock;
  private final @Nullable FileChannel file;
  private final List<JsonNode> past;

  private Logbook(TestClock clock, @Nullable FileChannel file, List<JsonNode> past) {
    this.clock = clock;
    this.file = file;
    this.past = List.copyOf(past);
  }

  /** Keeps nothing. */
  static Logbook none(TestClock clock) {
    return new Logbook(clock, null, List.of());
  }

  /**
   * Opens the file, which is made if it is not there.
   *
   * @throws ConfigurationException if it can't be used, or another process uses it
   */
  static Logbook open(Path path, TestClock clock) {
    try {
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean opened = false;
      try {
        demandAlone(file, path);
        List<JsonNode> past = read(file, path);
        opened = true;
        return new Logbook(clock, file, past);
      } finally {
        if (!opened) {
          file.close();
        }
      }
    } catch (IOException e) {
      throw refused(path, "can't be used", "make it writable, or use another --store");
    }
  }

  private static void demandAlone(FileChannel file, Path path) throws IOException {
    boolean locked;
    try {
      locked = file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      throw refused(path, "is in use by another tour", "wait for its end, or use another --store");
    }
  }

  /** A last line without its end was being written when the process died: it never took effect. */
  private static List<JsonNode> read(FileChannel file, Path path) throws IOException {
    byte[] all = Files.readAllBytes(path);
    List<JsonNode> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        try {
          lines.add(Json.read(Arrays.copyOfRange(all, start, i)));
        } catch (JacksonException e) {
          throw refused(path, "is damaged in line " + (lines.size() + 1), "use another --store");
        }
        start = i + 1;
      }
    }
    file.truncate(start);
    file.position(start);
    return lines;
  }

  private static ConfigurationException refused(Path path, String message, String remedy) {
    return new ConfigurationException(
        new Problem(path.toString(), "tour.logbook", message, remedy));
  }

  /** What was written before this process. */
  List<JsonNode> past() {
    return past;
  }

  /** The time of the tour. */
  TestClock clock() {
    return clock;
  }

  /** When something of the past was. */
  static Instant at(JsonNode line) {
    return Instant.parse(line.path(AT).asString());
  }

  /** Writes a line; what it tells may happen from now on. */
  synchronized void add(String what, ObjectNode details) {
    if (file == null) {
      return;
    }
    ObjectNode line = Json.object().put(AT, clock.instant().toString()).put("what", what);
    line.setAll(details);
    byte[] text = Json.write(line);
    ByteBuffer bytes = ByteBuffer.allocate(text.length + 1).put(text).put((byte) '\n').flip();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new Surprise("the logbook can't be written: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new Surprise("the logbook can't be closed: " + e.getMessage());
      }
    }
  }
}
