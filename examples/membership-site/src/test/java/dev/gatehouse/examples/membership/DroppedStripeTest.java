package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.stripe.Stripe;
import dev.gatehouse.stripe.StripeGatewayProvider;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as somebody drops it: in a folder beside the example, with the SDK's JARs. */
@Timeout(120)
class DroppedStripeTest {
  private final StripeEmulator stripe = new StripeEmulator(Clock.systemUTC());

  @TempDir Path folder;

  private record Ran(int exitCode, String out) {}

  @Test
  void the_tour_runs_its_sign_ups_through_it_in_a_jvm_of_its_own() throws Exception {
    try (StripeServer server = stripe.serve()) {
      Ran ran = example("tour", server.baseUrl(), StripeAccount.test("main").secretKey());

      assertThat(ran.out())
          .containsPattern("stripe-eu +on +test +stripe +\\S+ +automatic, card, checkout")
          .contains(
              "StripeGatewayProvider in " + folder.resolve("gateways/stripe/stripe-gateway.jar"))
          .containsPattern("Ada Lovelace .*stripe-eu +approved +COMPLETED +gateway: USD 9\\.00")
          .containsPattern("stripe-eu +declined-then-retried +COMPLETED")
          .containsPattern("stripe-eu +declined-for-good ")
          .containsPattern("stripe-eu +refunded +COMPLETED")
          .containsPattern("stripe-eu +voided ")
          .contains("0 deviations, 0 invariant violations")
          .doesNotContain("came without");
      assertThat(ran.exitCode()).as(ran.out()).isZero();
      assertThat(stripe.ledger().charges()).isNotEmpty();
    }
  }

  @Test
  void a_check_finds_a_wrong_key_before_a_customer_does() throws Exception {
    try (StripeServer server = stripe.serve()) {
      Ran good = example("gateways", server.baseUrl(), StripeAccount.test("main").secretKey());
      Ran wrong = example("gateways", server.baseUrl(), "sk_test_canary99");

      assertThat(good.out()).contains("checked stripe-eu: reachable");
      assertThat(good.exitCode()).isZero();
      assertThat(wrong.out())
          .containsPattern("checked stripe-eu: .*'secret-key' of gateway 'stripe-eu'")
          .containsPattern("ERROR .*gateway stripe-eu: .*'secret-key' of gateway 'stripe-eu'")
          .doesNotContain("canary");
      assertThat(wrong.exitCode()).isEqualTo(1);
    }
  }

  /** Runs the example with the gateway in its folder, and not on its class path. */
  private Ran example(String command, URI baseUrl, String key)
      throws IOException, InterruptedException {
    Path gateways = folder.resolve("gateways");
    Path own = Files.createDirectories(gateways.resolve("stripe"));
    List<Path> dropped =
        Stream.of(StripeGatewayProvider.class, Stripe.class, Gson.class)
            .map(DroppedStripeTest::place)
            .toList();
    jar(dropped.get(0), own.resolve("stripe-gateway.jar"));
    for (Path library : dropped.subList(1, 3)) {
      Files.write(own.resolve(library.getFileName().toString()), Files.readAllBytes(library));
    }
    Path settings =
        Files.writeString(
            folder.resolve("my.properties"),
            """
            gateway.stripe-eu.provider = stripe
            gateway.stripe-eu.mode = test
            gateway.stripe-eu.base-url = %s
            gateway.stripe-eu.secret-key = %s
            """
                .formatted(baseUrl, key));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", without(dropped), MembershipSite.class.getName(), command));
    line.addAll(List.of("--gateways", gateways.toString(), "--settings", settings.toString()));
    if (command.equals("gateways")) {
      line.add("--check");
    }
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
  }

  /** The class path of the tests without the gateway, its SDK and the tests themselves. */
  private static String without(List<Path> dropped) {
    Path tests = place(DroppedStripeTest.class);
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !dropped.contains(Path.of(entry)) && !tests.equals(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** In a build that has not packaged it yet, the gateway is a folder of classes. */
  private static void jar(Path built, Path jar) throws IOException {
    if (Files.isRegularFile(built)) {
      Files.write(jar, Files.readAllBytes(built));
      return;
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(built.relativize(file).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
    }
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
