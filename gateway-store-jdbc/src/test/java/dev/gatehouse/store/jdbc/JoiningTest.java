package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.OpeningSqliteTest.assertFails;
import static dev.gatehouse.store.jdbc.OpeningSqliteTest.assertRefused;
import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.store.JoinedTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transactions are refused, how clearly, and that a refusal costs them nothing. */
class JoiningTest {
  private static String other;
  private static String empty;

  @TempDir Path folder;

  private JdbcStore store;

  @BeforeAll
  static void makeOthers() {
    other = TestPostgres.newDatabase();
    JdbcStore.postgres(other, USER, PASSWORD).close();
    empty = TestPostgres.newDatabase();
    TestPostgres.emptyStore();
    TestPostgres.run(TestPostgres.sharedUrl(), "CREATE SCHEMA another");
    JdbcStore.postgres(TestPostgres.sharedUrl() + "?currentSchema=another", USER, PASSWORD).close();
  }

  @AfterAll
  static void dropSchema() {
    TestPostgres.run(
        TestPostgres.sharedUrl(), "DROP SCHEMA another CASCADE", "DROP SCHEMA IF EXISTS shop");
  }

  @BeforeEach
  void open() {
    store = TestPostgres.emptyStore();
  }

  @Test
  void a_connection_that_commits_by_itself_is_refused() throws SQLException {
    try (Connection connection = TestPostgres.connect(TestPostgres.sharedUrl())) {
      assertUnfit(() -> store.in(connection), "transaction.auto-commit", "setAutoCommit(false)");
    }
  }

  @Test
  void a_connection_that_commits_by_itself_later_is_refused_then() throws SQLException {
    try (Connection connection = begin(TestPostgres.sharedUrl())) {
      JoinedTransaction joined = store.in(connection);
      connection.setAutoCommit(true);

      assertUnfit(
          () -> joined.store().commit(Events.created("ann", 1)),
          "transaction.auto-commit",
          "setAutoCommit(false)");
    }
    assertThat(store.timeline("ann")).isEmpty();
  }

  @Test
  void no_connection_and_one_that_is_closed_are_refused() throws SQLException {
    Connection closed = begin(TestPostgres.sharedUrl());
    closed.close();

    assertUnfit(() -> store.in(null), "required", "provide");
    assertUnfit(() -> store.in(closed), "transaction.closed", "open");
  }

  @Test
  void a_database_without_our_tables_is_refused() throws SQLException {
    try (Connection connection = begin(empty)) {
      assertUnfit(() -> store.in(connection), "transaction.no-tables", "'public'");
    }
  }

  @Test
  void another_database_or_schema_with_such_tables_is_refused() throws SQLException {
    try (Connection connection = begin(other);
        Connection beside = begin(TestPostgres.sharedUrl() + "?currentSchema=another,public")) {
      assertUnfit(() -> store.in(connection), "transaction.other-database", "own database");
      assertUnfit(() -> store.in(beside), "transaction.other-database", "schema");
    }
  }

