package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.OperationKind;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceGatewayProviderTest {
  private final Bench bench = new Bench();
  private final ReferenceGatewayProvider provider = new ReferenceGatewayProvider();

  @Test
  void it_is_announced_on_the_class_path_and_on_the_module_path() throws Exception {
    String service = GatewayProvider.class.getName();
    String own = ReferenceGatewayProvider.class.getName();
    try (InputStream lines =
        ReferenceGatewayProvider.class.getResourceAsStream("/META-INF/services/" + service)) {
      assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8).strip()).isEqualTo(own);
    }
    Path compiled =
        Path.of(
            ReferenceGatewayProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    var module = ModuleFinder.of(compiled).find("dev.gatehouse.testkit").orElseThrow();
    assertThat(module.descriptor().provides())
        .anySatisfy(
            provides -> {
              assertThat(provides.service()).isEqualTo(service);
              assertThat(provides.providers()).containsExactly(own);
            });
  }

  @Test
  void what_it_declares_is_coherent_implemented_and_recoverable() {
    var declared = provider.describe().capabilities();
    assertThat(declared).allMatch(capability -> declared.containsAll(capability.implied()));
    for (Capability capability : Capability.values()) {
      capability
          .implementedBy()
          .ifPresent(
              type ->
                  assertThat(type.isInstance(bench.gateway))
                      .as(capability.name())
                      .isEqualTo(declared.contains(capability)));
    }
    assertThat(provider.describe().recovery()).containsOnlyKeys(OperationKind.values());
    assertThat(provider.describe()).isEqualTo(provider.describe());
  }

  @Test
  void all_that_is_wrong_is_said_at_once_and_no_secret_with_it() {
    ConfigurationException refused =
        refusal(
            Mode.TEST,
            Map.of(
                "base-url", "http://shop.test",
                "secret-key", "sk_live_canary",
                "webhook-secret", " ",
                "webhook-secret-previous", "",
                "publishable-key", "pk_live_canary"));
    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "base-url",
            "secret-key",
            "webhook-secret",
            "webhook-secret-previous",
            "publishable-key");
    assertThat(refused).hasMessageNotContaining("canary");
    assertThat(refusal(Mode.TEST, Map.of()).problems()).hasSize(3);
    assertThat(
            refusal(
                    Mode.LIVE,
                    Map.of(
                        "base-url", "https://api.test",
                        "secret-key", "sk_test_canary",
                        "webhook-secret", "whsec"))
                .problems())
        .extracting(Problem::field)
        .containsExactly("secret-key");
  }

  @Test
  void secrets_are_shown_nowhere() {
    StringWriter shown = new StringWriter();
    PrintWriter out = new PrintWriter(shown);
    out.println(bench.gateway);
    out.println(bench.account);
    out.println(bench.account.settings(ReferenceTransport.BASE_URL));
    out.println(
        ReferenceSettings.read(
            bench.account.settings(ReferenceTransport.BASE_URL), environment(Mode.TEST)));
    var wrong = new ReferenceAccount("x", "sk_test_wrong", bench.account.webhookSecrets(), null);
    var stranger = bench.open(wrong, new ReferenceTransport(bench.provider));
    out.println(stranger.charge(Bench.sale("pay-1", TestToken.APPROVE)));
    out.println(stranger.lookup(bench.trace("pay-1")));
    bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    out.println(bench.provider.takeWebhooks());
    out.println(bench.ledger());

    assertThat(shown.toString()).doesNotContain("sk_test_", "whsec_").contains("AUTHENTICATION");
  }

  private ConfigurationException refusal(Mode mode, Map<String, String> settings) {
    return catchThrowableOfType(
        ConfigurationException.class,
        () -> provider.open(GatewaySettings.of(settings), environment(mode)));
  }

  private GatewayEnvironment environment(Mode mode) {
    return new GatewayEnvironment(
        new GatewayInstanceId("reference-main"),
        mode,
        new ReferenceTransport(bench.provider),
        bench.clock,
        Duration.ofSeconds(5));
  }
}
