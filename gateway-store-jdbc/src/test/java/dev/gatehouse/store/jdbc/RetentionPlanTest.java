package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.Commit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * With a hundred thousand deliveries waiting for a hook that is down, and as much archived before,
 * what leaves is found by indexes, and nobody waits meanwhile.
 */
class RetentionPlanTest {
  private static final String ARCHIVED =
      "UPDATE gatehouse_event SET payload = NULL WHERE sequence < 50";

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  private interface Plan {
    String of(String sql) throws SQLException;
  }

  @Test
  void sqlite_finds_what_can_be_archived_by_its_indexes() throws SQLException {
    Path file = files.newFile();
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      QueryPlanTest.fillSqlite(statement);
      statement.execute(ARCHIVED);
      Plan plan = sql -> QueryPlanTest.plan(statement, "EXPLAIN QUERY PLAN " + filled(sql));

      assertThat(plan.of(Retention.OLD))
          .contains("SEARCH gatehouse_event USING INDEX gatehouse_event_kept")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan.of(Retention.HOOKS))
          .contains("SEARCH gatehouse_delivery", "SEARCH d USING")
          .doesNotContain("SCAN gatehouse", "SCAN d");
      assertThat(plan.of(Retention.WAITING))
          .contains("SEARCH d USING PRIMARY KEY (hook=? AND event=?)")
          .doesNotContain("SCAN");
      assertThat(plan.of(Retention.SUBJECTS)).contains("(id=?)").doesNotContain("SCAN");
      assertThat(plan.of(Retention.TAKE_OUT)).contains("(id=?)").doesNotContain("SCAN");
    }
  }

  @Test
  void postgres_finds_what_can_be_archived_by_its_indexes() throws SQLException {
    TestPostgres.emptyStore();
    String url = TestPostgres.sharedUrl();
    QueryPlanTest.fillPostgres(url);
    TestPostgres.run(url, ARCHIVED, "VACUUM ANALYZE gatehouse_event, gatehouse_delivery");
    try (Connection db = TestPostgres.connect(url);
        Statement statement = db.createStatement()) {
      Plan plan = sql -> QueryPlanTest.plan(statement, "EXPLAIN " + filled(sql));

      assertThat(plan.of(Retention.OLD))
          .contains("Index Scan using gatehouse_event_kept")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan.of(Retention.HOOKS)).contains("Limit").doesNotContain("Seq Scan");
      assertThat(plan.of(Retention.WAITING))
          .contains("using gatehouse_delivery_pkey", "((hook = 'e7'::text) AND (event = e.id))")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(Retention.SUBJECTS)).contains("_pkey").doesNotContain("Seq Scan");
      assertThat(plan.of(Retention.TAKE_OUT)).contains("_pkey").doesNotContain("Seq Scan");
    }
  }

  @Test
  void archiving_waits_for_no_customer_whom_somebody_works_on_and_takes_all_others()
      throws SQLException {
    JdbcStore store = TestPostgres.emptyStore();
    for (String subject : List.of("ann", "bob", "cid")) {
      store.commit(Commit.builder().raise(Events.event(subject, subject), Set.of()).build());
    }
    try (Connection own = TestPostgres.connect(TestPostgres.sharedUrl())) {
      own.setAutoCommit(false);
      store
          .in(own)
          .store()
          .commit(Commit.builder().raise(Events.event("bob/2", "bob"), Set.of()).build());

      assertThat(store.takeOut(List.of("bob", "cid", "ann"))).isEqualTo(2);

      own.rollback();
    }
    assertThat(store.archivable(Events.NOW.plusSeconds(1), Optional.empty(), 10))
        .containsExactly(Events.event("bob", "bob"));
    assertThat(store.takeOut(List.of("bob", "cid", "ann"))).isEqualTo(1);
  }

  /** The statement with some value for each of its parameters. */
  private static String filled(String sql) {
    return sql.replace("(at, id) > (?, ?) AND at < ?", "(at, id) > (1, 'e7') AND at < 9e17")
        .replace("LIMIT ?", "LIMIT 50")
        .replace("?", "'e7'");
  }
}
