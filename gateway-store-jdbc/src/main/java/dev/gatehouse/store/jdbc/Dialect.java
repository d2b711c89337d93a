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

  private static final String NOT_HISTORY = "relname <> 'gatehouse_history'";

  private static final String OUR_TABLE =
      " t.relnamespace = current_schema()::regnamespace AND t.relname" + OURS + "t." + NOT_HISTORY;

  /**
   * Only what PostgreSQL 13 and all later ones say in the same words, since a server that is
   * upgraded keeps the fingerprint.
   */
  static final Dialect POSTGRES =
      new Dialect(
          1,
          version -> Migration.script("postgres", version),
          "SELECT 1 FROM pg_class WHERE relname = ? AND relnamespace = current_schema()::regnamespace",
          List.of(
              "SELECT concat_ws(' ', 'table', relname, relkind, relpersistence, relrowsecurity,"
                  + " relforcerowsecurity) FROM pg_class t WHERE relkind NOT IN ('i', 'I') AND"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable,"
                  + " column_default, collation_name, is_identity, identity_generation,"
                  + " is_generated) FROM information_schema.columns"
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
                  + " WHERE contype <> 'n' AND"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'function', proname, pg_get_function_arguments(p.oid),"
                  + " 'returns', pg_get_function_result(p.oid), lanname, prokind, provolatile,"
                  + " proisstrict, prosecdef, proleakproof, proconfig, md5(prosrc))"
                  + " FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE proname"
                  + OURS
                  + "pronamespace = current_schema()::regnamespace",
              "SELECT concat_ws(' ', 'trigger', relname, pg_get_triggerdef(g.oid), tgenabled)"
                  + " FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid"
                  + " WHERE NOT tgisinternal AND"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'rule', relname, rulename) FROM pg_rewrite r"
                  + " JOIN pg_class t ON t.oid = r.ev_class WHERE"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'policy', relname, polname) FROM pg_policy y"
                  + " JOIN pg_class t ON t.oid = y.polrelid WHERE"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'child', relname, i.inhrelid::regclass) FROM pg_inherits i"
                  + " JOIN pg_class t ON t.oid = i.inhparent WHERE"
                  + OUR_TABLE,
              "SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, min_value,"
                  + " max_value, increment_by, cycle, cache_size) FROM pg_sequences"
                  + " WHERE sequencename"
                  + OURS
                  + "schemaname = current_schema()"),
          false);
}
