package dev.gatehouse.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.StaleVersionException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database, shared by any number of nodes. */
final class Postgres implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

  private static final String LEASE =
      """
      WITH p AS MATERIALIZED (
        SELECT 'payment' AS kind, id AS a, '' AS b, wake_at, id AS name
        FROM gatehouse_payment WHERE wake_at <= ? AND gateway <> ALL (?)
        ORDER BY wake_at, id LIMIT ? FOR UPDATE SKIP LOCKED),
      c AS MATERIALIZED (
        SELECT 'checkout' AS kind, id AS a, '' AS b, wake_at, id AS name
        FROM gatehouse_checkout WHERE wake_at <= ?
        ORDER BY wake_at, id LIMIT ? FOR UPDATE SKIP LOCKED),
      i AS MATERIALIZED (
        SELECT 'inbox' AS kind, gateway AS a, notice AS b, wake_at,
          gateway || '/' || notice AS name
        FROM gatehouse_inbox WHERE wake_at <= ? AND gateway <> ALL (?)
        ORDER BY wake_at, gateway, notice LIMIT ? FOR UPDATE SKIP LOCKED),
      due AS MATERIALIZED (
        SELECT * FROM (SELECT * FROM p UNION ALL SELECT * FROM c UNION ALL SELECT * FROM i) each
        ORDER BY wake_at, name LIMIT ?),
      taken_p AS (UPDATE gatehouse_payment t SET wake_at = ? FROM due
        WHERE due.kind = 'payment' AND t.id = due.a),
      taken_c AS (UPDATE gatehouse_checkout t SET wake_at = ? FROM due
        WHERE due.kind = 'checkout' AND t.id = due.a),
      taken_i AS (UPDATE gatehouse_inbox t SET wake_at = ? FROM due
        WHERE due.kind = 'inbox' AND t.gateway = due.a AND t.notice = due.b)
      SELECT kind, a, b FROM due ORDER BY wake_at, name
      """;

  private static final String CLAIM = "SELECT * FROM gatehouse_claim(?, ?, ?, ?)";

  private final DataSource source;
  private final PostgresNotices notices;
  private final PostgresAcknowledgements acknowledgements = new PostgresAcknowledgements(this);
  private final Home home;
  private final Optional<StalePool> own;
  private final Runnable closing;
  private volatile boolean closed;

  /**
   * @param own empty if the pool is the application's, who has to see to it
   */
  private Postgres(
      DataSource source,
      DataSource listening,
      Home home,
      Optional<StalePool> own,
      Runnable closing) {
    this.source = source;
    this.home = home;
    this.own = own;
    this.closing = closing;
    this.notices = new PostgresNotices(source, listening, WakeSignal.channel(home.schema()));
  }

  static Postgres open(String url, String user, String password, StoreOptions options) {
    PGSimpleDataSource single = PostgresServer.source(url, user, password, options);
    Home home = prepare(single, PostgresServer.forUpgrades(url, user, password, options));
    HikariConfig config = new HikariConfig();
    config.setDataSource(single);
    config.setPoolName("gatehouse-store");
    config.setMaximumPoolSize(options.connections());
    config.setConnectionTimeout(Math.max(250, options.connectionWait().toMillis()));
    config.setInitializationFailTimeout(-1);
    // The server remembers plans. One that was made while a table was small would read all of it,
    // however large it has become since. (What has no index, if anything, is not worth compiling.)
    config.setConnectionInitSql("SET enable_seqscan = off; SET jit = off");
    HikariDataSource pool = new HikariDataSource(config);
    StalePool own = new StalePool(pool, single, options.connectionWait());
    return new Postgres(pool, single, home, Optional.of(own), pool::close);
  }

  static Postgres open(DataSource pool) {
    Home home = prepare(pool, pool);
    return new Postgres(pool, pool, home, Optional.empty(), () -> {});
  }

  /** Makes the tables ready; says where they are. */
  private static Home prepare(DataSource source, DataSource forUpgrades) {
    try {
      try (Session session = Session.of(source)) {
        PostgresServer.demandFit(session);
        Schema.check(session, Dialect.POSTGRES);
      }
      Schema.open(forUpgrades, Dialect.POSTGRES);
      try (Session session = Session.of(source)) {
        return Home.of(session);
      }
    } catch (SQLException e) {
      LOG.debug("the database can't be opened", e);
      throw new ConfigurationException(PostgresServer.problem(e));
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      return with(work);
    } catch (SQLException e) {
      throw Failures.ofPostgres(e);
    }
  }

  private <T> T with(Work<T> work) throws SQLException {
    try (Session session = open()) {
      return work.in(session);
    } catch (SQLException e) {
      if (own.isEmpty() || !Failures.isReadOnly(e)) {
        throw e;
      }
      return own.get().again(work, e);
    }
  }

  private Session open() throws SQLException {
    if (closed) {
      throw Failures.closed();
    }
    return Session.of(source);
  }

  @Override
  public <T> T write(Work<T> work) {
    return read(session -> answered(() -> work.in(session)));
  }

  @Override
  public <T> T transaction(Work<T> work) {
    return read(
        session -> {
          Connection connection = session.connection();
          connection.setAutoCommit(false);
          try {
            T result = work.in(session);
            answered(
                () -> {
                  connection.commit();
                  return true;
                });
            return result;
          } catch (SQLException | RuntimeException | Error e) {
            undo(connection);
            throw e;
          } finally {
            commitByItself(connection);
          }
        });
  }

  /** Something after which a change is kept, if it is answered; and may be, if it is not. */
  private interface Step<T> {
    T run() throws SQLException;
  }

  private static <T> T answered(Step<T> step) throws SQLException {
    try {
      return step.run();
    } catch (SQLException e) {
      if (Failures.isLost(e)) {
        throw Failures.unknown(e);
      }
      throw e;
    }
  }

  /** How the transaction ended is known already; whoever takes the connection next tries again. */
  private static void commitByItself(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("the connection was lost after a transaction", e);
    }
  }

  /** What went wrong before is told to the caller; that this fails, too, says nothing more. */
  private static void undo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("the transaction ends with its connection", e);
    }
  }

  /**
   * When the connection breaks, the commit may have been kept or not. Sending it again is safe: the
   * versions let it in once. If they refuse it then, what is stored says whose it is.
   */
  @Override
  public void commit(Rows rows) {
    Optional<SQLException> lost = send(rows);
    if (lost.isEmpty()) {
      return;
    }
    LOG.info("the connection was lost during a commit, which is sent again", lost.get());
    own.ifPresent(StalePool::replaceAll);
    try {
      if (send(rows).isPresent()) {
        throw Failures.unknown(lost.get());
      }
    } catch (StaleVersionException stale) {
      settle(rows, stale, lost.get());
    } catch (StoreFailedException e) {
      throw Failures.unknown(lost.get());
    }
  }

  /** The loss of the connection while the answer was awaited; other failures are thrown. */
  private Optional<SQLException> send(Rows rows) {
    return read(
        session -> {
          try {
            PostgresCommit.write(session, rows);
            return Optional.empty();
          } catch (SQLException e) {
            if (Failures.isLost(e)) {
              return Optional.of(e);
            }
            throw e;
          }
        });
  }

  private void settle(Rows rows, StaleVersionException stale, SQLException lost) {
    Verdict verdict;
    try {
      verdict = read(session -> Verdict.of(session, rows));
    } catch (StoreFailedException e) {
      throw Failures.unknown(lost);
    }
    switch (verdict) {
      case KEPT -> LOG.info("the commit had been kept");
      case NOT_KEPT -> throw stale;
      default -> throw Failures.unknown(lost);
    }
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return write(session -> claim(session, hook, now, until, limit));
  }

  static List<Delivery> claim(Session db, String hook, Instant now, Instant until, int limit)
      throws SQLException {
    return db.query(CLAIM, Deliveries::delivery, hook, Nanos.of(now), Nanos.of(until), limit);
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    return acknowledgements.acknowledge(deliveries);
  }

  static <T> Array array(Session db, String type, List<T> all, Function<T, Object> value)
      throws SQLException {
    return db.connection().createArrayOf(type, all.stream().map(value).toArray());
  }

  @Override
  public void announce() {
    notices.announce();
  }

  @Override
  public void listen(Runnable heard) {
    notices.listen(heard);
  }

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    return write(session -> lease(session, except, now, until, limit));
  }

  static List<Due> lease(
      Session session, Set<GatewayInstanceId> except, Instant now, Instant until, int limit)
      throws SQLException {
    Long at = Nanos.of(now);
    Long end = Nanos.of(until);
    Array gateways = array(session, "text", List.copyOf(except), GatewayInstanceId::value);
    return session.query(
        LEASE,
        Reads::due,
        at,
        gateways,
        limit,
        at,
        limit,
        at,
        gateways,
        limit,
        limit,
        end,
        end,
        end);
  }

  @Override
  public String locking() {
    return " FOR UPDATE";
  }

  @Override
  public JoinedPostgres join(Connection connection) {
    if (closed) {
      throw Failures.closed();
    }
    return JoinedPostgres.join(connection, this, home);
  }

  @Override
  public void close() {
    closed = true;
    acknowledgements.close();
    notices.close();
    closing.run();
  }
}
