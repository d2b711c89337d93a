package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.OutboxContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteOutboxTest extends OutboxContract {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Override
  protected Store newStore() {
    return files.newStore();
  }
}
