package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.store.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes on one database hear of each other's commits at once. */
class PostgresNoticesTest {
  private static final long LONG = 20;

  private final BlockingQueue<Set<String>> heard = new LinkedBlockingQueue<>();
  private String url;
  private JdbcStore worker;
  private JdbcStore shop;

  @BeforeEach
  void open() throws InterruptedException {
    url = TestPostgres.newDatabase();
    worker = store();
    shop = store();
    worker.subscribe(Set.of("crm"), heard::add);
    assertHeard(); // from the moment it listens, whatever was before
  }

  private JdbcStore store() {
    return JdbcStore.postgres(url, TestPostgres.USER, TestPostgres.PASSWORD);
  }

  @AfterEach
  void close() {
    worker.close();
    shop.close();
  }

  private void assertHeard() throws InterruptedException {
    assertHeard(heard);
  }

  private static void assertHeard(BlockingQueue<Set<String>> heard) throws InterruptedException {
    assertThat(heard.poll(LONG, TimeUnit.SECONDS)).containsExactly("crm");
    heard.clear();
  }

  @Test
  void whoever_tells_a_hook_hears_of_what_a_process_committed_that_tells_none() throws Exception {
    shop.commit(Events.created("ann", 3));
    assertHeard();
  }

  @Test
  void of_its_own_commits_it_hears_without_the_database() throws Exception {
    TestPostgres.run(
        url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    worker.commit(Events.created("ann", 1));

    assertThat(heard).as("before the commit has returned").contains(Set.of("crm"));
  }

  @Test
  void a_commit_without_deliveries_wakes_nobody() throws Exception {
    Commit silent = Commit.builder().raise(Events.event("e", "ann"), Set.of()).build();
    shop.commit(silent);
    shop.commit(Events.created("bob", 1));

    assertHeard();
  }

  @Test
  void whoever_loses_the_connection_listens_again_and_looks_at_once() throws Exception {
    TestPostgres.run(
        url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");

    assertHeard();
    shop.commit(Events.created("ann", 1));
    assertHeard();
  }

  @Test
  void what_the_application_commits_in_its_own_transaction_is_heard_of_when_it_commits()
      throws SQLException, InterruptedException {
    try (Connection connection = TestPostgres.connect(url)) {
      connection.setAutoCommit(false);
      worker.in(connection).store().commit(Events.created("ann", 1));
      assertThat(worker.claim("crm", Events.NOW, Events.NOW, 1)).isEmpty();
      connection.commit();
    }

    assertHeard();
    assertThat(worker.claim("crm", Events.NOW, Events.NOW, 1)).hasSize(1);
  }

  /** As an application's pool may be set up. */
  @ParameterizedTest
  @EnumSource
  void notices_work_with_a_pool_whose_connections_do_not_commit_by_themselves(Role role)
      throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(
        PostgresServer.source(
            url, TestPostgres.USER, TestPostgres.PASSWORD, StoreOptions.defaults()));
    config.setAutoCommit(false);
    try (HikariDataSource pool = new HikariDataSource(config);
        JdbcStore pooled = JdbcStore.postgres(pool)) {
      if (role == Role.LISTENS) {
        BlockingQueue<Set<String>> heardByPooled = new LinkedBlockingQueue<>();
        pooled.subscribe(Set.of("crm"), heardByPooled::add);
        assertHeard(heardByPooled);
        shop.commit(Events.created("ann", 1));
        assertHeard(heardByPooled);
      } else {
        pooled.commit(Events.created("ann", 1));
        assertHeard();
      }
    }
  }

  private enum Role {
    LISTENS,
    SENDS
  }
}
