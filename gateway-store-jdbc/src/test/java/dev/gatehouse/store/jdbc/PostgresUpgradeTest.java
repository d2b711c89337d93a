package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgresUpgradeTest extends UpgradeContract {
  private String url = "none yet";

  PostgresUpgradeTest() {
    super(Dialect.POSTGRES, "postgres");
  }

  @Override
  DataSource newDatabase() {
    url = TestPostgres.newDatabase();
    return PostgresServer.source(url, USER, PASSWORD, StoreOptions.defaults());
  }

  @Override
  JdbcStore open() {
    return JdbcStore.postgres(url, USER, PASSWORD);
  }

  @Test
  void nodes_that_start_together_upgrade_once() throws Exception {
    DataSource source = newDatabase();
    open().close();
    Dialect next = next("CREATE TABLE gatehouse_more (id text PRIMARY KEY)");

    Together.run(4, node -> Schema.open(source, next));

    assertThat(TestPostgres.lines(url, "SELECT version FROM gatehouse_schema"))
        .containsExactly("2");
  }

  @Test
  void a_node_that_looks_while_another_makes_the_tables_finds_them_made() throws Exception {
    DataSource source = newDatabase();

    Schema.open(during(source, () -> open().close()), Dialect.POSTGRES);

    open().close();
  }

  @Test
  void a_node_that_looks_while_another_upgrades_finds_them_upgraded() throws Exception {
    DataSource source = newDatabase();
    open().close();
    Dialect next = next("CREATE TABLE gatehouse_more (id text PRIMARY KEY)");

    Schema.open(during(source, () -> Schema.open(source, next)), next);

    assertThat(TestPostgres.lines(url, "SELECT version FROM gatehouse_schema"))
        .containsExactly("2");
  }

  /** A statement of a shop's is ended after some seconds; a large table takes longer. */
  @Test
  void a_step_takes_as_long_as_it_takes() throws Exception {
    newDatabase();
    open().close();
    StoreOptions brief = StoreOptions.defaults().withStatementTimeout(Duration.ofMillis(200));
    DataSource source = PostgresServer.forUpgrades(url, USER, PASSWORD, brief);

    Schema.open(
        source, next("SELECT pg_sleep(0.3); CREATE TABLE gatehouse_more (id text PRIMARY KEY)"));

    assertThat(TestPostgres.lines(url, "SELECT version FROM gatehouse_schema"))
        .containsExactly("2");
  }

  private interface Act {
    void run() throws SQLException;
  }

  /** Somebody else acts just when we first look at what parts there are. */
  private static DataSource during(DataSource source, Act act) {
    AtomicBoolean once = new AtomicBoolean();
    return around(
        DataSource.class,
        source,
        (method, values) ->
            method.getName().equals("getConnection")
                ? around(
                    Connection.class,
                    source.getConnection(),
                    (asked, given) -> {
                      if (asked.getName().equals("prepareStatement")
                          && given[0].toString().contains("concat_ws")
                          && once.compareAndSet(false, true)) {
                        act.run();
                      }
                      return null;
                    })
                : null);
  }

  private interface Before {
    /** Answers in place of what is asked, or null. */
    @Nullable Object of(Method method, Object[] values) throws SQLException;
  }

  private static <T> T around(Class<T> type, T real, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null
                ? PostgresUpgradeTest.class.getClassLoader()
                : type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, values) -> {
              Object instead = before.of(method, values);
              try {
                return instead != null ? instead : method.invoke(real, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
