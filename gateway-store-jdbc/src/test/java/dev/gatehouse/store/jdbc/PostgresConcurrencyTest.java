package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Several nodes on one database. */
class PostgresConcurrencyTest extends ConcurrencyContract {
  private final List<JdbcStore> stores = new ArrayList<>();

  @Override
  List<JdbcStore> newStores() {
    TestPostgres.emptyStore();
    for (int i = 0; i < 3; i++) {
      stores.add(JdbcStore.postgres(TestPostgres.sharedUrl(), USER, PASSWORD));
    }
    return stores;
  }

  @AfterEach
  void close() {
    stores.forEach(JdbcStore::close);
  }
}
