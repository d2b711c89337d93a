package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Our tables: made and upgraded forward only. Which version they are of, and what they looked like
 * when that was made, is kept beside them, so that tables which somebody edited are found out
 * before anything is written to them.
 */
final class Schema {
  private static final String FIELD = "schema";

  /** What is kept beside the tables. */
  private record Kept(int version, String fingerprint) {}

  private Schema() {}

  /** Makes the tables what this code works with, or refuses. */
  static void open(DataSource source, Dialect dialect) throws SQLException {
    int version = dialect.version();
    if (check(source, dialect) < version) {
      migrate(source, dialect);
      if (check(source, dialect) != version) {
        throw new IllegalStateException("the migrations do not lead to version " + version);
      }
    }
  }

  private static int check(DataSource source, Dialect dialect) throws SQLException {
    try (Session session = Session.of(source)) {
      return check(session, dialect);
    }
  }

  /** Refuses tables that are too new or were edited; says of which version they are, or 0. */
  static int check(Session db, Dialect dialect) throws SQLException {
    Optional<Kept> kept;
    List<String> parts;
    do { // Another process may make or upgrade them between two looks.
      kept = kept(db, dialect);
      parts = parts(db, dialect);
    } while (!kept.equals(kept(db, dialect)));
    if (kept.isEmpty()) {
      if (!parts.isEmpty()) {
        throw edited("its tables are there, but not what says of which version they are");
      }
      return 0;
    }
    if (kept.get().version > dialect.version()) {
      throw refused(
          "store.newer",
          "was made by a newer version of Gatehouse (schema " + kept.get().version + ")",
          "run that version, or a newer one; this one knows schemas up to " + dialect.version());
    }
    if (!kept.get().fingerprint.equals(fingerprint(parts))) {
      throw edited("its tables, indexes or functions are not as Gatehouse made them");
    }
    return kept.get().version;
  }

  /** Refuses a database that is not ours, and one that would have to be upgraded. */
  static void demandCurrent(Session db, Dialect dialect) throws SQLException {
    int version = check(db, dialect);
    if (kept(db, dialect).isEmpty()) {
      throw refused(
          "store.no-tables",
          "is not there: this database holds no tables of Gatehouse",
          "name the database that the application uses (and its currentSchema, if it has one);"
              + " the application makes the tables when it starts");
    }
    if (version < dialect.version()) {
      throw refused(
          "store.older",
          "is of an older version of Gatehouse (schema "
              + version
              + "; this is "
              + dialect.version()
              + ")",
          "use the version that the application runs; or start the application with this version,"
              + " which upgrades the tables");
    }
  }

  private static Optional<Kept> kept(Session db, Dialect dialect) throws SQLException {
    if (!db.exists(dialect.exists(), "gatehouse_schema")) {
      return Optional.empty();
    }
    return db.first(
        "SELECT version, fingerprint FROM gatehouse_schema",
        row -> new Kept(row.getInt(1), row.getString(2)));
  }

  private static List<String> parts(Session db, Dialect dialect) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (String sql : dialect.parts()) {
      parts.addAll(db.query(sql, row -> row.getString(1)));
    }
    parts.sort(null);
    return parts;
  }

  private static String fingerprint(List<String> parts) {
    try {
      byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Keeps, within the migration's own transaction, what the tables look like now. */
  static void keep(Session db, Dialect dialect, int version) throws SQLException {
    db.update("DELETE FROM gatehouse_schema");
    db.update(
        "INSERT INTO gatehouse_schema (one, version, fingerprint) VALUES (?, ?, ?)",
        true,
        version,
        fingerprint(parts(db, dialect)));
  }

  private static void migrate(DataSource source, Dialect dialect) {
    JavaMigration[] migrations = new JavaMigration[dialect.version()];
    for (int i = 0; i < migrations.length; i++) {
      migrations[i] = new Migration(dialect, i + 1);
    }
    try {
      Flyway.configure()
          .dataSource(source)
          .table("gatehouse_history")
          .locations(new String[0])
          .javaMigrations(migrations)
          // The application's own tables may stand beside ours.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new ConfigurationException(
          new Problem(
              FIELD,
              "store.migration",
              "can't be made or upgraded: " + firstLine(e),
              "let the user create tables and functions; nothing of the step was kept"));
    }
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static ConfigurationException edited(String message) {
    return refused(
        "store.edited",
        "was edited: " + message,
        "restore it from a backup, or undo what was changed by hand");
  }

  private static ConfigurationException refused(String code, String message, String remedy) {
    return new ConfigurationException(new Problem(FIELD, code, message, remedy));
  }
}
