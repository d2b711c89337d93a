package dev.gatehouse.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.OwnJvm;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.id.CustomerId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers of hooks in folders, and on the module path. */
class HookDropInTest {
  private static final CustomerId ANN = new CustomerId("ann");

  private static final String PROVIDER =
      """
      package tiny.hidden;
      import dev.gatehouse.event.*;
      import dev.gatehouse.hook.*;
      import dev.gatehouse.spi.*;
      import java.util.*;
      public final class Tiny implements HookProvider {
        @Override public int hookVersion() { return %s; }
        @Override public String id() { return "tiny"; }
        @Override public HookDescription describe() {
          return new HookDescription("Tiny", "1", Set.of(CustomerCreated.class), List.of());
        }
        @Override public LifecycleHook open(GatewaySettings settings, HookEnvironment world) {
          return Hook.named("any").on(CustomerCreated.class, (e, context) ->
              context.putCustomerMetadata("told-by", world.instance()));
        }
      }
      """;

  private static final String APP =
      """
      package app;
      import dev.gatehouse.Gatehouse;
      import dev.gatehouse.command.RegisterCustomer;
      import dev.gatehouse.customer.Person;
      import dev.gatehouse.hook.*;
      import dev.gatehouse.id.CustomerId;
      import java.util.*;
      public final class Main {
        public static void main(String[] args) {
          Thread.currentThread().setContextClassLoader(null);
          HookCatalog found = HookCatalog.discover();
          System.out.println("found " + found.ids() + found.refused());
          System.out.println("modular "
              + found.provider("tiny").get().provider().getClass().getModule().isNamed());
          HookConfigs configs = HookConfigs.collect().environment(Map.of("HOOK_CRM_PROVIDER", "tiny"));
          try (Gatehouse house = Gatehouse.builder().hooks(configs).build()) {
            CustomerId ann = new CustomerId("ann");
            house.register(new RegisterCustomer(ann, new Person("Ann", "a@b.example", Locale.ROOT)));
            house.runDueWork();
            System.out.println("kept " + house.customer(ann).metadata());
          }
        }
      }
      """;

  @TempDir Path folder;

  private Path dropped(String name, String version) throws Exception {
    Path built =
        BuiltJar.ofHookProviders(
            folder,
            name,
            Map.of("tiny/hidden/Tiny.java", PROVIDER.formatted(version)),
            "tiny.hidden.Tiny");
    Path place = Files.createDirectories(folder.resolve("hooks").resolve(name));
    Files.move(built, place.resolve(name + ".jar"));
    return folder.resolve("hooks");
  }

  @Test
  void a_hook_in_a_folder_is_found_opened_and_told() throws Exception {
    Path hooks = dropped("tiny", "HOOK_VERSION");

    try (Gatehouse house =
        Gatehouse.builder()
            .catalog(GatewayCatalog.of())
            .hookFolder(hooks)
            .hooks(HookConfigs.collect().add(HookConfig.live("crm", "tiny", Map.of())))
            .build()) {
      house.register(new RegisterCustomer(ANN, new Person("Ann", "a@b.example", Locale.ROOT)));
      house.runDueWork();

      assertThat(house.customer(ANN).metadata()).containsEntry("told-by", "crm");
    }
  }

  @Test
  void a_hook_that_was_built_for_a_later_version_is_refused_by_its_jar() throws Exception {
    Path hooks = dropped("tiny", "99");

    assertThatThrownBy(
            () ->
                Gatehouse.builder()
                    .catalog(GatewayCatalog.of())
                    .hookFolder(hooks)
                    .hooks(HookConfigs.collect().add(HookConfig.live("crm", "tiny", Map.of())))
                    .build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no provider 'tiny' was found")
        .hasMessageContaining("version 99 of hooks")
        .hasMessageContaining("tiny.jar");
  }

  @Test
  void a_folder_without_a_hook_says_what_it_is_missing() throws Exception {
    Files.createDirectories(folder.resolve("hooks").resolve("empty"));

    try (HookCatalog catalog = HookCatalog.discover(folder.resolve("hooks"))) {
      assertThat(catalog.refused())
          .singleElement()
          .asString()
          .contains("there is no JAR in it", "put the hook's JAR");
    }
  }

  @Test
  void a_hook_in_a_module_of_its_own_is_found_on_the_module_path() throws Exception {
    String libraries = OwnJvm.libraries();
    Path provider =
        BuiltJar.onModulePath(
            folder,
            "tiny",
            libraries,
            Map.of(
                "module-info.java",
                """
                module tiny {
                  requires dev.gatehouse.api;
                  provides dev.gatehouse.hook.HookProvider with tiny.hidden.Tiny;
                }
                """,
                "tiny/hidden/Tiny.java",
                PROVIDER.formatted("HOOK_VERSION")));
    Path app =
        BuiltJar.onModulePath(
            folder,
            "app",
            libraries,
            Map.of(
                "module-info.java",
                "module app { requires dev.gatehouse.api; }",
                "app/Main.java",
                APP));

    assertThat(
            OwnJvm.run(
                folder,
                Map.of(),
                "--module-path",
                libraries + File.pathSeparator + provider + File.pathSeparator + app,
                "--add-modules",
                "org.hibernate.validator",
                "-m",
                "app/app.Main"))
        .contains("found [tiny][]")
        .contains("modular true")
        .contains("kept {told-by=crm}");
  }
}
