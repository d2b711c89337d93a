package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.DroppedGateway;
import dev.gatehouse.fake.OwnJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gateways and an application that were compiled apart, against the API only, meet in a JVM of
 * their own; no option opens anything of the JDK or of ours.
 */
class DropInTest {
  private static final String APP =
      """
      package app;
      import dev.gatehouse.Gatehouse;
      import dev.gatehouse.GatehouseBuilder;
      import dev.gatehouse.checkout.Plan;
      import dev.gatehouse.command.*;
      import dev.gatehouse.customer.Person;
      import dev.gatehouse.gateway.*;
      import dev.gatehouse.id.*;
      import dev.gatehouse.spi.PaymentMethod;
      import java.nio.file.Path;
      import java.util.Locale;
      import org.joda.money.Money;
      public final class Main {
        public static void main(String[] args) {
          GatehouseBuilder builder = Gatehouse.builder()
              .gateways(GatewayConfigs.collect().environment(System.getenv()))
              .whenRefused(WhenRefused.GO_ON);
          if (args.length > 0) {
            builder.gatewayFolder(Path.of(args[0]));
          }
          try (Gatehouse gatehouse = builder.build()) {
            for (GatewayStatus status : gatehouse.gatewayList()) {
              System.out.println(status.state()
                  + " " + status.instance().map(Object::toString).orElse("-")
                  + " " + status.description().map(d -> d.version()).orElse("-")
                  + " " + status.source() + " " + status.problems());
            }
            CustomerId ann = new CustomerId("ann");
            gatehouse.register(
                new RegisterCustomer(ann, new Person("Ann", "ann@example.com", Locale.ENGLISH)));
            Plan plan = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 10"));
            for (GatewayView gateway : gatehouse.gateways()) {
              String key = gateway.id().value();
              var checkout = gatehouse.startCheckout(StartCheckout.forPlan(ann, key, plan));
              var paid = gatehouse.pay(Pay.sale(
                  checkout.id(), key, gateway.id(), new PaymentMethod.Token("card", "tok_1")));
              System.out.println("paid by " + gateway.id() + ": " + paid.isCompleted());
            }
          }
        }
      }
      """;

  private static final String THROWS =
      DroppedGateway.source("broken", "\"1\"")
          .replace("public Provider() {", "public Provider() { if (true) throw new Error(\"no\");");

  @TempDir Path work;
  @TempDir Path folder;

  @Test
  void in_the_folder_with_two_versions_of_one_library_and_a_broken_one_beside_them()
      throws IOException {
    Path old = DroppedGateway.library(work, "old");
    Path young = DroppedGateway.library(work, "young");
    drop(
        "first",
        DroppedGateway.jar(work, "first", DroppedGateway.source("first", "lib.Lib.old()"), old),
        old);
    drop(
        "second",
        DroppedGateway.jar(
            work, "second", DroppedGateway.source("second", "lib.Lib.young()"), young),
        young);
    drop("broken", DroppedGateway.jar(work, "broken", THROWS));

    String said =
        OwnJvm.run(
            work,
            declared("first", "second", "broken"),
            "-cp",
            BuiltJar.path(OwnJvm.libraries(), app()),
            "app.Main",
            folder.toString());

    assertThat(said)
        .contains("ON first old first.Provider in " + folder.resolve("first/first.jar"))
        .contains("ON second young second.Provider in " + folder.resolve("second/second.jar"))
        .contains("paid by first: true", "paid by second: true");
    assertBrokenIsTold(said, folder.resolve("broken/broken.jar"));
  }

  @Test
  void on_the_class_path_with_a_broken_one_beside_it() {
    Path old = DroppedGateway.library(work, "old");
    Path first =
        DroppedGateway.jar(work, "first", DroppedGateway.source("first", "lib.Lib.old()"), old);
    Path broken = DroppedGateway.jar(work, "broken", THROWS);

    String said =
        OwnJvm.run(
            work,
            declared("first", "broken"),
            "-cp",
            BuiltJar.path(OwnJvm.libraries(), broken, first, old, app()),
            "app.Main");

    assertThat(said)
        .contains("ON first old first.Provider in " + first)
        .contains("paid by first: true");
    assertBrokenIsTold(said, broken);
  }

  @Test
  void on_the_class_path_a_gateway_that_gets_the_other_ones_library_is_refused_and_says_so() {
    Path old = DroppedGateway.library(work, "old");
    Path young = DroppedGateway.library(work, "young");
    Path first =
        DroppedGateway.jar(work, "first", DroppedGateway.source("first", "lib.Lib.old()"), old);
    Path second =
        DroppedGateway.jar(
            work, "second", DroppedGateway.source("second", "lib.Lib.young()"), young);

    String said =
        OwnJvm.run(
            work,
            declared("first", "second"),
            "-cp",
            BuiltJar.path(OwnJvm.libraries(), first, second, old, young, app()),
            "app.Main");

    assertThat(said)
        .contains("paid by first: true")
        .containsPattern("REFUSED - - second.Provider in .*second.jar .*NoSuchMethodError.*young");
  }

