package dev.gatehouse.store.jdbc.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.jdbc.SqliteFiles;
import dev.gatehouse.store.jdbc.death.Audit.Offence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit of a shop that was killed finds what is planted. */
class AuditTest {
  @RegisterExtension final SqliteFiles files = new SqliteFiles();

  @Test
  void a_store_that_acknowledges_before_it_commits_is_found() {
    assertFound(Planted.ACKNOWLEDGES_BEFORE_COMMIT, Offence.WRITE_LOST);
  }

  @Test
  void a_delivery_that_is_acknowledged_before_the_hook_took_it_is_found() {
    assertFound(Planted.ACKNOWLEDGES_BEFORE_HOOK, Offence.EVENT_LOST);
  }

  @Test
  void a_charge_that_is_made_twice_is_found() {
    assertFound(Planted.CHARGES_TWICE, Offence.CHARGED_TWICE);
  }

  private void assertFound(Planted planted, Offence expected) {
    try (ShopRun run = new ShopRun(Place.sqlite(files.newFile()), planted)) {
      ShopNode node = run.start("planted", List.of("a", "b", "c", "d"));
      node.awaitMore(60);
      node.kill();

      assertThat(run.finish().found()).extracting(Audit.Violation::offence).contains(expected);
    }
  }
}
