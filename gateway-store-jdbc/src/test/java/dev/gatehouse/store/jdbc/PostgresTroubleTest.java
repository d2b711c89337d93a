package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.scenario.TroubleScenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * A PostgreSQL database that nothing can be kept in for a while, in each way that it can happen.
 */
class PostgresTroubleTest {
  /** Started when it is first needed. */
  private static final class Server {
    private static final StoppableServer ONE = new StoppableServer();
  }

  @Nested
  class FullDisk extends TroubleScenarios {
    FullDisk() {
      super(new Full());
    }
  }

  @Nested
  class ReadOnlyDatabase extends TroubleScenarios {
    ReadOnlyDatabase() {
      super(new ReadOnly());
    }
  }

  /** The old primary keeps a commit, its answer is lost, and for a while there is no primary. */
  @Nested
  class FailOverInTheMiddleOfACommit extends TroubleScenarios {
    FailOverInTheMiddleOfACommit() {
      super(new FailingOver());
    }
  }

  @Nested
  class ServerThatStopsInTheMiddleOfATransaction extends TroubleScenarios {
    ServerThatStopsInTheMiddleOfATransaction() {
      super(new Stopping());
    }

    @AfterAll
    static void discardServer() {
      Server.ONE.close();
    }
  }

  private abstract static class OneDatabase implements TroubleScenarios.Troubled {
    private static final StoreOptions HASTY =
        StoreOptions.defaults().withConnections(2).withConnectionWait(Duration.ofMillis(300));

    final String url;
    private JdbcStore store;

    OneDatabase(String url) {
      this.url = url;
      this.store = open();
    }

    private JdbcStore open() {
      return JdbcStore.postgres(url, USER, PASSWORD, HASTY);
    }

    /** The pool finds by itself that there is a server again; it looks every 5 s at least. */
    final void awaitAnswer() {
      long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      boolean answered = false;
      while (!answered) {
        try {
          store.backlogs();
          answered = true;
        } catch (StoreFailedException e) {
          if (System.nanoTime() - latest > 0) {
            throw e;
          }
        }
      }
    }

    @Override
    public Store of(String process) {
      return store;
    }

    @Override
    public void died(String process) {
      store.close();
      store = open();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** As a server that has no room says it. */
  private static final class Full extends OneDatabase {
    private static final List<String> TABLES =
        List.of("gatehouse_payment", "gatehouse_checkout", "gatehouse_delivery");

    Full() {
      super(TestPostgres.newDatabase());
    }

    @Override
    public void begins() {
      TestPostgres.run(
          url,
          "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
      for (String table : TABLES) {
        TestPostgres.run(
            url,
            "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON "
                + table
                + " FOR EACH ROW EXECUTE FUNCTION no_room()");
      }
    }

    @Override
    public void ends() {
      for (String table : TABLES) {
        TestPostgres.run(url, "DROP TRIGGER no_room ON " + table);
      }
      TestPostgres.run(url, "DROP FUNCTION no_room");
    }
  }

  private static final class ReadOnly extends OneDatabase {
    ReadOnly() {
      super(TestPostgres.newDatabase());
    }

    @Override
    public void begins() {
      TestPostgres.makeReadOnly(url);
    }

    @Override
    public void ends() {
      TestPostgres.makeWritable(url);
      awaitAnswer();
    }
  }

  private static final class FailingOver extends OneDatabase {
    private final int server;
    private final LossyProxy proxy;

    FailingOver() {
      this(TestPostgres.newDatabase());
    }

    private FailingOver(String url) {
      this(url, port(url), proxy(port(url)));
    }

    private FailingOver(String url, int server, LossyProxy proxy) {
      // The proxy knows a commit by its text, so it must be sent each time.
      super(url.replace(":" + server + "/", ":" + proxy.port() + "/") + "?prepareThreshold=0");
      this.server = server;
      this.proxy = proxy;
    }

    private static int port(String url) {
      return Integer.parseInt(url.substring(url.indexOf("localhost:") + 10, url.lastIndexOf('/')));
    }

    private static LossyProxy proxy(int server) {
      try {
        return new LossyProxy(server);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void begins() {
      proxy.lose(LossyProxy.Lose.ANSWER_AND_ALL_AFTER);
    }

    @Override
    public void ends() {
      proxy.leadTo(server);
      awaitAnswer();
    }

    @Override
    public void close() {
      super.close();
      proxy.close();
    }
  }

  private static final class Stopping extends OneDatabase {
    Stopping() {
      super(Server.ONE.newDatabase());
    }

    @Override
    public void begins() {
      Server.ONE.stopInNextTransaction(url);
    }

    @Override
    public void ends() {
      Server.ONE.startAgain();
      awaitAnswer();
    }
  }
}
