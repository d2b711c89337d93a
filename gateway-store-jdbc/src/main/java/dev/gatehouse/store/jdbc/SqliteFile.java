package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteDataSource;

/** Whether a file may be used, and how its connections are set up. */
final class SqliteFile {
  private SqliteFile() {}

  /** The file under its real name, so that two names of one are one. */
  static Path checked(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused(absolute, "store.folder", "is in a folder that does not exist", "make it");
    }
    if (Files.isDirectory(absolute)) {
      throw refused(absolute, "store.folder", "is a folder", "name a file in it");
    }
    if (Files.exists(absolute) && !Files.isWritable(absolute)) {
      throw refused(absolute, "store.read-only", "can't be written", "make it writable");
    }
    try {
      return Files.exists(absolute)
          ? absolute.toRealPath()
          : folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      throw refused(absolute, "store.unreadable", "can't be read", "see who owns it");
    }
  }

  /** Before anything is changed. */
  static void demandSound(SQLiteDataSource source) throws SQLException {
    try (Session session = Session.of(source.getConnection())) {
      String found =
          session.first("PRAGMA quick_check(1)", row -> row.getString(1)).orElse("nothing");
      if (!found.equals("ok")) {
        throw new SQLException(found, "corrupt");
      }
      Schema.check(session, Dialect.SQLITE);
    }
  }

  static void prepareWriter(Session writer, StoreOptions options) throws SQLException {
    wait(writer, options);
    String mode =
        writer.first("PRAGMA journal_mode = WAL", row -> row.getString(1)).orElse("nothing");
    if (!mode.equals("wal")) {
      throw new SQLException("journal mode " + mode, "journal");
    }
    writer.run("PRAGMA synchronous = FULL");
    // Matters on macOS alone, where a plain fsync leaves data in the disk's own memory.
    writer.run("PRAGMA fullfsync = ON");
    writer.first("PRAGMA secure_delete = ON", row -> row.getInt(1));
  }

  /**
   * Refuses a file that is open anywhere else, by SQLite's own locks on the file itself. Whoever
   * has it open in WAL mode holds a shared lock, so an exclusive one is had by nobody else;
   * afterwards this connection keeps a shared one, until it is closed or the process ends.
   */
  static void demandAlone(Session writer) throws SQLException {
    // Whoever begins the log alone keeps its index to himself, and can't share it later.
    lock(writer);
    lockAs(writer, "EXCLUSIVE");
    lockAs(writer, "NORMAL");
  }

  private static void lockAs(Session writer, String mode) throws SQLException {
    writer.first("PRAGMA locking_mode = " + mode, row -> row.getString(1));
    // It holds from the next transaction on.
    lock(writer);
  }

  private static void lock(Session writer) throws SQLException {
    writer.run("BEGIN IMMEDIATE");
    writer.run("ROLLBACK");
  }

  static void prepareReader(Session reader, StoreOptions options) throws SQLException {
    wait(reader, options);
    reader.run("PRAGMA query_only = ON");
  }

  private static void wait(Session session, StoreOptions options) throws SQLException {
    session.run("PRAGMA busy_timeout = " + options.lockTimeout().toMillis());
  }

  /** Why the file can't be opened. */
  static Problem problem(Path file, SQLException e) {
    String name = file.toString();
    if (Failures.state(e).equals("corrupt")) {
      return corrupt(name);
    }
    return switch (Failures.primary(e)) {
      case SQLITE_NOTADB, SQLITE_CORRUPT -> corrupt(name);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          new Problem(
              name, "store.read-only", "can't be written", "make it and its folder writable");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new Problem(name, "store.in-use", "is open in another program", "end that first");
      case SQLITE_FULL ->
          new Problem(name, "store.full", "does not fit on the disk", "make room on it");
      default ->
          new Problem(name, "store.failed", "can't be opened", "look at the log at level debug");
    };
  }

  private static Problem corrupt(String name) {
    return new Problem(
        name,
        "store.corrupt",
        "is damaged, or no file of SQLite",
        "restore it from a backup, or name another file");
  }

  private static ConfigurationException refused(
      Path file, String code, String message, String remedy) {
    return new ConfigurationException(new Problem(file.toString(), code, message, remedy));
  }
}
