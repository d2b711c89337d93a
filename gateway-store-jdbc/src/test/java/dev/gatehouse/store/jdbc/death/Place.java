package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.store.jdbc.JdbcStore;
import java.nio.file.Path;

/**
 * Where a shop keeps its records, as it is told to its processes.
 *
 * @param name {@code sqlite:} and a file, or an address of PostgreSQL
 */
record Place(String name) {
  private static final String SQLITE = "sqlite:";
  private static final String USER = "postgres";

  static Place of(String name) {
    return new Place(name);
  }

  static Place sqlite(Path file) {
    return new Place(SQLITE + file);
  }

  JdbcStore open() {
    return name.startsWith(SQLITE)
        ? JdbcStore.sqlite(Path.of(name.substring(SQLITE.length())))
        : JdbcStore.postgres(name, USER, USER);
  }
}
