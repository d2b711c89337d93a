package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a store uses its database. Immutable.
 *
 * @param connections how many calls are served at once: connections to PostgreSQL, or readers of
 *     the SQLite file beside its one writer; 1 to 1,000
 * @param connectionWait how long a call waits for a connection; 1 ms to 10 min
 * @param statementTimeout how long PostgreSQL may take over one statement, and a transaction may
 *     stand still between two; SQLite ignores it; 1 ms to 10 min
 * @param lockTimeout how long a statement waits for what somebody else has locked, in SQLite
 *     another program that writes to the file; 1 ms to 10 min
 */
public record StoreOptions(
    int connections, Duration connectionWait, Duration statementTimeout, Duration lockTimeout) {
  private static final int MOST = 1_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Refuses what is out of range, everything at once. */
  public StoreOptions {
    List<Problem> problems = new ArrayList<>();
    if (connections < 1 || connections > MOST) {
      problems.add(
          new Problem("connections", "store.options", "is out of range", "use 1 to " + MOST));
    }
    check("connection-wait", connectionWait, problems);
    check("statement-timeout", statementTimeout, problems);
    check("lock-timeout", lockTimeout, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void check(String field, Duration value, List<Problem> problems) {
    if (value == null || value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      problems.add(new Problem(field, "store.options", "is out of range", "use 1 ms to 10 min"));
    }
  }

  /** 10 connections, 5 s for one, 10 s for a statement, 5 s for a lock. */
  public static StoreOptions defaults() {
    return new StoreOptions(
        10, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  /** These, with so many connections. */
  public StoreOptions withConnections(int count) {
    return new StoreOptions(count, connectionWait, statementTimeout, lockTimeout);
  }

  /** These, with so long a wait for a connection. */
  public StoreOptions withConnectionWait(Duration wait) {
    return new StoreOptions(connections, wait, statementTimeout, lockTimeout);
  }

  /** These, with so long a time for one statement. */
  public StoreOptions withStatementTimeout(Duration timeout) {
    return new StoreOptions(connections, connectionWait, timeout, lockTimeout);
  }

  /** These, with so long a wait for a lock. */
  public StoreOptions withLockTimeout(Duration timeout) {
    return new StoreOptions(connections, connectionWait, statementTimeout, timeout);
  }
}
