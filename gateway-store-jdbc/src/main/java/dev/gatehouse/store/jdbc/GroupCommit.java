package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.GatehouseException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One writer for many callers: whoever comes while a transaction is being made durable waits for
 * the next one, and shares it, and its cost, with everybody else who waits. Each caller's work has
 * a savepoint of its own, so that one who is refused takes nothing from its neighbours. One of the
 * callers does the work for all; there is no thread of its own. Thread-safe.
 */
final class GroupCommit {
  /** Bounds how long the last of a group waits. */
  private static final int LARGEST = 64;

  private enum Step {
    WAITS,
    LEADS,
    IS_DONE
  }

  /** One caller's work and how it went. Written by the leader before the step is. */
  private static final class Job<T> {
    private final Work<T> work;
    private final Thread caller = Thread.currentThread();
    private volatile Step step = Step.WAITS;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Job(Work<T> work) {
      this.work = work;
    }

    void work(Session writer) throws SQLException {
      result = work.in(writer);
      failure = null;
    }

    void become(Step next) {
      step = next;
      LockSupport.unpark(caller);
    }
  }

  /** What surrounds each transaction. */
  interface Guard {
    /** Throws if nothing may be written now. */
    void check() throws SQLException;
  }

  private final Session writer;
  private final Guard guard;
  private final Queue<Job<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean led = new AtomicBoolean();

  GroupCommit(Session writer, Guard guard) {
    this.writer = writer;
    this.guard = guard;
  }

  /** Does the work in a transaction that is durable when this returns. */
  <T> T run(Work<T> work) {
    Job<T> job = new Job<>(work);
    waiting.add(job);
    if (led.compareAndSet(false, true)) {
      lead();
    }
    await(job);
    if (job.failure != null) {
      throw Failures.ofSqlite(job.failure);
    }
    return Objects.requireNonNull(job.result, "a work that is done has a result");
  }

  /** Not to be interrupted: what was handed in is done, and its outcome has to be known. */
  private void await(Job<?> job) {
    boolean interrupted = false;
    while (job.step != Step.IS_DONE) {
      if (job.step == Step.LEADS) {
        job.step = Step.WAITS;
        lead();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One group; then the next one is led by somebody who waits for it. */
  private void lead() {
    List<Job<?>> group = new ArrayList<>();
    Job<?> next = waiting.poll();
    while (next != null) {
      group.add(next);
      next = group.size() < LARGEST ? waiting.poll() : null;
    }
    if (!group.isEmpty()) {
      keep(group);
    }
    handOver();
    group.forEach(job -> job.become(Step.IS_DONE));
  }

  private void handOver() {
    while (true) {
      Job<?> next = waiting.peek();
      if (next != null) {
        next.become(Step.LEADS);
        return;
      }
      led.set(false);
      if (waiting.isEmpty() || !led.compareAndSet(false, true)) {
        return;
      }
    }
  }

  private void keep(List<Job<?>> group) {
    try {
      guard.check();
      if (group.size() == 1) {
        keepOne(group.get(0));
      } else {
        keepAll(group);
      }
    } catch (SQLException | RuntimeException | Error e) {
      group.forEach(job -> job.failure = e);
    }
  }

  private void keepOne(Job<?> job) throws SQLException {
    writer.run("BEGIN IMMEDIATE");
    try {
      job.work(writer);
      writer.run("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollBack();
      job.failure = e;
    }
  }

  private void keepAll(List<Job<?>> group) throws SQLException {
    writer.run("BEGIN IMMEDIATE");
    try {
      for (Job<?> job : group) {
        keepWithin(job);
      }
      writer.run("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      // The database may have taken back everything: then each for itself.
      rollBack();
      for (Job<?> job : group) {
        job.failure = null;
        keepOne(job);
      }
    }
  }

  private void keepWithin(Job<?> job) throws SQLException {
    writer.run("SAVEPOINT one");
    try {
      job.work(writer);
    } catch (GatehouseException e) {
      job.failure = e;
      writer.run("ROLLBACK TO one");
    }
    writer.run("RELEASE one");
  }

  private void rollBack() {
    try {
      writer.run("ROLLBACK");
    } catch (SQLException e) {
      // After a failure of the disk SQLite has rolled back by itself, and says so.
    }
  }
}
