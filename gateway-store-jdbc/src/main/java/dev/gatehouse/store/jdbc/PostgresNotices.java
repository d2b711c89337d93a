package dev.gatehouse.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the processes on one database that something may be due, and hears of it. A notice is not
 * sent in the transaction that it is about: notices make commits wait for each other, and one that
 * is lost costs only the time until somebody looks anyway. Many at once are one. Thread-safe.
 */
final class PostgresNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);

  /** How soon a thread that listens sees that it is to end. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /** What is announced meanwhile is told with the next notice: each costs a transaction. */
  private static final Duration BETWEEN_NOTICES = Duration.ofMillis(20);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final DataSource forSending;
  private final DataSource forListening;
  private final String channel;
  private final Semaphore toSend = new Semaphore(0);
  private final Semaphore ending = new Semaphore(0);
  private volatile @Nullable Thread sender;
  private @Nullable Thread listener;
  private volatile boolean closed;

  PostgresNotices(DataSource forSending, DataSource forListening, String channel) {
    this.forSending = forSending;
    this.forListening = forListening;
    this.channel = channel;
  }

  /** Soon, by a thread of its own. */
  void announce() {
    if (sender == null) {
      startSender();
    }
    if (toSend.availablePermits() == 0) {
      toSend.release();
    }
  }

  private synchronized void startSender() {
    if (sender == null && !closed) {
      sender = started("gatehouse-announces", this::sendAll);
    }
  }

  private void sendAll() {
    while (!closed) {
      toSend.acquireUninterruptibly();
      if (!closed) {
        try (Session session = Session.of(forSending)) {
          WakeSignal.send(session, channel);
        } catch (SQLException | RuntimeException e) {
          LOG.debug("nobody is told of what is due; it is found by looking", e);
        }
        await(BETWEEN_NOTICES);
      }
    }
  }

  /** From now on, once for all. */
  synchronized void listen(Runnable heard) {
    if (listener == null && !closed) {
      listener = started("gatehouse-listens", () -> hear(heard));
    }
  }

  /** Pools may throw anything, above all when they are closed before we are. */
  private void hear(Runnable heard) {
    while (!closed) {
      try (Session session = Session.of(forListening)) {
        session.run("LISTEN \"" + channel.replace("\"", "\"\"") + '"');
        heard.run(); // What came before this can't be heard any more.
        hear(session.connection().unwrap(PGConnection.class), heard);
        session.run("UNLISTEN *");
      } catch (SQLException | RuntimeException e) {
        LOG.debug("what others commit is not heard of; it is found by looking", e);
        await(AFTER_A_FAILURE);
      }
    }
  }

  private void hear(PGConnection connection, Runnable heard) throws SQLException {
    while (!closed) {
      PGNotification[] notices = connection.getNotifications((int) BREATH.toMillis());
      if (notices != null && notices.length > 0) {
        heard.run();
      }
    }
  }

  private void await(Duration longest) {
    try {
      if (ending.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.trace("it is to end");
      }
    } catch (InterruptedException e) {
      LOG.trace("nobody interrupts this thread");
    }
  }

  private static Thread started(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Its threads end by themselves within a breath. */
  @Override
  public synchronized void close() {
    closed = true;
    toSend.release();
    ending.release(2);
  }
}
