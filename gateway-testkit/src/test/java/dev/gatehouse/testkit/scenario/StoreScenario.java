package dev.gatehouse.testkit.scenario;

import dev.gatehouse.testkit.simulator.SimulatedStore;
import org.junit.jupiter.api.AfterEach;

/** Scenarios that must hold over every store; the tests of a store inherit them. */
public abstract class StoreScenario {
  final Shop shop;

  StoreScenario(SimulatedStore.Factory place) {
    this.shop = new Shop(place.open());
  }

  @AfterEach
  final void closeShop() {
    shop.close();
  }
}
