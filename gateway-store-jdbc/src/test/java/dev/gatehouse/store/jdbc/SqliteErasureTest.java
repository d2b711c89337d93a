package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.store.Commit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was erased is in no file of the store. */
class SqliteErasureTest {
  private static final CustomerId ANN = new CustomerId("ann");
  private static final CustomerId STAYS = new CustomerId("bob");
  private static final Person PERSON =
      new Person("Ann Very Personal", "very.personal@example.org", Locale.ENGLISH);
  private static final String WHY = "I am very ill";
  private static final List<String> PERSONAL =
      List.of(PERSON.email(), PERSON.name(), WHY, "contact-4711");

  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Test
  void what_was_erased_is_gone_from_the_file_and_its_log_while_the_store_is_open()
      throws IOException {
    Path file = files.newFile();
    JdbcStore store = files.opened(JdbcStore.sqlite(file));
    Customer ann = Customer.registered(ANN, PERSON, Events.NOW).with("crm", "contact-4711");
    store.commit(Commit.builder().save(ann).save(membership()).build());
    assertThat(found(file)).isEqualTo(PERSONAL);

    erase(store, ANN);

    assertThat(found(file)).isEmpty();
  }

  /** Rows that grow are moved to other pages, where copies of them would stay. */
  @Test
  void nor_is_any_copy_in_the_file_once_the_store_was_closed() throws IOException {
    Path file = files.newFile();
    List<Customer> erased;
    try (JdbcStore store = unsynced(file)) {
      erased = crowd(store);
    }
    assertNothingIsLeft(file, erased);
  }

  @Test
  void nor_after_it_was_opened_again_if_the_process_had_died() throws IOException {
    Path file = files.newFile();
    Path left = files.newFolder().resolve("store.db");
    JdbcStore store = files.opened(unsynced(file));
    List<Customer> erased = crowd(store);
    for (String end : List.of("", "-wal")) {
      Files.copy(Path.of(file + end), Path.of(left + end));
    }

    JdbcStore again = files.opened(JdbcStore.sqlite(left));

    assertNothingIsLeft(left, erased);
    assertThat(again.customer(erased.get(0).id()))
        .hasValueSatisfying(c -> assertThat(c.isErased()).isTrue());
    Customer other = again.customers("MAIL." + STAYS + "@example.org", Optional.empty(), 9).get(0);
    assertThat(other).as("nobody else is touched").isEqualTo(store.customer(STAYS).orElseThrow());
  }

  @Test
  void the_number_that_an_application_keeps_in_the_file_stays_its_own() throws SQLException {
    Path file = files.newFile();
    assertThat(number(file, "PRAGMA user_version = 7; PRAGMA user_version")).isEqualTo(7);
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      store.commit(Commit.builder().save(Customer.registered(ANN, PERSON, Events.NOW)).build());
      erase(store, ANN);
    }
    assertThat(number(file, "PRAGMA user_version")).isEqualTo(7);
  }

  private static int number(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      String[] all = sql.split("; ");
      for (int i = 0; i < all.length - 1; i++) {
        statement.execute(all[i]);
      }
      try (ResultSet number = statement.executeQuery(all[all.length - 1])) {
        return number.getInt(1);
      }
    }
  }

  private static JdbcStore unsynced(Path file) {
    return new JdbcStore(Sqlite.open(file, StoreOptions.defaults(), List.of("synchronous = OFF")));
  }

  private static Membership membership() {
    return new Membership(
        new MembershipId("mem_1"),
        0,
        ANN,
        new PlanId("gold"),
        "Gold",
        new CheckoutId("chk_1"),
        MembershipState.CANCELLED,
        Events.NOW,
        Optional.of(WHY));
  }

  private static List<String> found(Path file) throws IOException {
    String text = textOf(file);
    return PERSONAL.stream().filter(text::contains).toList();
  }

  /** The file with its log, as bytes. */
  private static String textOf(Path file) throws IOException {
    Path log = Path.of(file + "-wal");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return Files.exists(log) ? text + Files.readString(log, StandardCharsets.ISO_8859_1) : text;
  }

  private static void erase(JdbcStore store, CustomerId id) {
    Commit.Builder erasure = Commit.builder().save(store.customer(id).orElseThrow().erased());
    store.memberships(id).forEach(membership -> erasure.save(membership.withoutReason()));
    store.commit(erasure.build());
  }

  /** Two thousand customers, of whom many change, and of whom some are erased. */
  private static List<Customer> crowd(JdbcStore store) {
    Random random = new Random(1);
    List<CustomerId> ids = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      CustomerId id = new CustomerId("c" + Long.toHexString(random.nextLong()));
      Person person = new Person("Name of " + id, "mail." + id + "@example.org", Locale.ENGLISH);
      Commit.Builder commit = Commit.builder().save(Customer.registered(id, person, Events.NOW));
      if (i > 0) {
        Customer other = store.customer(ids.get(random.nextInt(i))).orElseThrow();
        commit.save(other.with("note", "x".repeat(random.nextInt(1_000))));
      }
      store.commit(commit.build());
      ids.add(id);
    }
    Person stays = new Person("Bob", "mail." + STAYS + "@example.org", Locale.ENGLISH);
    store.commit(Commit.builder().save(Customer.registered(STAYS, stays, Events.NOW)).build());
    List<Customer> erased = new ArrayList<>();
    for (CustomerId id : ids.subList(500, 800)) {
      erased.add(store.customer(id).orElseThrow());
      erase(store, id);
    }
    return erased;
  }

  private void assertNothingIsLeft(Path file, List<Customer> erased) throws IOException {
    String text = textOf(file);
    assertThat(erased).hasSize(300);
    for (Customer one : erased) {
      assertThat(text.contains("mail." + one.id())).as(one.id().value()).isFalse();
      assertThat(text.contains("Name of " + one.id())).as(one.id().value()).isFalse();
    }
  }
}
