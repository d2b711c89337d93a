package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of SQLite. Whoever dies leaves it as it is at that moment, with its log and unclosed; from
 * then on all use a store that was opened on what was left.
 */
final class SimulatedSqlite implements SimulatedStore {
  /** A death of the process loses nothing that the system was given; only its own would. */
  private static final List<String> UNSYNCED = List.of("synchronous = OFF");

  private static final StoreOptions FEW = StoreOptions.defaults().withConnections(2);

  private final SqliteFiles files = new SqliteFiles();
  private Path file = files.newFile();
  private volatile JdbcStore store = open(file);

  private static JdbcStore open(Path file) {
    return new JdbcStore(Sqlite.open(file, FEW, UNSYNCED));
  }

  @Override
  public Store of(String process) {
    return store;
  }

  @Override
  public void died(String process) {
    Path left = files.newFolder().resolve("store.db");
    copy("", left);
    copy("-wal", left);
    store.close();
    file = left;
    store = open(left);
  }

  private void copy(String suffix, Path to) {
    Path from = file.resolveSibling(file.getFileName() + suffix);
    try {
      if (Files.exists(from)) {
        Files.copy(from, to.resolveSibling(to.getFileName() + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
    files.close();
  }
}
