package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.Function;
import org.sqlite.SQLiteDataSource;

/** A file of SQLite: one connection that writes, for all callers, and some that read. */
final class Sqlite implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(Sqlite.class);

  private final Path file;
  private final FileLock lock;
  private final Session writer;
  private final List<Session> all;
  private final BlockingQueue<Session> readers = new LinkedBlockingDeque<>();
  private final GroupCommit group;
  private final StoreOptions options;
  private final @Nullable Object identity;
  private volatile boolean closed;

  private Sqlite(Path file, FileLock lock, List<Session> sessions, StoreOptions options)
      throws SQLException {
    this.file = file;
    this.lock = lock;
    this.writer = sessions.get(0);
    this.all = List.copyOf(sessions);
    this.readers.addAll(sessions.subList(1, sessions.size()));
    this.options = options;
    this.identity = identity(file);
    this.group = new GroupCommit(writer, this::checkUsable);
  }

  /**
   * Opens the file.
   *
   * @param pragmas what is asked of the writer in the end, so that tests can take things from it
   */
  static Sqlite open(Path file, StoreOptions options, List<String> pragmas) {
    Path real = SqliteFile.checked(file);
    FileLock lock = FileLock.of(real);
    List<Session> sessions = new ArrayList<>();
    try {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + real);
      SqliteFile.demandSound(source);
      Session writer = Session.caching(source.getConnection());
      sessions.add(writer);
      SqliteFile.prepareWriter(writer, options);
      SqliteFile.demandAlone(writer);
      Schema.open(source, Dialect.SQLITE);
      nextVersions(writer);
      removeCopies(writer, real);
      for (int i = 0; i < options.connections(); i++) {
        Session reader = Session.caching(source.getConnection());
        sessions.add(reader);
        SqliteFile.prepareReader(reader, options);
      }
      for (String pragma : pragmas) {
        writer.run("PRAGMA " + pragma);
      }
      return new Sqlite(real, lock, sessions, options);
    } catch (SQLException e) {
      LOG.debug("{} can't be opened", real, e);
      closeAll(sessions, lock);
      throw new ConfigurationException(SqliteFile.problem(real, e));
    } catch (RuntimeException | Error e) {
      closeAll(sessions, lock);
      throw e;
    }
  }

  private static void removeCopies(Session writer, Path file) {
    try {
      SqliteErasure.removeCopies(writer);
    } catch (SQLException e) {
      LOG.warn("copies of what was erased may be in {} until it is opened again", file, e);
    }
  }

  private static void nextVersions(Session writer) throws SQLException {
    DeliveryVersions versions = new DeliveryVersions();
    Function.create(
        writer.connection(),
        "gatehouse_next_version",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(versions.next());
          }
        });
    versions.reserve(writer);
  }

  @Override
  public <T> T read(Work<T> work) {
    Session reader = borrow();
    try {
      return work.in(reader);
    } catch (SQLException e) {
      throw Failures.ofSqlite(e);
    } finally {
      readers.add(reader);
    }
  }

  private Session borrow() {
    demandOpen();
    try {
      Session reader = readers.poll(options.connectionWait().toMillis(), TimeUnit.MILLISECONDS);
      if (reader != null) {
        return reader;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.failed("store.interrupted", "the wait was interrupted", "try again", e);
    }
    throw Failures.failed(
        "store.connections", "every connection is in use", "allow it more connections", null);
  }

  @Override
  public <T> T write(Work<T> work) {
    return transaction(work);
  }

  @Override
  public <T> T transaction(Work<T> work) {
    demandOpen();
    return group.run(work);
  }

  @Override
  public void commit(Rows rows) {
    boolean erases = SqliteErasure.isIn(rows);
    transaction(
        db -> {
          SqliteCommit.write(db, rows);
          if (erases) {
            SqliteErasure.mark(db);
          }
          return true;
        });
    if (erases) {
      emptyLog();
    }
  }

  /** The commit is kept already, whatever comes of this. */
  private void emptyLog() {
    boolean emptied = false;
    try {
      emptied = read(SqliteErasure::emptyLog);
    } catch (StoreFailedException e) {
      LOG.debug("the write-ahead log can't be emptied", e);
    }
    if (!emptied) {
      LOG.warn("what was erased may be in {}-wal until the store is closed", file);
    }
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    Long end = Nanos.of(until);
    return transaction(
        db -> {
          List<Delivery> claimed = new ArrayList<>();
          for (Delivery due : Deliveries.due(db, hook, now, limit)) {
            long version =
                db.first(
                        "UPDATE gatehouse_delivery SET next_at = ?, unanswered = unanswered + 1,"
                            + " version = gatehouse_next_version()"
                            + " WHERE hook = ? AND event = ? RETURNING version",
                        row -> row.getLong(1),
                        end,
                        hook,
                        Deliveries.idOf(due))
                    .orElseThrow();
            claimed.add(due.claimedUntil(until).atVersion(version));
          }
          return claimed;
        });
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    return transaction(
        db -> {
          List<Delivery> changed = new ArrayList<>();
          for (Delivery delivery : deliveries) {
            if (!acknowledge(db, delivery)) {
              changed.add(delivery);
            }
          }
          return changed;
        });
  }

  private static boolean acknowledge(Session db, Delivery delivery) throws SQLException {
    int done =
        db.update(
            "DELETE FROM gatehouse_delivery WHERE hook = ? AND event = ? AND version = ?",
            delivery.hook(),
            Deliveries.idOf(delivery),
            delivery.version());
    if (done == 1) {
      Deliveries.markHead(db, delivery.hook(), Deliveries.subjectOf(delivery));
    }
    return done == 1;
  }

  /** One process has the file. */
  @Override
  public void announce() {}

  @Override
  public void listen(Runnable heard) {}

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    Long end = Nanos.of(until);
    return transaction(
        db -> {
          List<Due> due = Reads.due(db, except, now, limit);
          for (Due one : due) {
            putOff(db, one, end);
          }
          return due;
        });
  }

  private static void putOff(Session db, Due due, Long end) throws SQLException {
    if (due instanceof Due.OfPayment payment) {
      db.update("UPDATE gatehouse_payment SET wake_at = ? WHERE id = ?", end, payment.id().value());
    } else if (due instanceof Due.OfCheckout checkout) {
      db.update(
          "UPDATE gatehouse_checkout SET wake_at = ? WHERE id = ?", end, checkout.id().value());
    } else if (due instanceof Due.OfInbox item) {
      db.update(
          "UPDATE gatehouse_inbox SET wake_at = ? WHERE gateway = ? AND notice = ?",
          end,
          item.gateway().value(),
          item.notice());
    }
  }

  @Override
  public String locking() {
    return "";
  }

  @Override
  public Database join(Connection connection) {
    throw JoinedPostgres.cannotJoin();
  }

  /** A file that was removed takes what is written to it along, and SQLite does not notice. */
  private void checkUsable() throws SQLException {
    if (closed) {
      throw Failures.closed();
    }
    if (identity != null && !Objects.equals(identity, identity(file))) {
      throw Failures.failed(
          "store.vanished", "the file was removed or replaced", "restore it and restart", null);
    }
  }

  private static @Nullable Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private void demandOpen() {
    if (closed) {
      throw Failures.closed();
    }
  }

  /** Lets who writes finish first; who only waits to write is refused. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        group.run(db -> true);
      } catch (StoreFailedException refused) {
        LOG.debug("nobody writes any more");
      }
      removeCopies(writer, file);
      closeAll(all, lock);
    }
  }

  private static void closeAll(List<Session> sessions, FileLock lock) {
    for (Session session : sessions) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.warn("a connection to SQLite can't be closed", e);
      }
    }
    lock.close();
  }
}
