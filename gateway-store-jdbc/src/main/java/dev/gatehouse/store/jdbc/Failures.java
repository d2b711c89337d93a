package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.store.StaleVersionException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a driver's exception means, in our words. None shows a statement or its values. */
final class Failures {
  static final String NOT_UNIQUE = "23505";
  private static final String FIELD = "store";

  private static final String READ_ONLY = "25006";

  private static final String LOCKED = "55P03";

  private Failures() {}

  static RuntimeException ofSqlite(Throwable failure) {
    if (failure instanceof GatehouseException known) {
      return known;
    }
    if (!(failure instanceof SQLException e)) {
      return unexpected(failure);
    }
    return switch (primary(e)) {
      case SQLITE_FULL ->
          failed("store.full", "the disk is full", "make room on it, then try again", e);
      case SQLITE_READONLY ->
          failed("store.read-only", "the file can't be written", "make it writable", e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          failed("store.busy", "another program holds the file", "end it, then try again", e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          failed("store.corrupt", "the file is damaged", "restore it from a backup", e);
      case SQLITE_IOERR, SQLITE_CANTOPEN ->
          failed("store.io", "the file can't be used", "look at the disk, then try again", e);
      default -> unexpected(e);
    };
  }

  /** Of the codes that say more, the one that they say more of. */
  static SQLiteErrorCode primary(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
    }
    return SQLiteErrorCode.UNKNOWN_ERROR;
  }

  static RuntimeException ofPostgres(SQLException e) {
    String state = state(e);
    if (isRace(state)) {
      return new StaleVersionException("commit");
    }
    if (e instanceof SQLTransientConnectionException && e.getCause() == null) {
      return failed(
          "store.connections", "every connection is in use", "allow it more connections", e);
    }
    if (isLost(e)) {
      return failed(
          "store.unreachable", "the database can't be reached", "see that it runs, try again", e);
    }
    return switch (state) {
      case "57014" ->
          failed("store.statement-timeout", "a statement took too long", "look at its load", e);
      case LOCKED ->
          failed("store.lock-timeout", "a row is locked for too long", "see who locks it", e);
      case "25P03" ->
          failed("store.stood-still", "the process stood still", "see what stopped it", e);
      case "53100" ->
          failed("store.full", "the disk is full", "make room on it, then try again", e);
      case READ_ONLY ->
          failed("store.read-only", "the database is read-only", "connect to the primary", e);
      case "53300" ->
          failed("store.connections", "the server has no connection left", "allow it more", e);
      default -> unexpected(e);
    };
  }

  /** Others were faster: a unique violation, a deadlock, a snapshot that is too old. */
  private static boolean isRace(String state) {
    return state.equals(NOT_UNIQUE) || state.equals("40P01") || state.equals("40001");
  }

  /** Whether the connection is gone, or none was to be had. */
  static boolean isLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08")
        || state.startsWith("57P")
        || e instanceof SQLTransientConnectionException;
  }

  /** Whether a statement was refused because nothing may be changed there. */
  static boolean isReadOnly(SQLException e) {
    return state(e).equals(READ_ONLY);
  }

  /** Whether somebody else held for too long what a statement needed. */
  static boolean isLocked(SQLException e) {
    return state(e).equals(LOCKED);
  }

  static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state;
  }

  /** What the server said, without what the driver adds. */
  static String message(SQLException e) {
    ServerErrorMessage said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    String message = said == null ? null : said.getMessage();
    return message == null ? "" : message;
  }

  /** The table that the server speaks of. */
  static String table(SQLException e) {
    ServerErrorMessage said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    String table = said == null ? null : said.getTable();
    return table == null ? "" : table;
  }

  static StoreFailedException unknown(SQLException e) {
    return new StoreFailedException(
        ErrorCategory.UNKNOWN_OUTCOME,
        new Problem(
            FIELD,
            "store.unknown",
            "the connection was lost before the database answered",
            "look at what is stored: it may have been kept"),
        e);
  }

  static StoreFailedException closed() {
    return failed("store.closed", "the store is closed", "use it before it is closed", null);
  }

  static StoreFailedException failed(
      String code, String message, String remedy, @Nullable Throwable cause) {
    return new StoreFailedException(
        ErrorCategory.UNAVAILABLE, new Problem(FIELD, code, message, remedy), cause);
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException bug) {
      return bug;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return failed("store.failed", "the database refused", "look at the cause", e);
  }
}
