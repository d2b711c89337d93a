package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.OwnJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider in a module of its own, found by an application in another, in a JVM of its own. */
class ModulePathTest {
  private static final String APP =
      """
      package app;
      import dev.gatehouse.Gatehouse;
      import dev.gatehouse.command.RegisterCustomer;
      import dev.gatehouse.error.GatehouseException;
      import dev.gatehouse.gateway.*;
      import dev.gatehouse.validation.*;
      import java.util.Locale;
      import java.util.Map;
      public final class Main {
        /** In a package that is opened to nobody. */
        public record Order(@Identifier String id) {}
        public static void main(String[] args) {
          Thread.currentThread().setContextClassLoader(null);
          GatewayCatalog catalog = GatewayCatalog.discover();
          System.out.println("found " + catalog.providers().keySet());
          System.out.println("refused " + catalog.refusals());
          System.out.println("modular " + Main.class.getModule().isNamed()
              + catalog.provider("tiny").get().provider().getClass().getModule().isNamed());
          try (Gatehouse gatehouse =
              Gatehouse.builder().gateway(GatewayConfig.test("tiny", Map.of())).build()) {
            System.out.println("open " + gatehouse.gateways().iterator().next().id());
            gatehouse.register(new RegisterCustomer(null, null));
          } catch (GatehouseException e) {
            System.out.println("typed " + e.problems().get(0).field() + e.problems().size());
          }
          try {
            InputValidator.create().check(new Order("sk_live"), Locale.ENGLISH);
          } catch (GatehouseException e) {
            System.out.println("closed " + e.problems().get(0).field()
                + ": " + e.problems().get(0).remedy());
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void gateways_are_found_on_the_module_path_without_a_context_class_loader() throws Exception {
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
                  provides dev.gatehouse.spi.GatewayProvider with tiny.hidden.Tiny;
                }
                """,
                "tiny/hidden/Tiny.java",
                BuiltJar.provider("tiny.hidden", "Tiny", "tiny", "")));
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
    String path = libraries + File.pathSeparator + provider + File.pathSeparator + app;
    assertThat(
            OwnJvm.run(
                folder,
                Map.of(),
                "--module-path",
                path,
                "--add-modules",
                "org.hibernate.validator",
                "-m",
                "app/app.Main"))
        .contains("found [manual, tiny]")
        .contains("refused []")
        .contains("modular truetrue")
        .contains("open tiny")
        .contains("typed customer2")
        .containsPattern("closed app\\.Main\\$Order: .*open the package app to");
  }
}
