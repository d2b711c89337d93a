package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.OutboxContract;

class PostgresOutboxTest extends OutboxContract {
  @Override
  protected Store newStore() {
    return TestPostgres.emptyStore();
  }
}
