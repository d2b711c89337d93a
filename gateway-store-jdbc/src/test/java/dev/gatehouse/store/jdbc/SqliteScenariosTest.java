package dev.gatehouse.store.jdbc;

import dev.gatehouse.testkit.scenario.EveryStepScenarios;
import dev.gatehouse.testkit.scenario.HookScenarios;
import dev.gatehouse.testkit.scenario.IdempotencyScenarios;
import dev.gatehouse.testkit.scenario.MoneyLeftOverScenarios;
import dev.gatehouse.testkit.scenario.RecoveryScenarios;
import dev.gatehouse.testkit.scenario.WebhookScenarios;
import org.junit.jupiter.api.Nested;

/** The scenarios that must hold over every store, over SQLite. */
class SqliteScenariosTest {
  @Nested
  class Recovery extends RecoveryScenarios {
    Recovery() {
      super(SimulatedSqlite::new);
    }
  }

  @Nested
  class Idempotency extends IdempotencyScenarios {
    Idempotency() {
      super(SimulatedSqlite::new);
    }
  }

  @Nested
  class Webhook extends WebhookScenarios {
    Webhook() {
      super(SimulatedSqlite::new);
    }
  }

  @Nested
  class Hook extends HookScenarios {
    Hook() {
      super(SimulatedSqlite::new);
    }
  }

  @Nested
  class MoneyLeftOver extends MoneyLeftOverScenarios {
    MoneyLeftOver() {
      super(SimulatedSqlite::new);
    }
  }

  @Nested
  class EveryStep extends EveryStepScenarios {
    EveryStep() {
      super(SimulatedSqlite::new);
    }
  }
}
