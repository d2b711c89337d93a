package dev.gatehouse.testkit.scenario;

import dev.gatehouse.testkit.simulator.EventsAsTold;
import org.junit.jupiter.api.Nested;

/** The scenarios that must hold over every store, in memory; events are as their schemas say. */
class InMemoryScenariosTest {
  @Nested
  class Recovery extends RecoveryScenarios {
    Recovery() {
      super(EventsAsTold::inMemory);
    }
  }

  @Nested
  class Idempotency extends IdempotencyScenarios {
    Idempotency() {
      super(EventsAsTold::inMemory);
    }
  }

  @Nested
  class Webhook extends WebhookScenarios {
    Webhook() {
      super(EventsAsTold::inMemory);
    }
  }

  @Nested
  class Hook extends HookScenarios {
    Hook() {
      super(EventsAsTold::inMemory);
    }
  }

  @Nested
  class MoneyLeftOver extends MoneyLeftOverScenarios {
    MoneyLeftOver() {
      super(EventsAsTold::inMemory);
    }
  }

  @Nested
  class EveryStep extends EveryStepScenarios {
    EveryStep() {
      super(EventsAsTold::inMemory);
    }
  }
}
