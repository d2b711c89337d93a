package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A database on a server, on which each process opens a store of its own. */
final class SimulatedPostgres implements SimulatedStore {
  private static final StoreOptions FEW = StoreOptions.defaults().withConnections(2);

  private final Map<String, JdbcStore> stores = new ConcurrentHashMap<>();

  /** Opened already, so that the first process starts sooner; others use it after us. */
  private final JdbcStore shared = TestPostgres.emptyStore();

  @Override
  public Store of(String process) {
    return stores.computeIfAbsent(process, name -> stores.isEmpty() ? shared : open());
  }

  private static JdbcStore open() {
    return JdbcStore.postgres(
        TestPostgres.sharedUrl(), TestPostgres.USER, TestPostgres.PASSWORD, FEW);
  }

  @Override
  public void died(String process) {
    JdbcStore lost = stores.put(process, open());
    close(lost);
  }

  private void close(@Nullable JdbcStore store) {
    if (store != null && store != shared) {
      store.close();
    }
  }

  @Override
  public void close() {
    stores.values().forEach(this::close);
  }
}