  @Test
  void on_the_module_path_with_a_broken_one_beside_it() {
    Path first = DroppedGateway.module(work, "first", DroppedGateway.source("first", "\"1\""));
    Path broken = DroppedGateway.module(work, "broken", THROWS);

    String said =
        OwnJvm.run(
            work,
            declared("first", "broken"),
            "--module-path",
            BuiltJar.path(OwnJvm.libraries(), first, broken, modularApp()),
            "--add-modules",
            "org.hibernate.validator",
            "-m",
            "app/app.Main");

    assertThat(said)
        .contains("ON first 1 first.Provider of module first in " + first)
        .contains("paid by first: true");
    assertBrokenIsTold(said, broken);
  }

  @Test
  void
      on_the_module_path_only_the_first_version_of_a_library_is_seen_and_who_needs_the_other_says_so() {
    Path old = DroppedGateway.moduleOfLibrary(work.resolve("1"), "old");
    Path young = DroppedGateway.moduleOfLibrary(work.resolve("2"), "young");
    Path first =
        DroppedGateway.module(work, "first", DroppedGateway.source("first", "lib.Lib.old()"), old);
    Path second =
        DroppedGateway.module(
            work, "second", DroppedGateway.source("second", "lib.Lib.young()"), young);

    String said =
        OwnJvm.run(
            work,
            declared("first", "second"),
            "--module-path",
            BuiltJar.path(OwnJvm.libraries(), first, second, old, young, modularApp()),
            "--add-modules",
            "org.hibernate.validator",
            "-m",
            "app/app.Main");

    assertThat(said)
        .contains("ON first old first.Provider of module first in " + first)
        .contains("paid by first: true")
        .containsPattern(
            "REFUSED - - second.Provider of module second in .*second.jar .*NoSuchMethodError.*young");
  }

  /** It is the JDK that says so: no code of ours has run by then. */
  @Test
  void with_two_versions_of_one_library_in_one_folder_of_the_module_path_nothing_starts()
      throws IOException {
    Path libraries = Files.createDirectories(work.resolve("libraries"));
    for (String version : new String[] {"old", "young"}) {
      Path library = DroppedGateway.moduleOfLibrary(work.resolve(version), version);
      Files.copy(library, libraries.resolve(library.getFileName()));
    }
    String path = BuiltJar.path(OwnJvm.libraries(), libraries, modularApp());
    assertThatThrownBy(
            () -> OwnJvm.run(work, Map.of(), "--module-path", path, "-m", "app/app.Main"))
        .hasMessageContaining("Two versions of module lib")
        .hasMessageContaining("lib-old.jar")
        .hasMessageContaining("lib-young.jar");
  }

  @Test
  void in_the_folder_of_a_modular_application() throws IOException {
    drop("first", DroppedGateway.jar(work, "first", DroppedGateway.source("first", "\"1\"")));

    String said =
        OwnJvm.run(
            work,
            declared("first"),
            "--module-path",
            BuiltJar.path(OwnJvm.libraries(), modularApp()),
            "--add-modules",
            "org.hibernate.validator",
            "-m",
            "app/app.Main",
            folder.toString());

    assertThat(said).contains("paid by first: true");
  }

  private static void assertBrokenIsTold(String said, Path jar) {
    assertThat(said)
        .contains("java.lang.Error", "broken.Provider", jar.toString())
        .containsPattern("REFUSED broken - .*no provider 'broken' was found")
        .doesNotContain("paid by broken");
  }

  /** The application, compiled against the API only. */
  private Path app() {
    return BuiltJar.apart(work, "app", OwnJvm.libraries(), Map.of("app/Main.java", APP), Map.of());
  }

  /** The same as a module. */
  private Path modularApp() {
    return BuiltJar.onModulePath(
        work,
        "app",
        OwnJvm.libraries(),
        Map.of(
            "module-info.java",
            "module app { requires dev.gatehouse.api; }",
            "app/Main.java",
            APP));
  }

  private static Map<String, String> declared(String... instances) {
    Map<String, String> variables = new HashMap<>();
    for (String instance : instances) {
      String name = "GATEWAY_" + instance.toUpperCase(Locale.ROOT);
      variables.put(name + "_PROVIDER", instance);
      variables.put(name + "_MODE", "test");
    }
    return variables;
  }

  private void drop(String name, Path... jars) throws IOException {
    Path sub = Files.createDirectories(folder.resolve(name));
    for (Path jar : jars) {
      Files.copy(jar, sub.resolve(jar.getFileName()));
    }
  }
}
