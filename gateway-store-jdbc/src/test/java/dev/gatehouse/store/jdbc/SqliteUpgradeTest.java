package dev.gatehouse.store.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sqlite.SQLiteDataSource;

class SqliteUpgradeTest extends UpgradeContract {
  @RegisterExtension private final SqliteFiles files = new SqliteFiles();

  private Path file = Path.of("none yet");

  SqliteUpgradeTest() {
    super(Dialect.SQLITE, "sqlite");
  }

  @Override
  DataSource newDatabase() {
    file = files.newFolder().resolve("store.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  JdbcStore open() {
    return JdbcStore.sqlite(file);
  }
}
