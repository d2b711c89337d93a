package dev.gatehouse.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server, started once per JVM, when it is first needed; it ends with the JVM. */
public final class TestPostgres {
  static final String USER = "postgres";
  static final String PASSWORD = "postgres";

  private static final class Server {
    private static final EmbeddedPostgres RUNNING = start();

    /**
     * Durability is not what these tests ask of it, and fsync is most of what they would wait for.
     */
    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            // The library that starts it would have it off, which we refuse.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Shared {
    private static final String URL = newDatabase();
    private static final JdbcStore STORE = JdbcStore.postgres(URL, USER, PASSWORD);
  }

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** A store without records, on a database that tests of this JVM share, one after another. */
  static JdbcStore emptyStore() {
    JdbcStore store = Shared.STORE;
    empty(Shared.URL);
    return store;
  }

  static String sharedUrl() {
    return Shared.URL;
  }

  /** The address of a database of its own, with nothing in it. */
  public static String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    run(server(), "CREATE DATABASE " + name);
    return url(name);
  }

  static String server() {
    return url("postgres");
  }

  static String url(String database) {
    return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + database;
  }

  static Connection connect(String url) throws SQLException {
    Connection connection =
        PostgresServer.source(url, USER, PASSWORD, StoreOptions.defaults()).getConnection();
    try (Statement statement = connection.createStatement()) {
      // Tests stand in a transaction for as long as they like.
      statement.execute("SET idle_in_transaction_session_timeout = 0");
    }
    return connection;
  }

  static void run(String url, String... statements) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever is connected is cut off, and read-only from the next connection on. */
  static void makeReadOnly(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    run(
        server(),
        "ALTER DATABASE " + name + " SET default_transaction_read_only = on",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /** Whoever is connected stays so, and read-only. */
  static void makeWritable(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    run(server(), "ALTER DATABASE " + name + " RESET default_transaction_read_only");
  }

  /** Until so many of a database's connections wait for a lock. */
  static void awaitLockWaits(String url, int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (lines(
                url,
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND wait_event_type = 'Lock'")
            .size()
        < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError("fewer than " + count + " connections wait for a lock");
      }
      Thread.onSpinWait();
    }
  }

  static List<String> lines(String url, String query) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void empty(String url) {
    run(
        url,
        "TRUNCATE gatehouse_customer, gatehouse_checkout, gatehouse_payment,"
            + " gatehouse_provider_id, gatehouse_membership, gatehouse_inbox, gatehouse_cursor,"
            + " gatehouse_subject, gatehouse_event, gatehouse_delivery, gatehouse_action");
  }
}
