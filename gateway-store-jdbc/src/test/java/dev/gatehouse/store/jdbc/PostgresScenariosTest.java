package dev.gatehouse.store.jdbc;

import dev.gatehouse.testkit.scenario.EveryStepScenarios;
import dev.gatehouse.testkit.scenario.HookScenarios;
import dev.gatehouse.testkit.scenario.IdempotencyScenarios;
import dev.gatehouse.testkit.scenario.MoneyLeftOverScenarios;
import dev.gatehouse.testkit.scenario.RecoveryScenarios;
import dev.gatehouse.testkit.scenario.WebhookScenarios;
import org.junit.jupiter.api.Nested;

/** The scenarios that must hold over every store, over PostgreSQL. */
class PostgresScenariosTest {
  @Nested
  class Recovery extends RecoveryScenarios {
    Recovery() {
      super(SimulatedPostgres::new);
    }
  }

  @Nested
  class Idempotency extends IdempotencyScenarios {
    Idempotency() {
      super(SimulatedPostgres::new);
    }
  }

  @Nested
  class Webhook extends WebhookScenarios {
    Webhook() {
      super(SimulatedPostgres::new);
    }
  }

  @Nested
  class Hook extends HookScenarios {
    Hook() {
      super(SimulatedPostgres::new);
    }
  }

  @Nested
  class MoneyLeftOver extends MoneyLeftOverScenarios {
    MoneyLeftOver() {
      super(SimulatedPostgres::new);
    }
  }

  @Nested
  class EveryStep extends EveryStepScenarios {
    EveryStep() {
      super(SimulatedPostgres::new);
    }
  }
}
