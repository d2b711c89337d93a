package dev.gatehouse.testkit.store;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.SearchContract;

class InMemorySearchTest extends SearchContract {
  @Override
  protected Store newStore() {
    return new InMemoryStore();
  }
}
