package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of hooks. */
class HooksCommandTest {
  private static final String ANALYTICS =
      """
      hook.analytics.provider = analytics-ga4
      hook.analytics.measurement-id = G-ABC1234567
      hook.analytics.api-secret = canary-secret-4711
      """;

  @TempDir Path folder;

  private String settings(String text) throws IOException {
    return Files.writeString(folder.resolve("hooks.properties"), text).toString();
  }

  @Test
  void what_is_found_and_open_is_listed_with_what_waits_for_it() throws IOException {
    Path file = folder.resolve("shop.db");
    try (JdbcStore store = JdbcStore.sqlite(file);
        Gatehouse shop =
            Gatehouse.builder()
                .store(store)
                .catalog(GatewayCatalog.of())
                .hook(
                    Hook.named("analytics")
                        .handling(LifecycleEvent.class, (e, c) -> HookResult.delivered()))
                .hook(
                    Hook.named("old-crm")
                        .handling(LifecycleEvent.class, (e, c) -> new HookResult.Park("closed")))
                .build()) {
      register(shop, "ann");
      shop.runDueWork();
      register(shop, "bob");
    }

    Run run = Run.of("hooks", "--settings", settings(ANALYTICS), "--store", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("analytics-ga4 .*Google Analytics 4")
        .containsPattern("crm-hubspot .*HubSpot")
        .containsPattern("analytics +open +1 +0 +20")
        .containsPattern("old-crm +not open +2 +1 +20")
        .doesNotContain("canary");
    assertThat(run.exitCode()).as("something is parked").isEqualTo(1);
  }

  private static void register(Gatehouse shop, String id) {
    shop.register(
        new RegisterCustomer(
            new CustomerId(id), new Person(id, id + "@shop.example", Locale.ENGLISH)));
  }

  @Test
  void all_is_well_where_nothing_is_refused() throws IOException {
    Run run = Run.of("hooks", "--settings", settings(ANALYTICS));

    assertThat(run.out()).containsPattern("analytics +open +\\? +\\?");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void what_is_refused_is_told_with_why() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("hooks/x")).resolve("x.jar"), "no");

    Run run =
        Run.of(
            "hooks",
            "--hooks",
            folder.resolve("hooks").toString(),
            "--settings",
            settings(ANALYTICS + "hook.crm.provider = crm-hubspot\n"));

    assertThat(run.out())
        .contains("x.jar: it is no JAR that can be read")
        .contains("refused: ", "HOOK_CRM_ACCESS_TOKEN");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(Run.of("hooks", "--store", "nowhere.db").exitCode()).isEqualTo(2);
  }
}
