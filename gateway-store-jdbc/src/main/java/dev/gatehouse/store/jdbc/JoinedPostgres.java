package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that the application began on its own connection. Nothing here ends it or closes
 * the connection; what is refused is undone up to a savepoint. As thread-safe as the connection.
 */
final class JoinedPostgres implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(JoinedPostgres.class);
  private static final String SAVEPOINT = "gatehouse";

  private final Connection connection;
  private final Postgres database;
  private final String channel;

  private JoinedPostgres(Connection connection, Postgres database, String channel) {
    this.connection = connection;
    this.database = database;
    this.channel = channel;
  }

  /** Joins the transaction that a connection is in, or says everything that is in the way. */
  static JoinedPostgres join(Connection connection, Postgres database, Home home) {
    try {
      demandTransaction(connection);
      demandFit(Session.of(connection), home);
      return new JoinedPostgres(connection, database, WakeSignal.channel(home.schema()));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void demandTransaction(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      throw refused("transaction.closed", "is closed", "give one that is open");
    }
    if (connection.getAutoCommit()) {
      throw refused(
          "transaction.auto-commit",
          "commits every statement by itself",
          "call setAutoCommit(false) on it before your first statement");
    }
    if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
      throw refused(
          "transaction.other-database",
          "leads to another database than the store's",
          "give a connection to the store's own database on PostgreSQL");
    }
  }

  private static void demandFit(Session db, Home home) throws SQLException {
    List<Problem> problems = new ArrayList<>();
    Home here = Home.of(db);
    if (!here.hasTables()) {
      problems.add(
          problem(
              "transaction.no-tables",
              "finds no tables of Gatehouse",
              "give a connection to the store's database, whose search_path or currentSchema has"
                  + " the schema '"
                  + home.schema()
                  + "'"));
    } else if (!here.isSameAs(home)) {
      problems.add(
          problem(
              "transaction.other-database",
              "leads to other tables of Gatehouse than the store's",
              "give a connection to the store's own database and schema"));
    }
    String isolation = setting(db, "transaction_isolation");
    if (!isolation.equals("read committed")) {
      problems.add(
          problem(
              "transaction.isolation",
              "is in a transaction that is " + isolation,
              "begin it as READ COMMITTED: in others, what a command with the same key did can't"
                  + " be seen"));
    }
    if (setting(db, "transaction_read_only").equals("on")) {
      problems.add(
          problem(
              "transaction.read-only",
              "is in a transaction that may not write",
              "call setReadOnly(false) on it, and connect to the primary"));
    }
    if (setting(db, "synchronous_commit").equals("off")) {
      problems.add(
          problem(
              "transaction.not-durable",
              "is in a transaction that is acknowledged before it is on the server's disk",
              "run SET LOCAL synchronous_commit = on in it, or set it for this user"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static String setting(Session db, String name) throws SQLException {
    return db.first("SELECT current_setting(?)", row -> row.getString(1), name).orElse("");
  }

  private static InvalidInputException refused(String code, String message, String remedy) {
    return new InvalidInputException(problem(code, message, remedy));
  }

  private static Problem problem(String code, String message, String remedy) {
    return new Problem("connection", code, message, remedy);
  }

  /** What a store says whose database can't be shared with a transaction of somebody else. */
  static ConfigurationException cannotJoin() {
    return new ConfigurationException(
        new Problem(
            "store",
            "transaction.unsupported",
            "is a file of SQLite, which has no place for a transaction of the application's",
            "keep the records in PostgreSQL, or start the checkout after your own commit"));
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      demandTransaction(connection);
      return work.in(Session.of(connection));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return transaction(work);
  }

  /** What fails or is refused is undone, and nothing else of the application's transaction. */
  @Override
  public <T> T transaction(Work<T> work) {
    return read(
        db -> {
          db.run("SAVEPOINT " + SAVEPOINT);
          boolean kept = false;
          try {
            T result = work.in(db);
            db.run("RELEASE SAVEPOINT " + SAVEPOINT);
            kept = true;
            return result;
          } finally {
            if (!kept) {
              undo(db);
            }
          }
        });
  }

  /** What went wrong before is told to the caller; that this fails, too, says nothing more. */
  private static void undo(Session db) {
    try {
      db.run("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
      db.run("RELEASE SAVEPOINT " + SAVEPOINT);
    } catch (SQLException e) {
      LOG.debug("the application's transaction can't be used any more", e);
    }
  }

  @Override
  public void commit(Rows rows) {
    if (!rows.payments().isEmpty()) {
      throw new InvalidStateException(
          new Problem(
              "transaction",
              "transaction.gateway-call",
              "is the application's, and what a gateway is asked to do can't be rolled back with"
                  + " it",
              "call it after the commit, outside of the transaction"));
    }
    transaction(
        db -> {
          PostgresCommit.write(db, rows);
          return true;
        });
  }

  private static RuntimeException failure(SQLException e) {
    return switch (Failures.state(e)) {
      case "25P02" ->
          Failures.failed(
              "transaction.failed",
              "the transaction has failed before, so that nothing can be done in it",
              "roll it back, and begin again",
              e);
      case "40P01" ->
          Failures.failed(
              "transaction.deadlock",
              "the transaction and another one waited for each other",
              "roll it back, and begin again",
              e);
      case "42501" ->
          Failures.failed(
              "store.privilege",
              "this user may not use Gatehouse's tables",
              "grant it SELECT, INSERT, UPDATE and DELETE on them, and USAGE on their sequence",
              e);
      default ->
          Failures.isLost(e)
              ? Failures.failed(
                  "transaction.lost",
                  "the connection was lost, and the transaction with it",
                  "begin again on another connection",
                  e)
              : Failures.ofPostgres(e);
    };
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return transaction(db -> Postgres.claim(db, hook, now, until, limit));
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    return transaction(db -> PostgresAcknowledgements.acknowledgeWithin(db, deliveries));
  }

  /** Heard when the application commits, by this process, too. */
  @Override
  public void announce() {
    write(
        db -> {
          WakeSignal.send(db, channel);
          return true;
        });
  }

  @Override
  public void listen(Runnable heard) {
    database.listen(heard);
  }

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    return transaction(db -> Postgres.lease(db, except, now, until, limit));
  }

  @Override
  public String locking() {
    return database.locking();
  }

  @Override
  public JoinedPostgres join(Connection other) {
    return database.join(other);
  }

  /** The connection is the application's. */
  @Override
  public void close() {}
}
