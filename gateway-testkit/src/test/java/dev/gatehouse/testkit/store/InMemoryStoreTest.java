package dev.gatehouse.testkit.store;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.StoreContract;

class InMemoryStoreTest extends StoreContract {
  @Override
  protected Store newStore() {
    return new InMemoryStore();
  }

  @Override
  protected int commitsWhileRead() {
    return 5_000;
  }
}
