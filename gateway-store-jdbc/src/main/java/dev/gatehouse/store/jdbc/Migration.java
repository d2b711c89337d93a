package dev.gatehouse.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * One step of the schema. Its file is read by us, since a named module's resources are hidden from
 * a search of the class path. Files never change after a release.
 */
final class Migration implements JavaMigration {
  private final Dialect dialect;
  private final int version;

  Migration(Dialect dialect, int version) {
    this.dialect = dialect;
    this.version = version;
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion(String.valueOf(version));
  }

  @Override
  public String getDescription() {
    return "version " + version;
  }

  @Override
  public Integer getChecksum() {
    CRC32 crc = new CRC32();
    crc.update(dialect.scripts().apply(version).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Session session = Session.of(context.getConnection());
    try (Statement statement = context.getConnection().createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
    Schema.keep(session, dialect, version);
  }

  private List<String> statements() {
    String script = dialect.scripts().apply(version);
    return dialect.oneByOne() ? Arrays.asList(script.split(";\n")) : List.of(script);
  }

  /** The file of a step. */
  static String script(String database, int version) {
    String name = "/META-INF/gatehouse-store/" + database + "-" + version + ".sql";
    try (InputStream in = Migration.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the module lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be read", e);
    }
  }
}
