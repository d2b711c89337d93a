package dev.gatehouse.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a pool's connections that were opened while the database was read-only, or that
 * lead to what was its primary: they stay so, whatever the database is now, and no pool finds that
 * out by itself. So what was refused is tried once more with a connection that is new. If that one
 * may write, all others are replaced; while it may not, they stay, and are good for reading.
 * Thread-safe.
 */
final class StalePool {
  private static final Logger LOG = LoggerFactory.getLogger(StalePool.class);

  private final HikariDataSource pool;
  private final DataSource single;
  private final Duration wait;

  /** One new connection at a time, however many callers are refused. */
  private final ReentrantLock trying = new ReentrantLock(true);

  StalePool(HikariDataSource pool, DataSource single, Duration wait) {
    this.pool = pool;
    this.single = single;
    this.wait = wait;
  }

  /**
   * After one connection was lost, others of the pool may be dead as well, and the pool looks at
   * none that was alive a moment ago. Who tries again has a new one.
   */
  void replaceAll() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /** Does what was refused, of which nothing was kept, or throws the refusal. */
  <T> T again(Work<T> work, SQLException refusal) throws SQLException {
    demandTurn(refusal);
    try (Session session = open(refusal)) {
      return within(session, work);
    } finally {
      trying.unlock();
    }
  }

  private void demandTurn(SQLException refusal) throws SQLException {
    try {
      if (!trying.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw refusal;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal;
    }
  }

  private Session open(SQLException refusal) throws SQLException {
    try {
      return Session.of(single);
    } catch (SQLException e) {
      LOG.debug("a read-only database can't be asked again", e);
      throw refusal;
    }
  }

  private <T> T within(Session session, Work<T> work) throws SQLException {
    boolean mayWrite = true;
    try {
      return work.in(session);
    } catch (SQLException e) {
      mayWrite = !Failures.isReadOnly(e);
      throw e;
    } finally {
      if (mayWrite) {
        LOG.info("the database can be written to again: all connections to it are replaced");
        replaceAll();
      }
    }
  }
}
