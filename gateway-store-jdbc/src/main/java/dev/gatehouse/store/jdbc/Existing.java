package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteDataSource;

/** Refuses what is no store of ours as it has to be, before anything is made or upgraded. */
final class Existing {
  private Existing() {}

  static void demand(Path file) {
    Path real = SqliteFile.checked(file);
    if (!Files.isRegularFile(real)) {
      throw new ConfigurationException(
          new Problem(
              real.toString(),
              "store.missing",
              "is not there",
              "name the file that the application uses"));
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + real);
    try (Session session = Session.of(source.getConnection())) {
      Schema.demandCurrent(session, Dialect.SQLITE);
    } catch (SQLException e) {
      throw new ConfigurationException(SqliteFile.problem(real, e));
    }
  }

  static void demand(String url, String user, String password, StoreOptions options) {
    try (Session session =
        Session.of(PostgresServer.source(url, user, password, options).getConnection())) {
      PostgresServer.demandFit(session);
      Schema.demandCurrent(session, Dialect.POSTGRES);
    } catch (SQLException e) {
      throw new ConfigurationException(PostgresServer.problem(e));
    }
  }
}
