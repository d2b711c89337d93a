package dev.gatehouse.relay.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM beside this one, with the same classes, that can be killed. */
final class Child {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /** Starts it; what it prints goes to a file. */
  static Child start(Class<?> main, Path log, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Child child = new Child(process);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops its clock: it does nothing, and does not know. */
  void pause() {
    signal("-STOP");
  }

  /** Lets it go on. */
  void goOn() {
    signal("-CONT");
  }

  private void signal(String which) {
    try {
      int answer =
          new ProcessBuilder("kill", which, String.valueOf(process.pid())).start().waitFor();
      if (answer != 0) {
        throw new IllegalStateException("no signal " + which);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to end, and waits until it has. */
  void stop() {
    askToEnd();
    awaitEnd();
  }

  /** Asks it to end, and does not wait. */
  void askToEnd() {
    process.destroy();
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("a process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
