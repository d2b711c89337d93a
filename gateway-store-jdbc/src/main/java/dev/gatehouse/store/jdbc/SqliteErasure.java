package dev.gatehouse.store.jdbc;

import java.sql.SQLException;
import java.util.List;

/**
 * That what was erased is in none of SQLite's files any more. SQLite overwrites what is deleted, as
 * it is told to; what is still in the write-ahead log goes by a checkpoint. But when it moves rows
 * from page to page, it leaves copies where they were. So the tables that hold personal data are
 * written anew as soon as nobody waits for it: when the store is closed, or opened next.
 */
final class SqliteErasure {
  private static final List<String> PERSONAL =
      List.of("gatehouse_customer", "gatehouse_membership");

  private static final int SHORT_WAIT_MILLIS = 50;

  private SqliteErasure() {}

  static boolean isIn(Rows rows) {
    return rows.customers().stream().anyMatch(customer -> customer.email() == null);
  }

  /** Kept with the erasure itself: whatever happens next, copies are looked after. */
  static void mark(Session writer) throws SQLException {
    writer.update("INSERT OR IGNORE INTO gatehouse_copies (one) VALUES (1)");
  }

  /**
   * Empties the write-ahead log; says whether it could, which it can't while others read long.
   * Nobody writes while it waits for those, so it does not wait for long.
   */
  static boolean emptyLog(Session db) throws SQLException {
    int patience = db.first("PRAGMA busy_timeout", row -> row.getInt(1)).orElse(0);
    db.exists("PRAGMA busy_timeout = " + SHORT_WAIT_MILLIS);
    try {
      return db.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1) == 0).orElse(false);
    } finally {
      db.exists("PRAGMA busy_timeout = " + patience);
    }
  }

  /** Writes the tables anew if anything was erased since that was done. */
  static void removeCopies(Session writer) throws SQLException {
    if (!writer.exists("SELECT 1 FROM gatehouse_copies")) {
      return;
    }
    writer.run("BEGIN IMMEDIATE");
    try {
      for (String table : PERSONAL) {
        writer.run("CREATE TABLE gatehouse_moved AS SELECT * FROM " + table);
        writer.run("DELETE FROM " + table);
        writer.run("INSERT INTO " + table + " SELECT * FROM gatehouse_moved");
        writer.run("DROP TABLE gatehouse_moved");
      }
      writer.update("DELETE FROM gatehouse_copies");
      writer.run("COMMIT");
    } catch (SQLException e) {
      writer.run("ROLLBACK");
      throw e;
    }
    emptyLog(writer);
  }
}
