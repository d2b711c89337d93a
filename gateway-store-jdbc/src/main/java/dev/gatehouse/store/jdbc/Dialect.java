package dev.gatehouse.store.jdbc;

import java.util.List;
import java.util.function.IntFunction;

/**
 * How one of the databases makes and names its parts.
 *
 * @param version the newest of its schema, which this code works with
 * @param scripts what leads to each version from the one before
 * @param exists whether a table of a name is there
 * @param parts everything that belongs to our schema, a line for each part, in any order
 * @param oneByOne whether the statements of a file have to be run one after another
 */
record Dialect(
    int version, IntFunction<String> scripts, String exists, List<String> parts, boolean oneByOne) {
  static final Dialect SQLITE =
      new Dialect(
          1,
          version -> Migration.script("sqlite", version),
          "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
          List.of(
              "SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || sql FROM sqlite_master"
                  + " WHERE tbl_name LIKE 'gatehouse\\_%' ESCAPE '\\' AND sql IS NOT NULL"
                  + " AND tbl_name <> 'gatehouse_history'"),
          true);

  private static final String OURS = " LIKE 'gatehouse\\_%' AND ";

  static final Dialect POSTGRES =
      new Dialect(
          1,
          version -> Migration.script("postgres", version),
          "SELECT 1 FROM pg_class WHERE relname = ? AND relnamespace = current_schema()::regnamespace",
          List.of(
              "SELECT concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable,"
                  + " column_default, collation_name) FROM information_schema.columns"
                  + " WHERE table_schema = current_schema() AND table_name"
                  + OURS
                  + "table_name <> 'gatehouse_history'",
              "SELECT concat_ws(' ', 'index', indexname, indexdef) FROM pg_indexes"
                  + " WHERE schemaname = current_schema() AND tablename"
                  + OURS
                  + "tablename <> 'gatehouse_history'",
              // Newer servers list what is NOT NULL here, too; older ones do not.
              "SELECT concat_ws(' ', 'constraint', relname, conname, pg_get_constraintdef(c.oid))"
                  + " FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
                  + " WHERE relnamespace = current_schema()::regnamespace AND contype <> 'n'"
                  + " AND relname"
                  + OURS
                  + "relname <> 'gatehouse_history'",
              "SELECT concat_ws(' ', 'function', proname, pg_get_function_arguments(oid),"
                  + " md5(prosrc)) FROM pg_proc WHERE proname"
                  + OURS
                  + "pronamespace = current_schema()::regnamespace",
              "SELECT concat_ws(' ', 'trigger', relname, pg_get_triggerdef(g.oid))"
                  + " FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid"
                  + " WHERE NOT tgisinternal AND relname"
                  + OURS
                  + "relnamespace = current_schema()::regnamespace",
              "SELECT concat_ws(' ', 'sequence', sequencename, increment_by, cycle)"
                  + " FROM pg_sequences WHERE sequencename"
                  + OURS
                  + "schemaname = current_schema()"),
          false);
}
