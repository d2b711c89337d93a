package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.StoreContract;

class PostgresStoreTest extends StoreContract {
  @Override
  protected Store newStore() {
    return TestPostgres.emptyStore();
  }
}
