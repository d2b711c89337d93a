package dev.gatehouse.testkit.store;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.OutboxContract;

class InMemoryOutboxTest extends OutboxContract {
  @Override
  protected Store newStore() {
    return new InMemoryStore();
  }
}
