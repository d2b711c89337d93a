package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.StoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteStoreTest extends StoreContract {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Override
  protected Store newStore() {
    return files.newStore();
  }
}
