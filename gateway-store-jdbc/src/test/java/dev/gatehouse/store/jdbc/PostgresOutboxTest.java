package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.OutboxContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresOutboxTest extends OutboxContract {
  private static final StoreOptions PATIENT =
      StoreOptions.defaults()
          .withLockTimeout(Duration.ofSeconds(20))
          .withStatementTimeout(Duration.ofSeconds(20));

  @Override
  protected Store newStore() {
    return TestPostgres.emptyStore();
  }

  /** A shop's own transaction holds one customer for as long as this test likes. */
  @Test
  void a_customer_who_is_held_delays_neither_commits_nor_acknowledgements_of_others()
      throws Exception {
    String url = TestPostgres.newDatabase();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, PATIENT);
        Connection own = TestPostgres.connect(url)) {
      for (int i = 0; i < 5; i++) {
        store.commit(Events.created("c" + i, 1));
      }
      List<Delivery> claimed = store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64);
      hold(own, store, "c2");

      CompletableFuture<List<Delivery>> acknowledged =
          CompletableFuture.supplyAsync(() -> store.acknowledge(claimed));
      TestPostgres.awaitLockWaits(url, 1);
      store.commit(again("c1"));
      store.commit(again("c3"));

      assertThat(acknowledged.get(60, TimeUnit.SECONDS)).as("what was changed").isEmpty();
      assertThat(waiting(url)).containsExactly("c1/again", "c2/0", "c3/again");
      assertThat(store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64))
          .extracting(delivery -> delivery.event().header().id())
          .containsExactlyInAnyOrder("c1/again", "c3/again");
      own.rollback();
    }
  }

  @Test
  void what_is_held_is_acknowledged_when_it_is_free_and_its_hook_is_not_told_again()
      throws Exception {
    String url = TestPostgres.newDatabase();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, PATIENT);
        Connection own = TestPostgres.connect(url)) {
      store.commit(Events.created("ann", 2));
      store.commit(Events.created("bob", 1));
      List<Delivery> claimed = store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64);
      hold(own, store, "ann");

      assertThat(store.acknowledge(claimed)).isEmpty();
      assertThat(waiting(url)).containsExactly("ann/0", "ann/1");
      own.commit();

      awaitGone(url, "ann/0");
      assertThat(store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64))
          .extracting(delivery -> delivery.event().header().id())
          .containsExactly("ann/1");
      assertThat(waiting(url)).containsExactly("ann/1", "ann/again");
    }
  }

  @Test
  void whoever_tells_the_hook_hears_that_the_next_one_is_due_when_a_held_one_is_done()
      throws Exception {
    String url = TestPostgres.newDatabase();
    Semaphore announced = new Semaphore(0);
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, PATIENT);
        Postgres real = Postgres.open(url, USER, PASSWORD, PATIENT);
        PostgresAcknowledgements late = new PostgresAcknowledgements(announcing(real, announced));
        Connection own = TestPostgres.connect(url)) {
      store.commit(Events.created("ann", 2));
      List<Delivery> claimed = store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64);
      hold(own, store, "ann");
      assertThat(late.acknowledge(claimed)).isEmpty();
      assertThat(announced.availablePermits()).isZero();

      own.commit();

      assertThat(announced.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
      assertThat(waiting(url)).containsExactly("ann/1", "ann/again");
    }
  }

  private static Database announcing(Database real, Semaphore announced) {
    return (Database)
        Proxy.newProxyInstance(
            Database.class.getClassLoader(),
            new Class<?>[] {Database.class},
            (proxy, method, values) -> {
              if (method.getName().equals("announce")) {
                announced.release();
                return null;
              }
              try {
                return method.invoke(real, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Somebody may offer it again while it is held: then that counts. */
  @Test
  void what_was_replayed_while_it_was_held_is_told_again() throws Exception {
    String url = TestPostgres.newDatabase();
    try (JdbcStore store = JdbcStore.postgres(url, USER, PASSWORD, PATIENT);
        Connection own = TestPostgres.connect(url)) {
      store.commit(Events.created("ann", 1));
      store.commit(Events.created("bob", 1));
      List<Delivery> claimed = store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64);
      hold(own, store, "ann");
      hold(own, store, "bob");
      assertThat(store.acknowledge(claimed)).isEmpty();
      store.in(own).store().replay("crm", "ann/0", Events.NOW);
      own.commit();

      awaitGone(url, "bob/0");
      assertThat(store.claim("crm", Events.NOW, Events.NOW.plusSeconds(300), 64))
          .extracting(delivery -> delivery.event().header().id())
          .containsExactlyInAnyOrder("ann/0", "bob/again");
    }
  }

  private static void hold(Connection own, JdbcStore store, String subject) throws SQLException {
    own.setAutoCommit(false);
    store.in(own).store().commit(again(subject));
  }

  private static Commit again(String subject) {
    return Commit.builder().raise(Events.event(subject + "/again", subject), Set.of("crm")).build();
  }

  private static List<String> waiting(String url) {
    return TestPostgres.lines(url, "SELECT event FROM gatehouse_delivery ORDER BY event");
  }

  private static void awaitGone(String url, String event) {
    long latest = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (waiting(url).contains(event)) {
      assertThat(System.nanoTime() - latest).as("time for " + event).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void a_drop_goes_on_behind_what_somebody_else_took_meanwhile() throws Exception {
    JdbcStore store = TestPostgres.emptyStore();
    for (int i = 100; i < 220; i++) {
      store.commit(Events.created("s" + i, 1));
    }
    try (Connection other = TestPostgres.connect(TestPostgres.sharedUrl());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM gatehouse_subject WHERE subject = 's100' FOR UPDATE");
      statement.execute("DELETE FROM gatehouse_delivery WHERE hook = 'crm' AND subject < 's150'");
      CompletableFuture<Integer> dropped = CompletableFuture.supplyAsync(() -> store.drop("crm"));
      TestPostgres.awaitLockWaits(TestPostgres.sharedUrl(), 1);
      other.commit();

      assertThat(dropped.get(60, TimeUnit.SECONDS)).isEqualTo(70);
    }
    assertThat(store.backlogs()).isEmpty();
  }
}
