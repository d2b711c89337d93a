package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.OpeningSqliteTest.assertFails;
import static dev.gatehouse.store.jdbc.OpeningSqliteTest.assertRefused;
import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Which databases are refused, how clearly, and what happens when one fails later. */
class OpeningPostgresTest {
  private static final StoreOptions HASTY =
      StoreOptions.defaults()
          .withConnections(2)
          .withConnectionWait(Duration.ofSeconds(2))
          .withLockTimeout(Duration.ofMillis(50));

  @Test
  void an_empty_database_is_made_ready_and_found_again() {
    String url = TestPostgres.newDatabase();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD)) {
      store.commit(Events.created("ann", 1));
    }
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD)) {
      assertThat(store.timeline("ann")).hasSize(1);
    }
  }

  @Test
  void a_tool_for_what_is_there_makes_nothing_in_a_database_that_is_not_ours() {
    String url = TestPostgres.newDatabase();
    TestPostgres.run(url, "CREATE TABLE orders (id text)");

    assertRefused(
        () -> JdbcStore.existingPostgres(url, USER, PASSWORD),
        "store.no-tables",
        "name the database that the application uses");

    assertThat(
            TestPostgres.lines(url, "SELECT relname FROM pg_class WHERE relname LIKE 'gatehouse%'"))
        .isEmpty();
    JdbcStore.postgres(url, USER, PASSWORD).close();
    JdbcStore.existingPostgres(url, USER, PASSWORD).close();
  }

  @Test
  void a_tool_for_what_is_there_does_not_upgrade_it() {
    String url = TestPostgres.newDatabase();
    JdbcStore.postgres(url, USER, PASSWORD).close();
    TestPostgres.run(url, "UPDATE gatehouse_schema SET version = 0");

    assertRefused(
        () -> JdbcStore.existingPostgres(url, USER, PASSWORD),
        "store.older",
        "use the version that the application runs");

    assertThat(TestPostgres.lines(url, "SELECT version FROM gatehouse_schema"))
        .containsExactly("0");
  }

  @Test
  void tables_of_the_application_may_stand_beside_ours() {
    String url = TestPostgres.newDatabase();
    TestPostgres.run(url, "CREATE TABLE orders (id text)");

    JdbcStore.postgres(url, USER, PASSWORD).close();

    assertThat(TestPostgres.lines(url, "SELECT count(*) FROM orders")).containsExactly("0");
  }

  @Test
  void an_address_that_is_none_is_refused() {
    assertRefused(
        () -> JdbcStore.postgres("db.example.org", USER, PASSWORD), "store.url", "jdbc:postgresql");
  }

  @Test
  void a_server_that_is_not_there_is_refused() {
    assertRefused(
        () -> JdbcStore.postgres("jdbc:postgresql://localhost:1/shop", USER, PASSWORD),
        "store.unreachable",
        "runs");
  }

  @Test
  void a_database_that_is_not_there_is_refused() {
    assertRefused(
        () -> JdbcStore.postgres(TestPostgres.url("nowhere"), USER, PASSWORD),
        "store.database",
        "create it");
  }

  @Test
  void wrong_credentials_are_refused_without_showing_them() {
    String url = TestPostgres.newDatabase();
    assertRefused(
        () -> JdbcStore.postgres(url, "nobody", "not-to-be-seen"), "store.credentials", "settings");
  }

  @Test
  void a_user_who_may_not_create_tables_is_refused() {
    String url = TestPostgres.newDatabase();
    TestPostgres.run(
        url,
        "CREATE USER guest PASSWORD 'guest'",
        "REVOKE ALL ON SCHEMA public FROM public",
        "GRANT USAGE ON SCHEMA public TO guest");

    assertRefused(() -> JdbcStore.postgres(url, "guest", "guest"), "store.migration", "create");

    assertThat(TestPostgres.lines(url, "SELECT relname FROM pg_class WHERE relname LIKE 'gate%'"))
        .isEmpty();
  }

  @Test
  void a_database_of_a_newer_version_is_refused() {
    String url = ready();
    TestPostgres.run(url, "UPDATE gatehouse_schema SET version = 99");

    assertRefused(() -> JdbcStore.postgres(url, USER, PASSWORD), "store.newer", "run that version");
  }

  @Test
  void a_database_in_another_encoding_is_refused() {
    TestPostgres.run(
        TestPostgres.server(),
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");

    assertRefused(
        () -> JdbcStore.postgres(TestPostgres.url("latin"), USER, PASSWORD),
        "store.encoding",
        "UTF8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE gatehouse_payment ADD COLUMN note text",
        "ALTER TABLE gatehouse_payment ALTER COLUMN checkout TYPE varchar(9)",
        "DROP INDEX gatehouse_payment_wake",
        "ALTER TABLE gatehouse_checkout DROP CONSTRAINT gatehouse_one_checkout_of_a_command",
        "ALTER TABLE gatehouse_event ADD CHECK (sequence < 1000)",
        "DROP TABLE gatehouse_inbox",
        "DROP TABLE gatehouse_schema",
        "CREATE OR REPLACE FUNCTION gatehouse_stale(part integer) RETURNS integer"
            + " LANGUAGE sql AS 'SELECT 0'",
        "ALTER TABLE gatehouse_payment SET UNLOGGED",
        "ALTER FUNCTION gatehouse_is_head(text, text, bigint) STABLE",
        "ALTER FUNCTION gatehouse_is_head(text, text, bigint) SECURITY DEFINER",
        "ALTER FUNCTION gatehouse_claim(text, bigint, bigint, integer) RESET ALL",
        "CREATE RULE quiet AS ON INSERT TO gatehouse_action DO INSTEAD NOTHING",
        "ALTER TABLE gatehouse_event ENABLE ROW LEVEL SECURITY",
        "CREATE TABLE more () INHERITS (gatehouse_event)",
        "ALTER TABLE gatehouse_action ALTER COLUMN number SET GENERATED BY DEFAULT",
        "ALTER SEQUENCE gatehouse_delivery_version MAXVALUE 1000"
      })
  void tables_that_somebody_edited_are_refused(String edit) {
    String url = ready();
    TestPostgres.run(url, edit);

    assertRefused(() -> JdbcStore.postgres(url, USER, PASSWORD), "store.edited", "restore it");
  }

  /** How a server stores them, and how far it has counted, is no edit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE gatehouse_event ALTER COLUMN payload SET STORAGE EXTERNAL",
        "ALTER TABLE gatehouse_event SET (fillfactor = 70)",
        "CLUSTER gatehouse_event USING gatehouse_event_pkey",
        "ALTER SEQUENCE gatehouse_delivery_version RESTART WITH 1000",
        "GRANT SELECT ON gatehouse_event TO public"
      })
  void what_only_changes_how_tables_are_kept_is_not_refused(String change) {
    String url = ready();
    TestPostgres.run(url, change);

    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD)) {
      assertThat(store.backlogs()).isEmpty();
    }
  }

  @Test
  void a_read_only_database_is_refused_at_the_start_and_keeps_nothing_later() {
    String url = ready();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, HASTY)) {
      TestPostgres.makeReadOnly(url);

      assertRefused(() -> JdbcStore.postgres(url, USER, PASSWORD), "store.read-only", "primary");
      assertSoonReadOnly(() -> store.commit(Events.created("ann", 1)));
      assertThat(store.timeline("ann")).isEmpty();
    }
  }

  /** What was being connected when it was cut off may fail otherwise before. */
  private static void assertSoonReadOnly(ThrowingCallable call) {
    List<String> seen = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!seen.contains("store.read-only") && System.nanoTime() < end) {
      Throwable thrown = catchThrowable(call);
      assertThat(thrown).isInstanceOf(StoreFailedException.class);
      seen.add(((StoreFailedException) thrown).problems().get(0).code());
    }
    assertThat(seen).endsWith("store.read-only");
  }

  /** As after a fail-over, or maintenance: connections that were opened meanwhile stay. */
  @Test
  void what_was_read_only_for_a_while_is_written_to_again_without_a_restart() {
    String url = ready();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD)) {
      TestPostgres.makeReadOnly(url);
      assertSoonReadOnly(() -> store.commit(Events.created("ann", 1)));
      assertSoonReadOnly(() -> store.claim("crm", Events.NOW, Events.NOW, 1));
      TestPostgres.makeWritable(url);

      for (int i = 0; i < 30; i++) {
        store.commit(Events.created("bob" + i, 1));
      }

      assertThat(store.claim("crm", Events.NOW, Events.NOW, 50)).hasSize(30);
      assertThat(store.timeline("ann")).isEmpty();
    }
  }

  @Test
  void a_row_that_somebody_locks_is_waited_for_and_then_nothing_is_kept() throws SQLException {
    String url = ready();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, HASTY);
        Connection other = TestPostgres.connect(url);
        Statement statement = other.createStatement()) {
      store.commit(Events.created("ann", 1));
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM gatehouse_subject FOR UPDATE");
      Commit both =
          Commit.builder()
              .raise(Events.event("aaa/1", "aaa"), Set.of())
              .raise(Events.event("ann/1", "ann"), Set.of())
              .build();

      assertFails(() -> store.commit(both), "store.lock-timeout");

      other.rollback();
      assertThat(store.timeline("aaa")).isEmpty();
      store.commit(both);
      assertThat(store.timeline("aaa")).hasSize(1);
    }
  }

  /** As that of a node which is stopped, or cut off, with customers in hand. */
  @Test
  void a_transaction_that_stands_still_is_ended_and_keeps_nobody_waiting() {
    String url = ready();
    StoreOptions brief = HASTY.withStatementTimeout(Duration.ofSeconds(2));
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD);
        Postgres stopped = Postgres.open(url, USER, PASSWORD, brief)) {
      store.commit(Events.created("ann", 1));

      assertFails(
          () ->
              stopped.transaction(
                  db -> {
                    Deliveries.drop(db, "crm", "", stopped.locking());
                    store.commit(Events.created("bob", 1));
                    store.commit(
                        Commit.builder().raise(Events.event("ann/1", "ann"), Set.of()).build());
                    return true;
                  }),
          "store.stood-still");

      assertThat(store.timeline("ann")).hasSize(2);
      assertThat(store.claim("crm", Events.NOW, Events.NOW, 5)).hasSize(2);
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_ended_and_nothing_is_kept() {
    String url = TestPostgres.newDatabase();
    StoreOptions patient =
        HASTY.withLockTimeout(Duration.ofMinutes(1)).withStatementTimeout(Duration.ofSeconds(1));
    try (JdbcStore first = JdbcStore.postgres(url, USER, PASSWORD);
        JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, patient);
        Connection other = TestPostgres.connect(url);
        Statement statement = other.createStatement()) {
      first.commit(Events.created("ann", 1));
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM gatehouse_subject FOR UPDATE");

      Commit next = Commit.builder().raise(Events.event("ann/1", "ann"), Set.of()).build();
      assertFails(() -> store.commit(next), "store.statement-timeout");

      assertThat(first.timeline("ann")).hasSize(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_connection_that_was_lost_before_a_commit_costs_nothing() {
    String url = ready();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, HASTY)) {
      useAtOnce(store, 4);
      TestPostgres.run(TestPostgres.server(), terminate(url.substring(url.lastIndexOf('/') + 1)));

      store.commit(Events.created("bob", 1));

      assertThat(store.timeline("bob")).hasSize(1);
    }
  }

  /** So that the pool has as many connections, each of which was alive a moment ago. */
  private static void useAtOnce(JdbcStore store, int many) {
    List<Thread> threads =
        IntStream.range(0, many)
            .mapToObj(
                i -> new Thread(() -> store.commit(Events.created("ann" + i, 1)), "caller-" + i))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_database_that_vanished_fails_every_call() {
    String url = ready();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, HASTY)) {
      store.commit(Events.created("ann", 1));
      String database = url.substring(url.lastIndexOf('/') + 1);
      TestPostgres.run(TestPostgres.server(), "DROP DATABASE " + database + " WITH (FORCE)");

      assertThat(catchThrowable(() -> store.timeline("ann")))
          .isInstanceOf(StoreFailedException.class);
      assertThat(catchThrowable(() -> store.commit(Events.created("bob", 1))))
          .isInstanceOf(StoreFailedException.class);
    }
  }

  /** One round trip and one transaction, whatever is in it. */
  @Test
  void a_commit_is_one_statement_and_one_transaction() {
    String url = ready();
    List<String> sent = new ArrayList<>();
    DataSource source = PostgresServer.source(url, USER, PASSWORD, HASTY);
    try (JdbcStore store = JdbcStore.postgres(recording(source, sent))) {
      store.commit(Events.created("warm", 3));
      List<String> before = transactions(url);
      sent.clear();
      store.commit(Events.created("ann", 3));
      store.commit(Events.created("bob", 3));

      assertThat(
              TestPostgres.lines(
                  url, "SELECT DISTINCT xmin::text FROM gatehouse_event WHERE subject = 'ann'"))
          .hasSize(1)
          .doesNotContainAnyElementsOf(before);
      assertThat(
              TestPostgres.lines(
                  url,
                  "SELECT DISTINCT xmin::text FROM gatehouse_delivery WHERE subject = 'ann' UNION"
                      + " SELECT xmin::text FROM gatehouse_event WHERE subject = 'ann' UNION"
                      + " SELECT xmin::text FROM gatehouse_subject WHERE subject = 'ann'"))
          .hasSize(1);
      assertThat(sent)
          .hasSize(2)
          .allSatisfy(sql -> assertThat(sql).startsWith("/* gatehouse_commit */ WITH "));
    }
  }

  /** Keeps what this thread prepares; others tell of commits meanwhile. */
  private static DataSource recording(DataSource behind, List<String> sent) {
    Thread here = Thread.currentThread();
    return around(
        DataSource.class,
        (proxy, method, arguments) ->
            method.getName().equals("getConnection")
                ? around(Connection.class, preparing(behind.getConnection(), here, sent))
                : method.invoke(behind, arguments));
  }

  private static InvocationHandler preparing(Connection behind, Thread here, List<String> sent) {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("prepareStatement") && Thread.currentThread() == here) {
        sent.add((String) arguments[0]);
      }
      return method.invoke(behind, arguments);
    };
  }

  private static <T> T around(Class<T> type, InvocationHandler handler) {
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  private static List<String> transactions(String url) {
    return TestPostgres.lines(url, "SELECT DISTINCT xmin::text FROM gatehouse_event");
  }

  @Test
  void an_application_may_bring_its_own_pool() {
    String url = TestPostgres.newDatabase();
    try (JdbcStore store = JdbcStore.postgres(PostgresServer.source(url, USER, PASSWORD, HASTY))) {
      store.commit(Events.created("ann", 1));

      assertThat(store.timeline("ann")).hasSize(1);
      assertThatThrownBy(() -> store.commit(Events.created("ann", 1)))
          .isInstanceOf(StaleVersionException.class);
    }
  }

  @Test
  void a_pool_whose_commits_may_be_forgotten_is_refused() {
    PGSimpleDataSource pool = PostgresServer.source(ready(), USER, PASSWORD, HASTY);
    pool.setOptions("-c synchronous_commit=off");

    assertRefused(() -> JdbcStore.postgres(pool), "store.not-durable", "synchronous_commit");
  }

  @Test
  void a_call_that_gets_no_connection_says_so() throws Exception {
    String url = ready();
    StoreOptions one = HASTY.withConnections(1).withStatementTimeout(Duration.ofMinutes(1));
    try (JdbcStore store =
            JdbcStore.postgres(url, USER, PASSWORD, one.withLockTimeout(Duration.ofMinutes(1)));
        Connection other = TestPostgres.connect(url);
        Statement statement = other.createStatement()) {
      store.commit(Events.created("ann", 1));
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM gatehouse_subject FOR UPDATE");
      Commit next = Commit.builder().raise(Events.event("ann/1", "ann"), Set.of()).build();
      Thread waits = new Thread(() -> store.commit(next));
      waits.start();
      TestPostgres.awaitLockWaits(url, 1);

      assertFails(() -> store.timeline("ann"), "store.connections");

      other.rollback();
      waits.join();
      assertThat(store.timeline("ann")).hasSize(2);
    }
  }

  private static String ready() {
    String url = TestPostgres.newDatabase();
    JdbcStore.postgres(url, USER, PASSWORD).close();
    return url;
  }

  private static String terminate(String database) {
    return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
        + database
        + "'";
  }
}
