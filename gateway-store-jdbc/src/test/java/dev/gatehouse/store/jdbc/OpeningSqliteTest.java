package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.id.CustomerId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are refused, how clearly, and that nothing of them was changed. */
class OpeningSqliteTest {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Test
  void a_file_is_made_if_it_is_not_there_and_found_again() {
    Path file = files.newFolder().resolve("new.db");
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      store.commit(Events.created("ann", 1));
    }
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(store.timeline("ann")).hasSize(1);
    }
  }

  @Test
  void a_tool_for_what_is_there_makes_no_file_and_no_tables() throws SQLException, IOException {
    Path missing = files.newFolder().resolve("none.db");
    assertRefused(() -> JdbcStore.existingSqlite(missing), "store.missing", "name the file");
    assertThat(missing.getParent()).isEmptyDirectory();

    Path other = files.newFolder().resolve("other.db");
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE orders (id text)");
    }
    byte[] before = Files.readAllBytes(other);
    assertRefused(
        () -> JdbcStore.existingSqlite(other), "store.no-tables", "the application makes");
    assertThat(Files.readAllBytes(other)).isEqualTo(before);
    assertThat(other.getParent()).isDirectoryNotContaining(p -> !p.equals(other));
  }

  @Test
  void a_tool_for_what_is_there_opens_it_and_does_not_upgrade_it() throws SQLException {
    Path file = files.newFile();
    try (JdbcStore store = JdbcStore.existingSqlite(file)) {
      store.commit(Events.created("ann", 1));
    }
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      statement.execute("UPDATE gatehouse_schema SET version = 0");
    }

    assertRefused(() -> JdbcStore.existingSqlite(file), "store.older", "start the application");
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    Path file = files.newFolder().resolve("none").resolve("store.db");

    assertRefused(() -> JdbcStore.sqlite(file), "store.folder", "make it");
  }

  @Test
  void a_second_store_on_the_file_is_refused_while_the_first_is_open() {
    Path file = files.newFile();
    JdbcStore first = JdbcStore.sqlite(file);

    assertRefused(() -> JdbcStore.sqlite(file), "store.in-use", "PostgreSQL");

    first.close();
    JdbcStore.sqlite(file).close();
  }

  @Test
  void a_second_process_on_the_file_is_refused() throws IOException, InterruptedException {
    Path file = files.newFile();
    JdbcStore first = files.opened(JdbcStore.sqlite(file));

    assertThat(said(ChildJvm.start(Opener.class, file.toString())))
        .contains("store.in-use")
        .contains("another process");
    first.commit(Events.created("ann", 1));
    assertThat(first.timeline("ann")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_second_one_is_refused_though_somebody_removed_the_lock_file(boolean otherProcess)
      throws IOException, InterruptedException {
    Path file = files.newFile();
    StoreOptions hasty = StoreOptions.defaults().withLockTimeout(Duration.ofMillis(20));
    JdbcStore first = files.opened(JdbcStore.sqlite(file, hasty));
    Files.delete(file.resolveSibling("store.db.lock"));

    if (otherProcess) {
      assertThat(said(ChildJvm.start(Opener.class, file.toString()))).contains("store.in-use");
    } else {
      assertRefused(() -> JdbcStore.sqlite(file, hasty), "store.in-use", "end that first");
    }

    first.commit(Events.created("ann", 1));
    first.close();
    try (JdbcStore again = JdbcStore.sqlite(file)) {
      assertThat(again.timeline("ann")).hasSize(1);
    }
  }

  @Test
  void a_lock_that_the_system_does_not_give_is_told_in_our_words() throws IOException {
    Path file = files.newFile();
    Path beside = file.resolveSibling("store.db.lock");
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.close();

    assertRefused(() -> FileLock.held(file, beside, channel), "store.lock", "disk");
    JdbcStore.sqlite(file).close();
  }

  @Test
  void a_lock_that_somebody_has_leaves_no_file_open() throws IOException {
    Path file = files.newFile();
    Path beside = file.resolveSibling("store.db.lock");
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock first = FileLock.of(file);

    assertRefused(() -> FileLock.held(file, beside, channel), "store.in-use", "PostgreSQL");

    assertThat(channel.isOpen()).isFalse();
    first.close();
  }

  @Test
  void a_file_that_is_not_of_sqlite_is_refused_and_left_as_it_is() throws IOException {
    Path file = files.newFolder().resolve("letter.db");
    Files.writeString(file, "Dear bank, ".repeat(1_000));
    byte[] before = Files.readAllBytes(file);

    assertRefused(() -> JdbcStore.sqlite(file), "store.corrupt", "backup");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void a_damaged_file_is_refused_and_left_as_it_is() throws IOException {
    Path file = files.newFile();
    long pages = Files.size(file) / 4096;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long page = 3; page < pages; page += 2) {
        channel.write(ByteBuffer.wrap("torn".repeat(300).getBytes()), page * 4096);
      }
    }
    byte[] before = Files.readAllBytes(file);

    assertRefused(() -> JdbcStore.sqlite(file), "store.corrupt", "backup");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void a_file_that_was_cut_off_is_refused() throws IOException {
    Path file = files.newFile();
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() / 2);
    }

    assertRefused(() -> JdbcStore.sqlite(file), "store.corrupt", "backup");
  }

  @Test
  void a_file_of_a_newer_version_is_refused_and_left_as_it_is() throws IOException {
    Path file = files.newFile();
    run(file, "UPDATE gatehouse_schema SET version = 99");
    byte[] before = Files.readAllBytes(file);

    assertRefused(() -> JdbcStore.sqlite(file), "store.newer", "run that version");

    assertThat(file).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE gatehouse_payment ADD COLUMN note TEXT",
        "DROP INDEX gatehouse_payment_wake",
        "DROP TABLE gatehouse_inbox",
        "DROP TABLE gatehouse_schema",
        "CREATE INDEX mine ON gatehouse_event (type)",
        "CREATE TRIGGER mine AFTER INSERT ON gatehouse_event BEGIN DELETE FROM gatehouse_cursor; END"
      })
  void tables_that_somebody_edited_are_refused(String edit) {
    Path file = files.newFile();
    run(file, edit);

    assertRefused(() -> JdbcStore.sqlite(file), "store.edited", "restore it");
  }

  @Test
  void tables_of_others_in_the_file_do_not_matter() {
    Path file = files.newFile();
    run(file, "CREATE TABLE orders (id TEXT)");

    JdbcStore.sqlite(file).close();
  }

  @Test
  void a_file_that_can_not_be_written_fails_what_writes_and_nothing_else() {
    Path file = files.newFile();
    JdbcStore store = opened(file, "query_only = ON");

    assertFails(() -> store.commit(Events.created("ann", 1)), "store.read-only");

    assertThat(store.timeline("ann")).isEmpty();
  }

  /** What no longer fits is refused whole; what was there stays, and there is life after it. */
  @Test
  void a_full_disk_keeps_nothing_of_the_commit_and_everything_before_it() {
    Path file = files.newFile();
    JdbcStore store = opened(file, "max_page_count = 60");
    int kept = 0;
    while (true) {
      try {
        store.commit(Events.created("ann-" + kept, 20));
        kept++;
      } catch (StoreFailedException e) {
        assertThat(e.problems().get(0).code()).isEqualTo("store.full");
        break;
      }
    }

    assertThat(kept).isPositive();
    assertThat(store.timeline("ann-" + (kept - 1))).hasSize(20);
    assertThat(store.timeline("ann-" + kept)).isEmpty();
    assertThat(store.claim("crm", Events.NOW, Events.NOW, 10_000)).hasSize(kept);
    store.close();
    try (JdbcStore again = JdbcStore.sqlite(file)) {
      again.commit(Events.created("ann-" + kept, 20));
      assertThat(again.timeline("ann-" + kept)).hasSize(20);
    }
  }

  @Test
  void a_file_that_vanished_takes_nothing_more() throws IOException {
    Path file = files.newFile();
    JdbcStore store = files.opened(JdbcStore.sqlite(file));
    store.commit(Events.created("ann", 1));
    Files.delete(file);

    assertFails(() -> store.commit(Events.created("bob", 1)), "store.vanished");
  }

  @Test
  void what_another_program_holds_is_waited_for_and_then_refused() throws SQLException {
    Path file = files.newFile();
    StoreOptions hasty = StoreOptions.defaults().withLockTimeout(Duration.ofMillis(20));
    JdbcStore store = files.opened(JdbcStore.sqlite(file, hasty));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertFails(() -> store.commit(Events.created("ann", 1)), "store.busy");
      statement.execute("ROLLBACK");
    }

    store.commit(Events.created("ann", 1));
    assertThat(store.timeline("ann")).hasSize(1);
  }

  @Test
  void a_closed_store_says_so() {
    JdbcStore store = JdbcStore.sqlite(files.newFile());
    store.close();

    assertFails(() -> store.commit(Events.created("ann", 1)), "store.closed");
    assertFails(() -> store.customer(new CustomerId("ann")), "store.closed");
    store.close();
  }

  @Test
  void options_out_of_range_are_refused_all_at_once() {
    assertThatThrownBy(() -> new StoreOptions(0, Duration.ZERO, null, Duration.ofDays(1)))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(4));
  }

  private static String said(Process child) throws IOException, InterruptedException {
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    child.waitFor();
    return said;
  }

  private JdbcStore opened(Path file, String pragma) {
    Sqlite database = Sqlite.open(file, StoreOptions.defaults(), List.of(pragma));
    return files.opened(new JdbcStore(database));
  }

  static void assertRefused(ThrowingCallable opening, String code, String remedy) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.problems().get(0).code()).isEqualTo(code);
              assertThat(e.problems().get(0).remedy()).contains(remedy);
            });
  }

  static void assertFails(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreFailedException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
              assertThat(e.problems().get(0).code()).isEqualTo(code);
            });
  }

  private static void run(Path file, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another process that wants the file. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] args) throws IOException {
      String said = "opened";
      try (JdbcStore store = JdbcStore.sqlite(Path.of(args[0]))) {
        store.backlogs();
      } catch (GatehouseException e) {
        said = e.problems().toString();
      }
      System.out.write(said.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }
}
