package dev.gatehouse.testkit;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;

class InMemoryStoreTest extends StoreContract {
  @Override
  protected Store newStore() {
    return new InMemoryStore();
  }
}
