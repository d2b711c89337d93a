package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** How a server is reached, and whether it is one that we can work with. */
final class PostgresServer {
  private static final int OLDEST = 13;
  private static final String FIELD = "database";

  /** Nodes that still run hold tables for a moment only. */
  private static final Duration UPGRADES_WAIT = Duration.ofMinutes(1);

  private record Found(
      int version,
      String encoding,
      String isolation,
      boolean standby,
      boolean readOnly,
      boolean forgetful) {}

  private PostgresServer() {}

  static PGSimpleDataSource source(String url, String user, String password, StoreOptions options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          new Problem(
              "url",
              "store.url",
              "is not an address of PostgreSQL",
              "write it like jdbc:postgresql://host:5432/database"));
    }
    source.setUser(user);
    source.setPassword(password);
    source.setTcpKeepAlive(true);
    source.setConnectTimeout(seconds(options.connectionWait()));
    // The server's own time-outs come first; this one is for a server that is gone.
    source.setSocketTimeout(seconds(options.statementTimeout().plusSeconds(5)));
    source.setApplicationName("gatehouse");
    source.setOptions(settings(options.statementTimeout(), options.lockTimeout()));
    return source;
  }

  /** For steps of the schema, which take as long as the tables are large. */
  static PGSimpleDataSource forUpgrades(
      String url, String user, String password, StoreOptions options) {
    PGSimpleDataSource source = source(url, user, password, options);
    source.setSocketTimeout(0);
    source.setOptions(settings(Duration.ZERO, UPGRADES_WAIT));
    return source;
  }

  /** A time of zero is none. */
  private static String settings(Duration statementTimeout, Duration lockTimeout) {
    return "-c statement_timeout="
        + statementTimeout.toMillis()
        + " -c lock_timeout="
        + lockTimeout.toMillis()
        // A node that is stopped between two statements gives back what it locked.
        + " -c idle_in_transaction_session_timeout="
        + statementTimeout.toMillis()
        + " -c default_transaction_isolation=read\\ committed"
        // Whatever the server's own choice: what it acknowledged must outlive its death.
        + " -c synchronous_commit=on";
  }

  private static int seconds(Duration time) {
    return (int) Math.max(1, time.plusMillis(999).toSeconds());
  }

  /** Refuses, all at once, what we can't work with. */
  static void demandFit(Session session) throws SQLException {
    Found found =
        session
            .first(
                "SELECT current_setting('server_version_num')::int / 10000,"
                    + " current_setting('server_encoding'),"
                    + " current_setting('default_transaction_isolation'),"
                    + " pg_is_in_recovery(), current_setting('transaction_read_only') = 'on',"
                    + " current_setting('synchronous_commit') = 'off'",
                row ->
                    new Found(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6)))
            .orElseThrow();
    List<Problem> problems = problems(found);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static List<Problem> problems(Found found) {
    List<Problem> problems = new ArrayList<>();
    if (found.version < OLDEST) {
      problems.add(
          problem("store.old-server", "is PostgreSQL " + found.version, "use 13 or a later one"));
    }
    if (!found.encoding.equals("UTF8")) {
      problems.add(
          problem("store.encoding", "is in " + found.encoding, "create it with ENCODING 'UTF8'"));
    }
    if (!found.isolation.equals("read committed")) {
      problems.add(
          problem(
              "store.isolation",
              "begins transactions in " + found.isolation,
              "set default_transaction_isolation to 'read committed' for this user"));
    }
    if (found.standby || found.readOnly) {
      problems.add(problem("store.read-only", "is read-only", "connect to the primary"));
    }
    if (found.forgetful) {
      problems.add(
          problem(
              "store.not-durable",
              "acknowledges commits before they are on its disk",
              "set synchronous_commit to 'on' for this user"));
    }
    return problems;
  }

  /** Why the database can't be opened. */
  static Problem problem(SQLException e) {
    String state = Failures.state(e);
    if (state.startsWith("28")) {
      return problem("store.credentials", "refused the user or password", "see both settings");
    }
    return switch (state) {
      case "3D000" -> problem("store.database", "does not exist", "create it first");
      case "42501" ->
          problem(
              "store.privilege",
              "does not let this user create or use tables",
              "grant it CREATE and USAGE on the schema");
      case "25006" -> problem("store.read-only", "is read-only", "connect to the primary");
      case "53300" -> problem("store.connections", "has no connection left", "allow it more");
      default ->
          Failures.isLost(e)
              ? problem(
                  "store.unreachable", "can't be reached", "see that it runs, and its address")
              : problem("store.failed", "can't be opened (" + state + ")", "look at its log");
    };
  }

  private static Problem problem(String code, String message, String remedy) {
    return new Problem(FIELD, code, message, remedy);
  }
}
