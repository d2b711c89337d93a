package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.SearchContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteSearchTest extends SearchContract {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Override
  protected Store newStore() {
    return files.newStore();
  }
}
