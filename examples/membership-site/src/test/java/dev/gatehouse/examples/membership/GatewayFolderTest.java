package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that are dropped beside the site. */
class GatewayFolderTest {
  @TempDir Path gateways;

  @Test
  void the_tour_runs_its_sign_ups_through_a_gateway_that_comes_with_test_tokens()
      throws IOException {
    ForeignGateway.drop(gateways, true);

    Run run = Run.of("tour", "--gateways", gateways.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("acme +on +test +acme +3\\.2\\.1 +card")
        .containsPattern(
            "Ada Lovelace +Basic +USD 9\\.00 +acme +approved +COMPLETED +gateway: USD 9\\.00")
        .contains("left out at acme: captured-in-parts, voided: it does not declare AUTHORIZE")
        .contains("left out at acme: declined-for-good: it has no test token like")
        .contains("declined-then-retried", "refunded", "membership-cancelled")
        .doesNotContain("DEVIATES");
    assertThat(run.lastLine())
        .matches("tour: [45] checkouts, .*0 deviations, 0 invariant violations");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_broken_gateway_beside_it_is_told_and_takes_nothing_down() throws IOException {
    ForeignGateway.drop(gateways, true);
    Path broken = Files.createDirectories(gateways.resolve("broken")).resolve("broken.jar");
    Files.writeString(broken, "no JAR");

    Run run = Run.of("tour", "--gateways", gateways.toString());

    assertThat(run.out()).contains(broken + ": it is no JAR that can be read");
    assertThat(run.exitCode()).isZero();
    assertThat(Run.of("gateways", "--gateways", gateways.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void without_test_tokens_nothing_is_run_and_that_is_no_success() throws IOException {
    ForeignGateway.drop(gateways, false);

    Run run = Run.of("tour", "--gateways", gateways.toString());

    assertThat(run.out())
        .containsPattern("left out at acme: approved, .*: it came without test tokens")
        .containsOnlyOnce("it came without test tokens");
    assertThat(run.lastLine()).contains("nothing was run");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void a_gateway_whose_customers_approve_on_its_pages_is_left_out_for_that() throws IOException {
    ForeignGateway.dropWithPages(gateways);

    Run run = Run.of("tour", "--gateways", gateways.toString());

    assertThat(run.out())
        .containsPattern("left out at acme: approved, .*: the customer must approve on its pages")
        .containsOnlyOnce("left out at acme")
        .doesNotContain("came without");
  }

  @Test
  void a_live_gateway_is_left_alone() throws IOException {
    ForeignGateway.drop(gateways, true);
    Path settings = settings("gateway.acme-eu.provider = acme\ngateway.acme-eu.mode = live\n");

    Run run = Run.of("tour", "--gateways", gateways.toString(), "--settings", settings.toString());

    assertThat(run.out())
        .containsPattern("left out at acme-eu: approved, .*: it is live")
        .containsOnlyOnce("left out at acme-eu");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void the_list_says_what_each_gateway_can_do_where_it_came_from_and_why_it_is_refused()
      throws IOException {
    ForeignGateway.drop(gateways, true);
    Path settings =
        settings(
            """
            gateway.acme-eu.provider = acme
            gateway.acme-eu.mode = test
            gateway.acme-eu.new-payments = off
            gateway.acme-us.provider = acme
            gateway.acme-us.mode = test
            gateway.acme-us.shpo = main
            """);

    Run run =
        Run.of("gateways", "--gateways", gateways.toString(), "--settings", settings.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("acme-eu +off +test +acme +3\\.2\\.1 +card")
        .containsPattern("acme-us +refused +- +acme +3\\.2\\.1 +card")
        .containsPattern("- +not configured +- +reference ")
        .contains("can:  refund, partial refund")
        .contains("from: acme.Provider in " + gateways.resolve("acme/acme-gateway.jar"))
        .contains("setting 'shpo' is not known to gateway 'acme-us'; did you mean 'shop'?");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void a_check_asks_each_provider_and_names_the_setting_or_the_host_that_is_wrong()
      throws IOException {
    ReferenceProvider provider = new ReferenceProvider(Clock.systemUTC());
    ReferenceAccount account = provider.accounts().get(0);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    try (ReferenceServer server = ReferenceServer.start(provider)) {
      String good = reference("good", server.baseUrl().toString(), account.secretKey());
      String wrong = reference("wrong", server.baseUrl().toString(), "sk_test_canary99");
      String down = reference("down", "http://127.0.0.1:" + port, account.secretKey());
      String manual =
          "gateway.transfer.provider = manual\ngateway.transfer.mode = test\n"
              + "gateway.transfer.instructions = To|Us\n";

      Run fine = check(good + manual);
      Run bad = check(good + wrong + down);

      assertThat(fine.out())
          .contains("checked good: reachable", "not checked transfer: it can't list changes");
      assertThat(fine.exitCode()).isZero();
      assertThat(bad.out())
          .contains("checked good: reachable")
          .containsPattern("checked wrong: .*'secret-key'")
          .containsPattern("checked down: .*127\\.0\\.0\\.1")
          .doesNotContain("canary");
      assertThat(bad.exitCode()).isEqualTo(1);
      assertThat(provider.ledger().charges()).isEmpty();
    }
  }

  private static String reference(String instance, String baseUrl, String key) {
    return """
        gateway.%1$s.provider = reference
        gateway.%1$s.mode = test
        gateway.%1$s.base-url = %2$s
        gateway.%1$s.secret-key = %3$s
        gateway.%1$s.webhook-secret = whsec_0123456789
        """
        .formatted(instance, baseUrl, key);
  }

  private Run check(String text) throws IOException {
    return Run.of("gateways", "--check", "--settings", settings(text).toString());
  }

  @Test
  void without_options_the_list_shows_what_is_on_the_class_path() {
    Run run = Run.of("gateways");

    assertThat(run.out()).containsPattern("not configured +- +manual").contains("reference");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void a_folder_or_a_file_that_is_not_there_is_named() {
    String nowhere = gateways.resolve("nowhere").toString();
    for (String command : new String[] {"tour", "gateways"}) {
      Run folder = Run.of(command, "--gateways", nowhere);
      assertThat(folder.err()).contains(nowhere).contains("can't be read");
      assertThat(folder.exitCode()).isEqualTo(2);
      Run file = Run.of(command, "--settings", nowhere);
      assertThat(file.err()).contains(nowhere);
      assertThat(file.exitCode()).isEqualTo(2);
    }
  }

  private Path settings(String text) throws IOException {
    return Files.writeString(gateways.resolve("my.properties"), text);
  }
}