  @Test
  void a_shop_whose_own_schema_comes_before_ours_joins() throws SQLException {
    TestPostgres.run(TestPostgres.sharedUrl(), "CREATE SCHEMA IF NOT EXISTS shop");
    try (Connection connection = begin(TestPostgres.sharedUrl() + "?currentSchema=shop,public")) {
      store.in(connection).store().commit(Events.created("ann", 1));
      connection.commit();
    }

    assertThat(store.timeline("ann")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void a_transaction_that_does_not_see_what_others_commit_is_refused(int isolation)
      throws SQLException {
    try (Connection connection = begin(TestPostgres.sharedUrl())) {
      connection.setTransactionIsolation(isolation);

      assertUnfit(() -> store.in(connection), "transaction.isolation", "READ COMMITTED");
    }
  }

  @Test
  void a_transaction_that_may_not_write_is_refused_beside_all_else() throws SQLException {
    try (Connection connection = begin(empty)) {
      connection.setReadOnly(true);

      assertThatThrownBy(() -> store.in(connection))
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(Problem::code)
                      .containsExactly("transaction.no-tables", "transaction.read-only"));
    }
  }

  @Test
  void a_transaction_that_is_acknowledged_before_it_is_durable_is_refused() throws SQLException {
    try (Connection connection = begin(TestPostgres.sharedUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL synchronous_commit = off");
      assertUnfit(() -> store.in(connection), "transaction.not-durable", "SET LOCAL");

      statement.execute("SET LOCAL synchronous_commit = on");
      store.in(connection).store().backlogs();
    }
  }

  @Test
  void a_transaction_that_has_failed_is_refused() throws SQLException {
    try (Connection connection = begin(TestPostgres.sharedUrl());
        Statement statement = connection.createStatement()) {
      JoinedTransaction joined = store.in(connection);
      assertThatThrownBy(() -> statement.execute("SELECT 1 / 0")).isInstanceOf(SQLException.class);

      assertFails(() -> store.in(connection), "transaction.failed");
      assertFails(() -> joined.store().backlogs(), "transaction.failed");
      assertFails(() -> joined.store().commit(Events.created("a", 1)), "transaction.failed");

      connection.rollback();
      joined.store().commit(Events.created("ann", 1));
      connection.commit();
    }
    assertThat(store.timeline("ann")).hasSize(1);
  }

  @Test
  void a_user_without_rights_on_the_tables_is_told_and_one_who_has_them_joins()
      throws SQLException {
    TestPostgres.run(
        TestPostgres.sharedUrl(),
        "DROP USER IF EXISTS clerk",
        "CREATE USER clerk PASSWORD 'clerk'");
    try (Connection connection =
        DriverManager.getConnection(TestPostgres.sharedUrl(), "clerk", "clerk")) {
      connection.setAutoCommit(false);
      assertFails(() -> store.in(connection).store().backlogs(), "store.privilege");
      connection.rollback();
      TestPostgres.run(
          TestPostgres.sharedUrl(),
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk",
          "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clerk");
      store.in(connection).store().commit(Events.created("ann", 1));
      connection.commit();
    }
    TestPostgres.run(TestPostgres.sharedUrl(), "DROP OWNED BY clerk", "DROP USER clerk");

    assertThat(store.timeline("ann")).hasSize(1);
  }

  @Test
  void a_store_in_a_file_can_not_be_joined() throws SQLException {
    try (JdbcStore file = JdbcStore.sqlite(folder.resolve("shop.db"));
        Connection connection = begin(TestPostgres.sharedUrl())) {
      assertRefused(() -> file.in(connection), "transaction.unsupported", "PostgreSQL");
    }
  }

  @Test
  void a_connection_to_a_file_is_refused() throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      file.setAutoCommit(false);

      assertUnfit(() -> store.in(file), "transaction.other-database", "PostgreSQL");
    }
  }

  @Test
  void a_store_that_is_closed_joins_nothing() throws SQLException {
    JdbcStore closed = JdbcStore.postgres(TestPostgres.sharedUrl(), USER, PASSWORD);
    closed.close();
    try (Connection connection = begin(TestPostgres.sharedUrl())) {
      assertFails(() -> closed.in(connection), "store.closed");
    }
  }

  @Test
  void a_schema_with_the_longest_name_has_a_channel_of_its_own() {
    String longest = "s".repeat(62);

    assertThat(WakeSignal.channel("shop")).isEqualTo("gatehouse_shop");
    assertThat(WakeSignal.channel(longest + "a"))
        .hasSizeLessThan(64)
        .startsWith("gatehouse_")
        .isNotEqualTo(WakeSignal.channel(longest + "b"));
  }

  private static Connection begin(String url) throws SQLException {
    Connection connection = TestPostgres.connect(url);
    connection.setAutoCommit(false);
    return connection;
  }

  private static void assertUnfit(ThrowingCallable joining, String code, String remedy) {
    assertThatThrownBy(joining)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.problems().get(0).code()).isEqualTo(code);
              assertThat(e.problems().get(0).remedy()).contains(remedy);
            });
  }
}
