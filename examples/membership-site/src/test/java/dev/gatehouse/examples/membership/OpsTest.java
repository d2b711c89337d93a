package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sub-command of {@code ops}, on a file of SQLite with a night's trouble in it. */
class OpsTest {
  /** What docs/operations.md shows; made anew with {@code -Dgatehouse.docs=write}. */
  private static final Path SHOWN = Path.of("src", "test", "resources", "ops-night.txt");

  @TempDir Path folder;

  private Path file;
  private OpsShop shop;

  @BeforeEach
  void play() {
    file = folder.resolve("shop.db");
    shop = OpsShop.in(file);
  }

  private Run ops(String... args) {
    List<String> all = new ArrayList<>(List.of("ops"));
    all.addAll(List.of(args));
    all.addAll(List.of("--store", file.toString()));
    return Run.of(all.toArray(new String[0]));
  }

  private Run deed(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--actor", "olga", "--reason", "ticket 4711"));
    return ops(all.toArray(new String[0]));
  }

  @Test
  void the_page_for_operators_shows_what_the_commands_say() throws IOException {
    String shown =
        shown("find", "--email", "ada@example.com")
            + shown("show", "pay_00000006")
            + shown("doubt")
            + shown("timeline", "pay_00000004")
            + shown("parked")
            + shown("deliveries", "crm");
    if ("write".equals(System.getProperty("gatehouse.docs"))) {
      Files.writeString(SHOWN, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(SHOWN));
  }

  private String shown(String... args) {
    Run run = ops(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return "$ java -jar membership-site.jar ops "
        + String.join(" ", args)
        + " --store shop.db\n"
        + run.out().strip()
        + "\n\n";
  }

  @Test
  void find_says_in_its_first_line_whether_the_customer_was_charged() {
    Run ada = ops("find", "--email", "ADA@Example.com");
    assertThat(ada.out())
        .startsWith("charged once, EUR 12.50 is with us; 2 payments looked at\ncustomers: ada\n")
        .contains("declined: insufficient funds", "a refund of EUR 2.50 is in doubt");
    assertThat(ada.exitCode()).isZero();

    Run grace = ops("find", "--reference", "grace");
    assertThat(grace.out())
        .startsWith("not known to be charged; 1 not decided yet: do not charge again")
        .contains("?");
    assertThat(ops("find", "--amount", "EUR 12.50").out()).contains("2 payments looked at");
    assertThat(ops("find", "--reference", "ch_2").out()).contains("pay_00000004");
    assertThat(ops("find", "--amount", "EUR 12.5", "--from", "2026-03-01T02:01:00Z").out())
        .contains("1 payment looked at");
    assertThat(ops("find", "--amount", "EUR 12.50", "--to", "2026-03-01T02:01:00Z").out())
        .startsWith("not charged; 1 payment looked at");
  }

  @Test
  void find_goes_on_page_by_page_and_says_how() {
    Run first = ops("find", "--email", "ada@example.com", "--limit", "1");
    assertThat(first.out()).contains("there may be more: --after pay_00000004");

    Run second =
        ops("find", "--email", "ada@example.com", "--limit", "1", "--after", "pay_00000004");
    assertThat(second.out())
        .startsWith("behind pay_00000004 only: not charged; 1 payment looked at")
        .contains("pay_00000002")
        .doesNotContain("there may be more");
    assertThat(ops("doubt", "--after", "pay_00000004").out())
        .startsWith("nothing is in doubt behind pay_00000004");
  }

  @Test
  void what_is_not_there_ends_with_1_and_says_what_to_do_next() {
    Run nothing = ops("find", "--email", "eve@example.com");
    assertThat(nothing.out())
        .startsWith("nothing was found")
        .contains("that is no 'no': is it the store of the site");
    assertThat(nothing.exitCode()).isEqualTo(1);

    Run payment = ops("show", "pay_1");
    assertThat(payment.err())
        .contains("there is no payment 'pay_1'", "next: ops find --email, --reference or --amount");
    assertThat(payment.exitCode()).isEqualTo(1);
    assertThat(ops("timeline", "eve").exitCode()).isEqualTo(1);
    assertThat(ops("timeline", "eve").err()).contains("there is no customer 'eve'");
  }

  @Test
  void a_call_that_is_left_to_a_person_is_settled_once_and_the_log_says_by_whom() {
    String operation = "pay_00000004.refund.1";
    assertThat(ops("doubt").out())
        .contains("ops settle pay_00000004 " + operation + " (--not-done | --effect ID)")
        .contains("pay_00000006.charge.1 at reference: charge EUR 99.00");

    Run settled = deed("settle", "pay_00000004", operation, "--effect", "re_77");
    assertThat(settled.err()).isEmpty();
    assertThat(settled.exitCode()).isZero();
    assertThat(settled.out())
        .startsWith("settled " + operation)
        .contains("partly refunded since", "EUR 2.50 went back")
        .contains("olga: " + operation + " was re_77, because ticket 4711");

    Run again = deed("settle", "pay_00000004", operation, "--not-done");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err())
        .contains("operation: is not in doubt", "next: ops show PAYMENT says what became of it");
    Run early = deed("settle", "pay_00000006", "pay_00000006.charge.1", "--not-done");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("is still being found out about", "next: ops doubt");

    assertThat(ops("log").out())
        .contains("olga  settle  pay_00000004", "because ticket 4711")
        .contains("done", "refused: operation.not-in-doubt");
    assertThat(ops("log", "--subject", "pay_00000006").out())
        .contains("refused: operation.not-left-to-person")
        .doesNotContain("pay_00000004");
    assertThat(ops("log", "--limit", "1").out()).contains("there may be more: --after 3");
    assertThat(ops("log", "--limit", "1", "--after", "2").out()).contains("was re_77");
    assertThat(ops("timeline", "pay_00000004").out()).contains("olga: settle");
  }

  @Test
  void what_a_settled_refund_tells_waits_for_the_hooks_of_the_site() {
    deed("settle", "pay_00000006", "pay_00000006.charge.1", "--not-done");
    deed("settle", "pay_00000004", "pay_00000004.refund.1", "--not-done");

    assertThat(ops("parked").out()).containsPattern("crm +1 +1 ").doesNotContain("analytics");
    assertThat(ops("doubt").out()).doesNotContain("refund");
  }

  @Test
  void what_is_parked_is_offered_again_one_or_all_and_a_hook_that_is_gone_is_dropped() {
    assertThat(ops("parked").out())
        .contains("crm: chk_00000003/completed", "the CRM knows no contact 'ada'")
        .contains("old-crm");

    assertThat(ops("parked", "--limit", "1").out())
        .contains("crm: chk_00000003/completed", "--after crm/chk_00000003/completed")
        .doesNotContain("old-crm: ");
    assertThat(ops("parked", "--after", "crm/chk_00000003/completed").out())
        .contains("old-crm: chk_00000003/completed")
        .doesNotContain("\ncrm: ");
    assertThat(ops("parked", "--after", "crm").err()).contains("--after: names no delivery");

    assertThat(ops("deliveries", "crm", "--limit", "1").out())
        .containsPattern("chk_00000003/completed +CheckoutCompleted +\\S+ \\S+ +1 +- +parked")
        .contains("said: the CRM knows no contact 'ada'", "--after chk_00000003/completed");
    assertThat(ops("deliveries", "crm", "--after", "chk_00000003/completed").out())
        .contains("nothing waits for crm behind chk_00000003/completed");
    assertThat(ops("deliveries", "nobody").out()).contains("nothing waits for nobody");

    Run one = deed("replay", "--hook", "crm", "--event", "chk_00000003/completed");
    assertThat(one.err()).isEmpty();
    assertThat(one.out()).contains("offered to crm again: 1");
    assertThat(ops("parked").out())
        .doesNotContain("the CRM knows no contact")
        .contains("is closed");
    assertThat(ops("deliveries", "crm").out())
        .contains(" 0 ", "in its turn")
        .doesNotContain("said");
    assertThat(deed("replay", "--hook", "old-crm", "--parked").out()).contains("again: 1");

    Run dropped = deed("drop", "old-crm");
    assertThat(dropped.out()).contains("dropped what waited for old-crm: 1");
    assertThat(ops("parked").out()).doesNotContain("old-crm");

    Run own = deed("drop", "crm");
    assertThat(own.exitCode()).isEqualTo(1);
    assertThat(own.err()).contains("hook: is here to take what waits for it");
    Run nothing = deed("replay", "--hook", "crm", "--parked");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("next: ops parked lists what is parked");
    assertThat(deed("replay", "--hook", "crm", "--event", "nothing/such").err())
        .contains("there is no such event");
  }

  @Test
  void an_erased_customer_is_found_by_e_mail_no_more() {
    Run erased = deed("erase", "ada");
    assertThat(erased.out()).contains("erased ada");
    assertThat(ops("find", "--email", "ada@example.com").exitCode()).isEqualTo(1);
    assertThat(ops("find", "--reference", "ada").out()).contains("charged once");

    Run named = ops("erase", "grace", "--actor", "olga", "--reason", "grace@example.com asked");
    assertThat(named.exitCode()).isEqualTo(2);
    assertThat(named.err()).contains("reason: holds an e-mail address", "nothing was changed");
    assertThat(ops("find", "--email", "grace@example.com").exitCode()).isZero();
  }

  @Test
  void old_events_go_to_a_file_and_leave_the_store_and_nothing_else_changes() throws IOException {
    Path events = folder.resolve("events.jsonl");
    String charged = ops("find", "--email", "ada@example.com").out();

    Run archived = deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", events.toString());

    assertThat(archived.err()).isEmpty();
    List<String> lines = Files.readAllLines(events);
    assertThat(lines)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(line -> line.startsWith("{\"") && line.endsWith("}"));
    assertThat(archived.out()).contains("archived events in " + events + ": " + lines.size());
    assertThat(lines).as("it waits for the CRM").noneMatch(l -> l.contains("chk_00000003/compl"));
    assertThat(ops("find", "--email", "ada@example.com").out())
        .as("since when it is so was said by an event that is gone, and is not made up")
        .isEqualTo(
            charged
                .replace("since" + " ".repeat(14), "since")
                .replace("2026-03-01 02:02:00", "-    ")
                .replace("2026-03-01 02:00:00", "-    "));
    assertThat(deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", events + "").out())
        .contains(": 0");
    Run nowhere = deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", folder + "/no/file");
    assertThat(nowhere.exitCode()).isNotZero();
    assertThat(nowhere.err()).contains("--to: can't be written");
  }

  @Test
  void an_archive_that_was_ended_in_the_middle_of_a_line_goes_on_with_whole_lines()
      throws IOException {
    Path events = folder.resolve("events.jsonl");
    Path whole = folder.resolve("whole.jsonl");
    Files.copy(file, folder.resolve("copy.db"));
    deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", whole.toString());
    Files.copy(folder.resolve("copy.db"), file, StandardCopyOption.REPLACE_EXISTING);
    List<String> lines = Files.readAllLines(whole);
    String first = lines.get(0);
    String half = lines.get(1).substring(0, lines.get(1).length() / 2);
    Files.writeString(events, first + "\n" + half);

    Run run = deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", events.toString());

    assertThat(run.err()).isEmpty();
    assertThat(Files.readAllLines(events)).startsWith(first).hasSize(lines.size() + 1);
    assertThat(Files.readAllLines(events).subList(1, lines.size() + 1)).isEqualTo(lines);
  }

  @Test
  void a_file_that_is_no_archive_is_not_cut_and_a_whole_line_without_an_end_gets_one()
      throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear bank,\nyours");
    Run refused = deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", letter.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--to: ends in the middle of a line", "name a new file");
    assertThat(letter).hasContent("Dear bank,\nyours");

    Path events = folder.resolve("events.jsonl");
    deed("archive", "--before", "2026-03-01T02:01:00Z", "--to", events.toString());
    String early = Files.readString(events).stripTrailing();
    Files.writeString(events, early);
    deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", events.toString());
    assertThat(Files.readString(events)).startsWith(early + "\n{");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_archive_that_fails_half_way_is_told_in_plain_words_with_what_to_do() {
    Run full = deed("archive", "--before", "2100-01-01T00:00:00Z", "--to", "/dev/full");

    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.err())
        .contains("--to: can't be written to the end: /dev/full", "make room, and run it again")
        .contains("it may be done, or done in part: look")
        .doesNotContain("Exception", "unexpected", "nothing was changed");
    assertThat(ops("log").out()).contains("failed, may be done or done in part: archive.full");
  }

