package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a hundred thousand payments, what people look for is found by indexes. */
class SearchPlanTest {
  private static final String FIRST_PAGE = Long.toString(Long.MAX_VALUE);
  private static final List<String> PAGE = List.of(FIRST_PAGE, "''", "20");

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  private interface Plan {
    String of(String sql) throws SQLException;
  }

  @Test
  void sqlite_finds_what_people_look_for_by_its_indexes() throws SQLException {
    Path file = files.newFile();
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      QueryPlanTest.fillSqlite(statement);
      Plan plan = sql -> QueryPlanTest.plan(statement, "EXPLAIN QUERY PLAN " + sql);

      assertThat(plan.of(customers()))
          .contains("USING INDEX gatehouse_customer_email")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan.of(ofAmount()))
          .contains("USING INDEX gatehouse_payment_amount (amount=? AND created_at>? AND")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan.of(ofConcern()))
          .contains("USING INDEX gatehouse_payment_concerns")
          .doesNotContain("SCAN p", "TEMP B-TREE");
      assertThat(plan.of(ofCustomer()))
          .contains("SEARCH c USING INDEX", "gatehouse_payment_checkout")
          .doesNotContain("SCAN");
      assertThat(plan.of(ofReference())).doesNotContain("SCAN gatehouse", "SCAN p");
      assertThat(plan.of(memberships()))
          .contains("USING INDEX gatehouse_membership_customer")
          .doesNotContain("SCAN", "TEMP B-TREE");
      assertThat(plan.of(ofSubject()))
          .contains("gatehouse_action_subject")
          .doesNotContain("SCAN", "TEMP B-TREE");
    }
  }

  @Test
  void postgres_finds_what_people_look_for_by_its_indexes() throws SQLException {
    TestPostgres.emptyStore();
    String url = TestPostgres.sharedUrl();
    QueryPlanTest.fillPostgres(url);
    try (Connection db = TestPostgres.connect(url);
        Statement statement = db.createStatement()) {
      Plan plan = sql -> QueryPlanTest.plan(statement, "EXPLAIN " + sql);

      assertThat(plan.of(customers()))
          .contains("gatehouse_customer_email")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(ofAmount()))
          .contains("Index Scan Backward using gatehouse_payment_amount")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan.of(ofConcern()))
          .contains("gatehouse_payment_concerns")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(ofCustomer()))
          .contains("gatehouse_one_checkout_of_a_command", "gatehouse_payment_checkout")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(ofReference()))
          .contains("gatehouse_provider_id_pkey")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(memberships()))
          .contains("gatehouse_membership_customer")
          .doesNotContain("Seq Scan");
      assertThat(plan.of(ofSubject()))
          .contains("gatehouse_action_subject")
          .doesNotContain("Seq Scan");
    }
  }

  private static String customers() {
    return filled(Searches.CUSTOMERS, List.of("'s7@example.org'", "''", "20"));
  }

  private static String ofAmount() {
    return filled(Searches.OF_AMOUNT, List.of("'EUR 7'", "0", FIRST_PAGE), PAGE);
  }

  private static String ofConcern() {
    return filled(Searches.OF_CONCERN, List.of("31"), PAGE);
  }

  private static String ofCustomer() {
    return filled(Searches.OF_CUSTOMER, List.of("'s7'"), PAGE);
  }

  private static String ofReference() {
    return filled(Searches.OF_REFERENCE, List.of("'ch7'", "'ch7'", "'ch7'", "'ch7'"), PAGE);
  }

  private static String memberships() {
    return filled(Reads.MEMBERSHIPS, List.of("'s7'"));
  }

  private static String ofSubject() {
    return filled(Actions.OF_SUBJECT, List.of("'s7'", FIRST_PAGE, "20"));
  }

  /** The statement with these in the places of its parameters. */
  @SafeVarargs
  private static String filled(String sql, List<String>... values) {
    String filled = sql;
    for (List<String> some : values) {
      for (String value : some) {
        filled = filled.replaceFirst("\\?", Matcher.quoteReplacement(value));
      }
    }
    assertThat(filled).doesNotContain("?");
    return filled;
  }
}
