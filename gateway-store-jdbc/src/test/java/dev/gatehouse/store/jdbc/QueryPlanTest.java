package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.store.Delivery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With much waiting, what is due is found by an index, and nothing else is looked at. */
class QueryPlanTest {
  private static final int EVENTS = 100_000;
  private static final int SUBJECTS = 1_000;
  private static final String AT = Long.toString(Nanos.of(Events.NOW));

  private static final String PARKED =
      "UPDATE gatehouse_delivery SET parked = 'poison' WHERE sequence = 2";

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Test
  void sqlite_finds_due_deliveries_and_alarms_by_their_indexes() throws SQLException {
    Path file = files.newFile();
    String url = "jdbc:sqlite:" + file;
    try (Connection db = DriverManager.getConnection(url);
        Statement statement = db.createStatement()) {
      fillSqlite(statement);

      String deliveries = plan(statement, "EXPLAIN QUERY PLAN " + filled(Deliveries.DUE, "'crm'"));
      assertThat(deliveries)
          .contains("SEARCH d USING INDEX gatehouse_delivery_due")
          .doesNotContain("SCAN", "TEMP B-TREE");
      statement.execute(PARKED);
      assertThat(plan(statement, "EXPLAIN QUERY PLAN " + parked()))
          .contains("SEARCH d USING INDEX gatehouse_delivery_parked", "SEARCH e USING INDEX")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan(statement, "EXPLAIN QUERY PLAN " + waiting()))
          .contains("SEARCH d USING PRIMARY KEY", "SEARCH e USING INDEX")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan(statement, "EXPLAIN QUERY PLAN " + Deliveries.BACKLOGS))
          .as("counted in one go, without the events")
          .isEqualTo("SCAN gatehouse_delivery");
      String none = Reads.DUE_EXCEPT.replace("json_each(?)", "json_each('[]')");
      String due = plan(statement, "EXPLAIN QUERY PLAN " + filled(none, AT));
      assertThat(due)
          .contains("gatehouse_payment USING COVERING INDEX gatehouse_payment_wake")
          .contains("gatehouse_checkout USING COVERING INDEX gatehouse_checkout_wake")
          .contains("gatehouse_inbox USING COVERING INDEX gatehouse_inbox_wake")
          .doesNotContain("SCAN gatehouse");
    }
    JdbcStore store = files.opened(JdbcStore.sqlite(file));
    assertThat(store.claim("crm", Events.NOW, Events.NOW, 2_000))
        .hasSize(SUBJECTS)
        .extracting(Delivery::sequence)
        .containsOnly(1L);
  }

  @Test
  void postgres_finds_due_deliveries_and_alarms_by_their_indexes() throws SQLException {
    JdbcStore store = TestPostgres.emptyStore();
    String url = TestPostgres.sharedUrl();
    fillPostgres(url);
    try (Connection db = TestPostgres.connect(url);
        Statement statement = db.createStatement()) {
      String deliveries = plan(statement, "EXPLAIN " + filled(Deliveries.DUE, "'crm'"));
      assertThat(deliveries)
          .contains("Index Scan using gatehouse_delivery_due")
          .contains("Index Scan using gatehouse_event_pkey")
          .doesNotContain("Seq Scan", "Sort");
      TestPostgres.run(url, PARKED, "ANALYZE gatehouse_delivery");
      assertThat(plan(statement, "EXPLAIN " + parked()))
          .contains("Index Scan using gatehouse_delivery_parked")
          .contains("Index Scan using gatehouse_event_pkey")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan(statement, "EXPLAIN " + waiting()))
          .contains("Index Scan using gatehouse_delivery_pkey")
          .contains("Index Scan using gatehouse_event_pkey")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan(statement, "EXPLAIN " + Deliveries.BACKLOGS))
          .as("counted without the events")
          .doesNotContain("gatehouse_event");
      TestPostgres.run(url, "VACUUM ANALYZE gatehouse_payment");
      String due = plan(statement, "EXPLAIN " + filled(Reads.DUE, AT));
      assertThat(due).contains("Index Only Scan using gatehouse_payment_wake");
    }
    assertThat(store.claim("crm", Events.NOW, Events.NOW, 2_000))
        .hasSize(SUBJECTS)
        .extracting(Delivery::sequence)
        .containsOnly(1L);
  }

  static void fillSqlite(Statement statement) throws SQLException {
    String numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
            .formatted(EVENTS - 1);
    statement.execute("BEGIN");
    for (String insert : fill("FROM n", "1", "0")) {
      int select = insert.indexOf("SELECT");
      statement.execute(insert.substring(0, select) + numbers + insert.substring(select));
    }
    statement.execute("COMMIT");
  }

  static void fillPostgres(String url) {
    TestPostgres.run(
        url,
        fill("FROM generate_series(0, " + (EVENTS - 1) + ") i", "true", "false")
            .toArray(new String[0]));
    TestPostgres.run(url, "ANALYZE");
  }

  /** Every subject has many deliveries, and its oldest is its head. */
  private static List<String> fill(String from, String yes, String no) {
    String payload =
        "replace('" + RecordJson.write(Json.EVENT, Events.event("@", "s")) + "', '@', 'e' || i)";
    String event = "'e' || CAST(i AS TEXT)";
    String subject = "'s' || CAST(i % " + SUBJECTS + " AS TEXT)";
    String sequence = "i / " + SUBJECTS + " + 1";
    return List.of(
        "INSERT INTO gatehouse_event SELECT %s, %s, %s, %s, 'CustomerCreated', %s %s"
            .formatted(event, subject, sequence, AT, payload, from),
        ("INSERT INTO gatehouse_delivery (hook, event, subject, sequence, at, version, attempts,"
                + " next_at, head) SELECT 'crm', %s, %s, %s, %s, i, 0, %s,"
                + " CASE WHEN i < %d THEN %s ELSE %s END %s")
            .formatted(event, subject, sequence, AT, AT, SUBJECTS, yes, no, from),
        ("INSERT INTO gatehouse_payment (id, version, gateway, checkout, is_foreign, wake_at,"
                + " created_at, amount, concerns, payload) SELECT %s, 1, 'main', %s, %s, %s + i,"
                + " i, 'EUR ' || CAST(i %% 100 AS TEXT), CASE WHEN i %% 1000 = 0 THEN 1 END, '{}'"
                + " %s")
            .formatted(event, "'c' || CAST(i AS TEXT)", no, AT, from),
        ("INSERT INTO gatehouse_checkout (id, version, customer, command, payload)"
                + " SELECT %s, 1, %s, %s, '{}' %s")
            .formatted("'c' || CAST(i AS TEXT)", subject, event, from),
        ("INSERT INTO gatehouse_provider_id (gateway, kind, id, payment, is_foreign)"
                + " SELECT 'main', 'charge', 'ch' || CAST(i AS TEXT), %s, %s %s")
            .formatted(event, no, from),
        "INSERT INTO gatehouse_membership (id, version, customer, payload) SELECT %s, 1, %s, '{}' %s"
            .formatted(event, subject, from),
        ("INSERT INTO gatehouse_customer (id, version, email, payload)"
                + " SELECT %s, 1, %s || '@example.org', '{}' %s")
            .formatted(event, subject, from),
        ("INSERT INTO gatehouse_action (at, actor, what, subject, detail, reason)"
                + " SELECT %s, 'olga', 'settle', %s, '', '' %s")
            .formatted(AT, subject, from));
  }

  private static String waiting() {
    return Deliveries.WAITING
        .replace("d.hook = ?", "d.hook = 'crm'")
        .replace("d.event > ?", "d.event > 'e7'")
        .replace("LIMIT ?", "LIMIT 100");
  }

  private static String parked() {
    return Deliveries.PARKED.replace("(?, ?)", "('crm', 'e7')").replace("?", "100");
  }

  /** The statement with values: the first given, then times and limits as they come. */
  private static String filled(String sql, String first) {
    String filled = sql.replaceFirst("\\?", first);
    return filled.replaceAll("<= \\?", "<= " + AT).replaceAll("LIMIT \\?", "LIMIT 100");
  }

  static String plan(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int last = rows.getMetaData().getColumnCount();
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(last));
      }
      return lines.stream().collect(Collectors.joining("\n"));
    }
  }
}
