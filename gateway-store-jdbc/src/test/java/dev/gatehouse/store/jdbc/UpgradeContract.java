package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What each version of the schema kept is read by this one, and the next version will find it, too.
 *
 * <p>The rows of a version are those that it wrote itself ({@code -Dgatehouse.rows=write}), before
 * another one came. They are never written anew.
 */
abstract class UpgradeContract {
  private static final Path ROWS = Path.of("src/test/resources/rows");
  private static final boolean WRITE = "write".equals(System.getProperty("gatehouse.rows"));

  private final Dialect dialect;
  private final String name;

  UpgradeContract(Dialect dialect, String name) {
    this.dialect = dialect;
    this.name = name;
  }

  /** A database with nothing in it, for one test. */
  abstract DataSource newDatabase();

  /** A store on that database. */
  abstract JdbcStore open();

  @Test
  void what_each_version_kept_is_read_by_this_one() throws Exception {
    if (WRITE) {
      writeRows();
    }
    for (int version = 1; version <= dialect.version(); version++) {
      DataSource source = newDatabase();
      Schema.open(source, upTo(version, dialect.scripts()));
      execute(source, Files.readString(rowsOf(version)).split(";\n"));

      try (JdbcStore store = open()) {
        assertKept(store);
      }
    }
  }

  private void keepAll() {
    try (JdbcStore store = open()) {
      KeptRecords.keepAll(store);
    }
  }

  private static void assertKept(JdbcStore store) {
    assertThat(store.customer(KeptRecords.ANN.id())).contains(KeptRecords.ANN.atVersion(1));
    assertThat(store.caseOf(KeptRecords.PAYMENT.id()))
        .hasValueSatisfying(
            known -> {
              assertThat(known.checkout()).contains(KeptRecords.CHECKOUT.atVersion(1));
              assertThat(known.membership()).contains(KeptRecords.MEMBERSHIP.atVersion(1));
              assertThat(known.payments()).containsExactly(KeptRecords.PAYMENT.atVersion(1));
            });
    assertThat(store.paymentByProviderId(KeptRecords.MAIN, KeptRecords.CHARGE))
        .contains(KeptRecords.PAYMENT.id());
    assertThat(store.inboxItem(KeptRecords.MAIN, KeptRecords.NOTICE.notice()))
        .contains(KeptRecords.NOTICE.atVersion(1));
    assertThat(store.cursor(KeptRecords.MAIN).map(cursor -> cursor.upTo()))
        .contains(KeptRecords.CURSOR.upTo());
    assertThat(store.timeline("ann"))
        .extracting(LifecycleEvent::header)
        .containsExactlyElementsOf(KeptRecords.EVENTS.stream().map(e -> e.header()).toList());
    assertThat(store.actions(Optional.empty(), Optional.empty(), 10))
        .extracting(Action::reason)
        .containsExactly(KeptRecords.ACTION.reason());
    assertThat(store.claim("crm", Events.NOW, Events.NOW.plusSeconds(60), 10))
        .extracting(Delivery::sequence)
        .containsExactly(1L);
  }

  @Test
  void the_next_version_finds_every_row_and_this_one_leaves_it_alone() throws Exception {
    DataSource source = newDatabase();
    keepAll();
    List<String> others = KeptRecords.TABLES.stream().filter(t -> !t.equals("membership")).toList();
    List<String> before = rows(source, others);
    Dialect next =
        next(
            "ALTER TABLE gatehouse_membership ADD COLUMN note text;\n"
                + "CREATE INDEX gatehouse_membership_note ON gatehouse_membership (note);\n");

    Schema.open(source, next);

    assertThat(rows(source, others)).isEqualTo(before).isNotEmpty();
    assertThat(rows(source, List.of("membership"))).singleElement().asString().contains("note");
    Schema.open(source, next);
    assertRefused(this::open, "store.newer");
    execute(source, "DROP INDEX gatehouse_membership_note");
    assertRefused(() -> Schema.open(source, next), "store.edited");
  }

  @Test
  void a_step_that_fails_half_way_leaves_everything_as_it_was() throws Exception {
    DataSource source = newDatabase();
    keepAll();
    List<String> before = rows(source, KeptRecords.TABLES);
    Dialect broken =
        next(
            "ALTER TABLE gatehouse_membership ADD COLUMN note text;\n"
                + "UPDATE gatehouse_membership SET nothing = 1;\n");

    assertRefused(() -> Schema.open(source, broken), "store.migration");

    assertThat(rows(source, KeptRecords.TABLES)).isEqualTo(before).isNotEmpty();
    try (JdbcStore store = open()) {
      assertKept(store);
    }
  }

  final Dialect next(String script) {
    int next = dialect.version() + 1;
    return upTo(next, version -> version == next ? script : dialect.scripts().apply(version));
  }

  private Dialect upTo(int version, IntFunction<String> scripts) {
    return new Dialect(version, scripts, dialect.exists(), dialect.parts(), dialect.oneByOne());
  }

  private static void assertRefused(ThrowingCallable opening, String code) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems()).extracting(problem -> problem.code()).contains(code));
  }

  private Path rowsOf(int version) {
    return ROWS.resolve(name + "-" + version + ".sql");
  }

  private void writeRows() throws IOException, SQLException {
    Path file = rowsOf(dialect.version());
    if (Files.exists(file)) {
      throw new IllegalStateException(file + " is there: what a version kept is never changed");
    }
    DataSource source = newDatabase();
    keepAll();
    Files.createDirectories(ROWS);
    Files.writeString(file, String.join("", rows(source, KeptRecords.TABLES)));
  }

  private static void execute(DataSource source, String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of tables as the statements that insert them. */
  private static List<String> rows(DataSource source, List<String> tables) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = source.getConnection()) {
      for (String table : tables) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT * FROM gatehouse_" + table)) {
          while (rows.next()) {
            all.add(insert(table, rows));
          }
        }
      }
    }
    return all;
  }

  private static String insert(String table, ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String column = columns.getColumnName(i);
      if (!column.equals("number")) { // given by the database
        names.add(column);
        values.add(literal(row, i));
      }
    }
    return "INSERT INTO gatehouse_%s (%s) VALUES (%s);\n"
        .formatted(table, String.join(", ", names), String.join(", ", values));
  }

  private static String literal(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    boolean bare = text == null || row.getObject(column) instanceof Number;
    return bare ? String.valueOf(text) : "'" + text.replace("'", "''") + "'";
  }
}
