package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.modular.ModularShop;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import dev.gatehouse.testkit.paypal.PayPalOptions;
import dev.gatehouse.testkit.paypal.PayPalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as an automatic module, in a JVM of its own. */
@Timeout(120)
class PayPalModulePathTest {
  private static final String SDK = "(checkout-sdk|paypalhttp|gson)-.*\\.jar";

  @TempDir Path folder;

  @Test
  void on_the_module_path_it_is_found_and_takes_a_payment() throws Exception {
    PayPalApp app = PayPalApp.sandbox();
    PayPalEmulator paypal =
        new PayPalEmulator(Clock.systemUTC(), PayPalOptions.defaults(), List.of(app));
    List<Path> gateway = new ArrayList<>(ModularShop.named(SDK));
    gateway.add(packaged(ModularShop.place(PayPalGatewayProvider.class)));
    try (PayPalServer server = PayPalServer.start(paypal)) {
      Map<String, String> settings = new TreeMap<>(app.settings());
      settings.putAll(
          Map.of(
              "provider",
              "paypal",
              "mode",
              "test",
              "base-url",
              server.baseUrl().toString(),
              "pays-by",
              "paypal"));

      String said =
          ModularShop.run(
              folder,
              gateway,
              List.of("--add-modules", "com.google.gson"),
              settings,
              page -> paypal.controls().approve(orders(paypal).get(0).order()));

      assertThat(said)
          .contains("found paypal in module dev.gatehouse.paypal")
          .contains("in module app: COMPLETED");
    }
    assertThat(orders(paypal))
        .singleElement()
        .satisfies(order -> assertThat(order.captures()).hasSize(1));
  }

  private static List<PayPalLedger.PurchaseUnit> orders(PayPalEmulator paypal) {
    return paypal.ledger().orders();
  }

  /** Its name as a module stands in the manifest, which the packaging writes. */
  private Path packaged(Path built) throws IOException {
    if (Files.isRegularFile(built)) {
      return built;
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", "dev.gatehouse.paypal");
    Path jar = folder.resolve("gateway-paypal.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(built.relativize(file).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
    }
    return jar;
  }
}
