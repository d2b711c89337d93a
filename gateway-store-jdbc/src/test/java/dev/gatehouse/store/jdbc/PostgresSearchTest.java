package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.SearchContract;

class PostgresSearchTest extends SearchContract {
  @Override
  protected Store newStore() {
    return TestPostgres.emptyStore();
  }
}
