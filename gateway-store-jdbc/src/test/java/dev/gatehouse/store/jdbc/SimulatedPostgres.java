package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.util.HashMap;
import java.util.Map;

/** A database on a server, on which each process opens a store of its own. */
final class SimulatedPostgres implements SimulatedStore {
  private static final StoreOptions FEW = StoreOptions.defaults().withConnections(1);

  private final Map<String, JdbcStore> stores = new HashMap<>();

  SimulatedPostgres() {
    TestPostgres.emptyStore();
  }

  @Override
  public Store of(String process) {
    return stores.computeIfAbsent(
        process,
        name ->
            JdbcStore.postgres(
                TestPostgres.sharedUrl(), TestPostgres.USER, TestPostgres.PASSWORD, FEW));
  }

  @Override
  public void died(String process) {
    JdbcStore lost = stores.remove(process);
    if (lost != null) {
      lost.close();
    }
  }

  @Override
  public void close() {
    stores.values().forEach(JdbcStore::close);
  }
}
