package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour on a file of SQLite, ended as it should; {@link KilledTourIT} ends it otherwise. */
class StoredTourTest {
  private static final String PLANS =
      """
      {"plans": [{"id": "one", "name": "One", "price": "7.50", "currency": "EUR"}]}
      """;

  private static final String SIGNUPS =
      """
      {"signups": [
        {"customer": "a", "name": "A", "email": "a@example.com",
         "plan": "one", "gateway": "reference", "scenario": "approved"},
        {"customer": "b", "name": "B", "email": "b@example.com",
         "plan": "one", "gateway": "reference-eu", "scenario": "customer-action"}]}
      """;

  @TempDir Path folder;
  private Path store;
  private Path outside;

  @BeforeEach
  void nameFiles() {
    store = folder.resolve("shop.db");
    outside = folder.resolve("shop.db.outside");
  }

  @Test
  void the_shipped_tour_says_the_same_on_a_file_as_in_memory_and_tells_where_the_file_is() {
    Run memory = Run.of("tour");

    Run file = Run.of("tour", "--store", store.toString());

    assertThat(file.err()).isEmpty();
    assertThat(file.exitCode()).isZero();
    assertThat(file.out()).startsWith("records in " + store + System.lineSeparator());
    assertThat(memory.out()).startsWith("records in memory, forgotten at the end");
    assertThat(afterFirstLine(file)).isEqualTo(afterFirstLine(memory));
  }

  @Test
  void what_a_tour_kept_is_there_after_it() throws IOException {
    tour(SIGNUPS);

    try (JdbcStore kept = JdbcStore.sqlite(store)) {
      assertThat(kept.checkoutByCommand(new CustomerId("a"), Visit.KEY).orElseThrow().state())
          .isEqualTo(CheckoutState.COMPLETED);
      assertThat(kept.timeline("a")).hasSize(4);
      assertThat(kept.backlogs()).isEmpty();
    }
  }

  @Test
  void a_second_tour_on_the_same_records_has_customers_of_its_own_and_says_so() throws IOException {
    tour(SIGNUPS);

    Run second = tour(SIGNUPS);
    Run third = tour(SIGNUPS.replace("\"b\"", "\"c\""));

    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("tour 2 on these records, with customers of its own: a.2");
    assertThat(second.lastLine()).startsWith("tour: 2 checkouts, 2 completed, 2 payments");
    assertThat(third.exitCode()).isZero();
    assertThat(third.out()).contains("tour 3 on these records");
    try (JdbcStore kept = JdbcStore.sqlite(store)) {
      for (String customer : new String[] {"a", "a.2", "a.3", "b", "b.2", "c.3"}) {
        assertThat(kept.checkoutByCommand(new CustomerId(customer), Visit.KEY)).isPresent();
      }
    }
  }

  @Test
  void a_tour_that_was_not_told_to_be_over_goes_on_and_plays_nothing_twice() throws IOException {
    Run first = tour(SIGNUPS);
    String text = Files.readString(outside);
    Files.writeString(outside, text.substring(0, text.length() - 3)); // As if it died in that line.

    Run again = tour(SIGNUPS);

    assertThat(again.err()).isEmpty();
    assertThat(again.out())
        .contains("the tour was ended half-way, after 2 of 2 sign-ups; it goes on");
    assertThat(table(again)).isEqualTo(table(first));
    assertThat(again.exitCode()).isZero();
  }

  @Test
  void records_without_what_the_provider_did_are_refused_and_so_is_that_without_records()
      throws IOException {
    tour(SIGNUPS);
    byte[] log = Files.readAllBytes(outside);
    Files.delete(outside);

    Run withoutLog = tour(SIGNUPS);
    Files.write(outside, log);
    Files.delete(store);
    Run withoutRecords = tour(SIGNUPS);

    assertThat(withoutLog.exitCode()).isEqualTo(2);
    assertThat(withoutLog.err()).contains(".outside", "remove both");
    assertThat(withoutRecords.exitCode()).isEqualTo(2);
    assertThat(withoutRecords.err()).contains(".outside", "remove both");
    assertThat(Files.readAllBytes(outside)).isEqualTo(log);
  }

  @Test
  void a_damaged_file_beside_the_records_is_refused_with_its_line() throws IOException {
    Files.writeString(outside, "{}\nnonsense\n");

    Run run = tour(SIGNUPS);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("shop.db.outside", "line 2");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws IOException {
    Files.writeString(store, "my notes", StandardOpenOption.CREATE);

    Run run = tour(SIGNUPS);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("shop.db");
    assertThat(Files.readString(store)).isEqualTo("my notes");
  }

  @Test
  void records_that_another_tour_uses_are_refused() throws IOException {
    try (JdbcStore other = JdbcStore.sqlite(store)) {
      Run run = tour(SIGNUPS);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("shop.db");
      assertThat(other.backlogs()).isEmpty();
    }
  }

  private Run tour(String signups) throws IOException {
    Path plansFile = Files.writeString(folder.resolve("plans.json"), PLANS);
    Path signupsFile = Files.writeString(folder.resolve("signups.json"), signups);
    return Run.of(
        "tour",
        "--plans",
        plansFile.toString(),
        "--signups",
        signupsFile.toString(),
        "--store",
        store.toString());
  }

  private static String afterFirstLine(Run run) {
    return run.out().substring(run.out().indexOf('\n'));
  }

  private static String table(Run run) {
    return run.out().substring(run.out().indexOf("customer  "), run.out().indexOf("tour: "));
  }
}
