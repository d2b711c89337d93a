package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server of its own, which is stopped in the middle of a transaction and started again. */
final class StoppableServer implements AutoCloseable {
  private final Path folder;
  private EmbeddedPostgres server;

  /** Keeps the address: the server is at another port each time. */
  private final LossyProxy door;

  private int databases;
  private @Nullable CompletableFuture<Void> stop;

  StoppableServer() {
    try {
      folder = Files.createTempDirectory("gatehouse-server");
      server = start();
      door = new LossyProxy(server.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        // As some servers are set up; a store that relied on it would lose commits here.
        .setServerConfig("synchronous_commit", "off")
        .start();
  }

  /** The address of a database with nothing in it. */
  String newDatabase() {
    String name = "test" + ++databases;
    TestPostgres.run(url("postgres"), "CREATE DATABASE " + name);
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + door.port() + "/" + database;
  }

  /**
   * The next that writes a payment, a checkout or a delivery is in the middle of its transaction
   * when the server stops at once.
   */
  void stopInNextTransaction(String url) {
    try {
      Connection holder =
          PostgresServer.source(url, USER, PASSWORD, StoreOptions.defaults()).getConnection();
      holder.setAutoCommit(false);
      try (Statement statement = holder.createStatement()) {
        statement.execute(
            "LOCK TABLE gatehouse_payment, gatehouse_checkout, gatehouse_delivery"
                + " IN EXCLUSIVE MODE");
      }
      stop = CompletableFuture.runAsync(() -> stopWhenSomebodyWaits(holder));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stopWhenSomebodyWaits(Connection holder) {
    try (holder;
        Statement statement = holder.createStatement()) {
      statement.execute(
          "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_activity"
              + " WHERE datname = current_database() AND wait_event_type = 'Lock') LOOP"
              + " PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
      stopAtOnce();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stopAtOnce() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
      long pid = Long.parseLong(lines.get(0).trim());
      CompletableFuture<ProcessHandle> exit = ProcessHandle.of(pid).orElseThrow().onExit();
      Signals.send("QUIT", pid);
      exit.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }

  /** After it has stopped. */
  void startAgain() {
    try {
      stop.get(60, TimeUnit.SECONDS);
      server.close();
      server = start();
      door.leadTo(server.getPort());
    } catch (Exception e) {
      throw new IllegalStateException("the server does not start again", e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      server.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
