package dev.gatehouse.testkit.scenario;

import dev.gatehouse.testkit.simulator.SimulatedStore;
import org.junit.jupiter.api.Nested;

/** The scenarios that must hold over every store, in memory. */
class InMemoryScenariosTest {
  @Nested
  class Recovery extends RecoveryScenarios {
    Recovery() {
      super(SimulatedStore::inMemory);
    }
  }

  @Nested
  class Idempotency extends IdempotencyScenarios {
    Idempotency() {
      super(SimulatedStore::inMemory);
    }
  }

  @Nested
  class Webhook extends WebhookScenarios {
    Webhook() {
      super(SimulatedStore::inMemory);
    }
  }

  @Nested
  class Hook extends HookScenarios {
    Hook() {
      super(SimulatedStore::inMemory);
    }
  }

  @Nested
  class MoneyLeftOver extends MoneyLeftOverScenarios {
    MoneyLeftOver() {
      super(SimulatedStore::inMemory);
    }
  }

  @Nested
  class EveryStep extends EveryStepScenarios {
    EveryStep() {
      super(SimulatedStore::inMemory);
    }
  }
}
