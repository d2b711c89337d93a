package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.scenario.TroubleScenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sqlite.SQLiteDataSource;

/** A file of SQLite that can't be written for a while, in each way that it can happen. */
class SqliteTroubleTest {
  @Nested
  class FullDisk extends TroubleScenarios {
    FullDisk() {
      super(new Full());
    }
  }

  @Nested
  class ReadOnlyFile extends TroubleScenarios {
    ReadOnlyFile() {
      super(new ReadOnly());
    }
  }

  @Nested
  class FileThatIsGone extends TroubleScenarios {
    FileThatIsGone() {
      super(new Gone());
    }
  }

  @Nested
  class FileThatAnotherProgramHolds extends TroubleScenarios {
    FileThatAnotherProgramHolds() {
      super(new Held());
    }
  }

  private abstract static class OneFile implements TroubleScenarios.Troubled {
    private static final StoreOptions HASTY =
        StoreOptions.defaults().withConnections(2).withLockTimeout(Duration.ofMillis(50));

    private final SqliteFiles files = new SqliteFiles();
    final Path file;
    private JdbcStore store;

    OneFile() {
      file = files.newFolder().resolve("store.db");
      makeSmallPages();
      reopen();
    }

    final void reopen(String... pragmas) {
      if (store != null) {
        store.close();
      }
      store = new JdbcStore(Sqlite.open(file, HASTY, List.of(pragmas)));
    }

    final Session session() throws SQLException {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + file);
      return Session.of(source.getConnection());
    }

    private void makeSmallPages() {
      try (Session session = session()) {
        session.run("PRAGMA page_size = 512");
        session.run("CREATE TABLE t (a)");
        session.run("DROP TABLE t");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Store of(String process) {
      return store;
    }

    @Override
    public void died(String process) {
      reopen();
    }

    @Override
    public void close() {
      store.close();
      files.close();
    }
  }

  /** No page is free, and pages are so small that every record needs some. */
  private static final class Full extends OneFile {
    private int fillers;

    @Override
    public void begins() {
      reopen("max_page_count = 1");
      for (int count : List.of(50, 5, 1)) {
        while (kept(count)) {
          fillers++;
        }
      }
    }

    private boolean kept(int events) {
      try {
        of("filler").commit(Events.created("filler-" + fillers, events));
        return true;
      } catch (StoreFailedException full) {
        return false;
      }
    }

    @Override
    public void ends() {
      reopen();
    }
  }

  private static final class ReadOnly extends OneFile {
    @Override
    public void begins() {
      reopen("query_only = ON");
    }

    @Override
    public void ends() {
      reopen();
    }
  }

  /** Moved away, so that what is written to it would be found by nobody. */
  private static final class Gone extends OneFile {
    @Override
    public void begins() {
      move(file, away());
    }

    @Override
    public void ends() {
      move(away(), file);
    }

    private Path away() {
      return file.resolveSibling("away.db");
    }

    private static void move(Path from, Path to) {
      try {
        Files.move(from, to);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Held extends OneFile {
    private Session other;

    @Override
    public void begins() {
      try {
        other = session();
        other.run("BEGIN IMMEDIATE");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void ends() {
      try {
        other.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
