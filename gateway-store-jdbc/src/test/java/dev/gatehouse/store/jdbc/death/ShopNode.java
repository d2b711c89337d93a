package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.store.jdbc.ChildJvm;
import dev.gatehouse.store.jdbc.Signals;
import dev.gatehouse.store.jdbc.death.Said.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A shop's process, as it is watched: everything that it says is in the diary. */
final class ShopNode {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Thread reader;
  private final Diary diary;
  private final List<String> noise = new ArrayList<>();
  private int said;
  private boolean ended;

  ShopNode(Diary diary, List<String> arguments) {
    this.diary = diary;
    try {
      process = ChildJvm.start(ShopProcess.class, arguments.toArray(new String[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "diary");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String text = lines.readLine();
      while (text != null) {
        take(text);
        text = lines.readLine();
      }
    } catch (IOException e) {
      noise.add(e.toString());
    } finally {
      end();
    }
  }

  private synchronized void take(String text) {
    Optional<Said> line = Said.read(text);
    line.ifPresent(diary::add);
    if (line.isEmpty()) {
      noise.add(text);
    } else if (line.get().kind() != Kind.REFUSED) {
      said++;
    }
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until it has said so many more things. */
  synchronized void awaitMore(int count) {
    int wanted = said + count;
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (said < wanted) {
      if (ended || System.nanoTime() > patience) {
        throw new IllegalStateException("the shop does not go on: " + noise);
      }
      await(1_000);
    }
  }

  private void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it, and reads what it had said until then. */
  void kill() {
    // Through the handle: the process itself would close what is still to be read.
    process.toHandle().destroyForcibly();
    try {
      process.waitFor();
      reader.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void pause() {
    Signals.send("STOP", process.pid());
  }

  void goOn() {
    Signals.send("CONT", process.pid());
  }
}
