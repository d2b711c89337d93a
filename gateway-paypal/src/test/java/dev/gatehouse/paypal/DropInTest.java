package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with its SDK, dropped into a folder. */
class DropInTest {
  private static final String LIBRARIES = "(checkout-sdk|paypalhttp|gson|commons-).*\\.jar";

  private final Bench bench = new Bench();
  @TempDir Path folder;

  @Test
  void it_takes_a_payment_there_and_its_classes_can_be_collected() throws Exception {
    drop(Files.createDirectories(folder.resolve("paypal")));
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader = chargeAndClose(collected);
    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
      // Waits for the collector, and goes on as soon as it is done.
      collected.remove(200);
    }
    assertThat(loader.get()).as("the gateway's class loader").isNull();
  }

  private WeakReference<ClassLoader> chargeAndClose(ReferenceQueue<ClassLoader> collected)
      throws ReflectiveOperationException {
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().refusals()).isEmpty();
      GatewayProvider provider = dropped.catalog().provider("paypal").orElseThrow().provider();
      ClassLoader loader = provider.getClass().getClassLoader();
      assertThat(loader.loadClass("com.paypal.core.PayPalHttpClient").getClassLoader())
          .isSameAs(loader);
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try (PaymentGateway gateway = open(provider)) {
        assertThat(gateway.charge(Bench.sale("pay-1"))).isInstanceOf(Outcome.ActionRequired.class);
      } finally {
        thread.setContextClassLoader(before);
      }
      return new WeakReference<>(loader, collected);
    }
  }

  private PaymentGateway open(GatewayProvider provider) {
    return provider.open(
        GatewaySettings.of(bench.app.settings()),
        new GatewayEnvironment(
            new GatewayInstanceId("one"),
            Mode.TEST,
            bench.door,
            bench.clock,
            Duration.ofSeconds(5)));
  }

  private static void drop(Path into) throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path file = Path.of(entry);
      if (file.getFileName().toString().matches(LIBRARIES)) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
    Path classes = Path.of("target", "classes");
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(into.resolve("gateway-paypal.jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
  }
}