  @Test
  void to_look_up_needs_the_gateway_and_says_so() {
    Run run = deed("look-up", "pay_00000006");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is no gateway 'reference'", "next: declare the gateway");
    assertThat(ops("log").out()).contains("refused: gateway.unknown");
  }

  @Test
  void a_shop_without_conflicts_says_so() {
    assertThat(ops("conflicts").out()).contains("there are no conflicts and no mismatches");
  }

  @Test
  void a_conflict_that_was_looked_into_is_settled_and_stays_on_the_timeline() {
    showIn("acct_9");
    String open = ops("conflicts").out();
    assertThat(open)
        .contains("pay_00000004 at reference, captured")
        .contains("account: acct_9 or acct_shop", "do: ops settle-conflict pay_00000004 ");
    String id = open.replaceFirst("(?s).*settle-conflict pay_00000004 (\\w+).*", "$1");

    Run settled = deed("settle-conflict", "pay_00000004", id);
    assertThat(settled.err()).isEmpty();
    assertThat(settled.exitCode()).isZero();
    assertThat(settled.out())
        .startsWith("settled " + id)
        .contains("olga: account: acct_9 or acct_shop, because ticket 4711");
    assertThat(ops("conflicts").out()).contains("no conflicts and no mismatches");
    assertThat(ops("timeline", "pay_00000004").out())
        .containsSubsequence("conflict found: account", "olga: settle conflict account " + id);
    assertThat(ops("log").out()).contains("olga  settle conflict  pay_00000004");

    Run again = deed("settle-conflict", "pay_00000004", id);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("conflict: is not open", "next: ops conflicts lists");
    showIn("acct_10");
    assertThat(ops("conflicts").out()).contains("account: acct_10 or acct_9 or acct_shop");
  }

