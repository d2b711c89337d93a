package dev.gatehouse.testkit;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;

class InMemoryOutboxTest extends OutboxContract {
  @Override
  protected Store newStore() {
    return new InMemoryStore();
  }
}
