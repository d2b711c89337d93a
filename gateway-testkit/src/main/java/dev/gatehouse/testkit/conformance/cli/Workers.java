package dev.gatehouse.testkit.conformance.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A worker, and another one after each that was lost. Not thread-safe. */
final class Workers implements AutoCloseable {
  private final List<Path> jars;
  private final Duration limit;
  private Optional<WorkerProcess> current = Optional.empty();

  /** With a limit of time for each question. */
  Workers(List<Path> jars, Duration limit) {
    this.jars = List.copyOf(jars);
    this.limit = limit;
  }

  Answer ask(List<String> question) {
    if (current.filter(WorkerProcess::isAlive).isEmpty()) {
      close();
      current = Optional.of(WorkerProcess.start(jars));
    }
    Answer answer = current.get().ask(limit, question);
    if (answer instanceof Answer.Lost) {
      close();
    }
    return answer;
  }

  @Override
  public void close() {
    current.ifPresent(WorkerProcess::close);
    current = Optional.empty();
  }
}