  /** As if the provider had shown the payment whose refund got lost in another account. */
  private void showIn(String account) {
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      Payment payment = store.payment(shop.refundInDoubt.id()).orElseThrow();
      Payment seen = payment.observing(Snapshot.builder().account(account).build().facts());
      SortedMap<String, LifecycleEvent> events =
          PaymentEvents.unraised(seen, Instant.parse("2026-03-04T00:00:00Z"));
      Commit.Builder commit = Commit.builder().save(seen.raising(events.keySet()));
      events.values().forEach(event -> commit.raise(event, Set.of()));
      store.commit(commit.build());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settle p o --not-done",
        "settle-conflict p c",
        "replay --hook crm --parked",
        "drop x",
        "erase x",
        "look-up p"
      })
  void every_action_demands_who_and_why(String command) {
    Run run = ops(command.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required options", "--actor=NAME", "--reason=TEXT");
    assertThat(ops("log").out()).contains("nobody has done anything");
  }

  @Test
  void bad_options_end_with_2_and_say_how_it_is_written() {
    assertThat(ops("find").exitCode()).isEqualTo(2);
    assertThat(ops("find", "--email", "a@b.example", "--reference", "x").exitCode()).isEqualTo(2);
    assertThat(ops("find", "--email", "nobody").err())
        .contains("email: is no", "nothing was changed");
    assertThat(ops("find", "--amount", "12,50").err())
        .contains("--amount: is no amount of money; write it like \"EUR 12.50\"");
    assertThat(ops("find", "--amount", "EUR 1", "--from", "yesterday").err())
        .contains("--from: is no time; write it like 2026-03-01T00:00:00Z");
    assertThat(ops("doubt", "--limit", "0").err())
        .contains("limit: is out of range; use 1 to 1000");
    assertThat(ops("log", "--after", "x").err()).contains("--after: is no number of the log");
    assertThat(ops("show", "no such id!").exitCode()).isEqualTo(2);
    assertThat(Run.of("ops").exitCode()).isEqualTo(2);
    assertThat(Run.of("ops", "doubt", "--store", "memory").err()).contains("--store: is no file");
  }

  @Test
  void a_store_that_cannot_be_opened_is_refused_and_nothing_is_made() throws IOException {
    Path missing = folder.resolve("none.db");
    Run none = Run.of("ops", "doubt", "--store", missing.toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--store: is no file", "nothing was changed");
    assertThat(missing).doesNotExist();

    Path text = Files.writeString(folder.resolve("text.db"), "not a database, but long enough?");
    assertThat(Run.of("ops", "doubt", "--store", text.toString()).exitCode()).isEqualTo(2);
    assertThat(Run.of("ops", "doubt", "--store", "jdbc:oracle:thin:@x").err())
        .contains("is neither a file nor");
    assertThat(Run.of("ops", "doubt", "--store", "jdbc:postgresql://h/d?user=a&password=b").err())
        .contains("names a user or a password", "GATEHOUSE_STORE_PASSWORD")
        .doesNotContain("password=b");
    assertThat(withEnvironment(Map.of(), "jdbc:postgresql://localhost:1/shop").err())
        .contains("GATEHOUSE_STORE_USER: is not set", "GATEHOUSE_STORE_PASSWORD: is not set");
    Run refused =
        withEnvironment(
            Map.of(StoreOption.USER, "shop", StoreOption.PASSWORD, "hush-hush"),
            "jdbc:postgresql://localhost:1/shop");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).doesNotContain("hush-hush", "Exception");
  }

  @Test
  void a_question_to_the_wrong_database_is_refused_and_makes_no_tables_there() throws Exception {
    Path other = folder.resolve("other.db");
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE orders (id text)");
    }
    byte[] before = Files.readAllBytes(other);
    assertWrong(Run.of("ops", "find", "--email", "ada@example.com", "--store", other.toString()));
    assertThat(Files.readAllBytes(other)).isEqualTo(before);

    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Connection db = server.getPostgresDatabase().getConnection()) {
      assertWrong(
          withEnvironment(
              Map.of(StoreOption.USER, "postgres", StoreOption.PASSWORD, "postgres"),
              "jdbc:postgresql://localhost:" + server.getPort() + "/postgres"));
      assertThat(db.getMetaData().getTables(null, null, "gatehouse%", null).next()).isFalse();
    }
  }

  private static void assertWrong(Run run) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "holds no tables of Gatehouse",
            "name the database that the application uses",
            "nothing was changed");
  }

  @Test
  void colours_are_for_terminals_only_and_what_others_wrote_cannot_steer_one() {
    assertThat(ops("find", "--email", "ada@example.com").out()).doesNotContain("\u001b");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        MembershipSite.run(
            new PrintWriter(out),
            new PrintWriter(err),
            true,
            "ops",
            "parked",
            "--store",
            file.toString());
    assertThat(code).isZero();
    assertThat(out.toString()).contains("\u001b[31mcrm: chk_00000003/completed\u001b[0m");
  }

  @Test
  void help_lists_every_sub_command_on_lines_that_fit() {
    Run help = Run.of("ops", "--help");
    assertThat(help.out())
        .contains("find", "show", "timeline", "doubt", "conflicts", "parked", "deliveries", "log")
        .contains("look-up", "settle", "settle-conflict", "replay", "drop", "erase");
    for (String command :
        List.of("find", "conflicts", "settle", "settle-conflict", "replay", "log")) {
      assertThat(Run.of("ops", command, "--help").out().lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    }
  }

  private static Run withEnvironment(Map<String, String> environment, String url) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        MembershipSite.run(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            environment,
            "ops",
            "doubt",
            "--store",
            url);
    return new Run(code, out.toString(), err.toString());
  }
}
