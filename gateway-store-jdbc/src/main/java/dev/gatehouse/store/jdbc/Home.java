package dev.gatehouse.store.jdbc;

import java.sql.SQLException;

/**
 * Which tables on which server a connection means when it names ours: two of them differ unless
 * they are the very same.
 *
 * @param system what the server's cluster was given when it was made; empty if nobody may ask
 * @param database the database's number
 * @param tables the number of our first table, 0 if the connection finds none
 * @param schema where the tables are, empty if there are none
 */
record Home(String system, long database, long tables, String schema) {
  private static final String SYSTEM = "pg_catalog.pg_control_system()";

  static Home of(Session db) throws SQLException {
    boolean mayAsk =
        db.first("SELECT has_function_privilege(?, 'EXECUTE')", row -> row.getBoolean(1), SYSTEM)
            .orElse(false);
    String system = mayAsk ? "(SELECT system_identifier::text FROM " + SYSTEM + ")" : "''";
    return db.first(
            "SELECT "
                + system
                + ", (SELECT oid::bigint FROM pg_catalog.pg_database"
                + " WHERE datname = current_database()), coalesce(c.oid::bigint, 0),"
                + " coalesce(n.nspname, '') FROM (SELECT to_regclass('gatehouse_schema') AS found) f"
                + " LEFT JOIN pg_catalog.pg_class c ON c.oid = f.found"
                + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace",
            row -> new Home(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)))
        .orElseThrow();
  }

  boolean hasTables() {
    return tables != 0;
  }

  /** Where one of the two could not ask for the system, the rest decides. */
  boolean isSameAs(Home other) {
    boolean comparable = !system.isEmpty() && !other.system.isEmpty();
    return (!comparable || system.equals(other.system))
        && database == other.database
        && tables == other.tables;
  }
}
