package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
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
}
