package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.acme.gateway.AcmeBank;
import com.acme.gateway.AcmeJar;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.gateway.GatewayConfigs;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.spi.PaymentMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/gateways.md says, with Acme's gateway in a folder. */
class GatewaysPageTest {
  private static final GatewayInstanceId ACME = new GatewayInstanceId("acme-eu");
  private static final Path FILE =
      Repository.file("gateway-testkit/src/test/resources/gateways.properties");
  private static final Map<String, String> KEY = Map.of("GATEWAY_ACME_EU_SECRET_KEY", "test_k");

  @TempDir Path gateways;

  @Test
  void a_gateway_is_dropped_in_opened_listed_and_switched_off() throws IOException {
    AcmeJar.in(gateways.resolve("acme"));
    try (Gatehouse gatehouse = open(KEY, name -> "whsec_vault", gateways)) {
      assertThat(list(gatehouse))
          .contains("ON acme-eu", "OFF transfer")
          .anySatisfy(line -> assertThat(line).contains(gateways.resolve("acme").toString()));

      CustomerId ada = new CustomerId("ada");
      gatehouse.register(
          new RegisterCustomer(ada, new Person("Ada", "ada@example.org", Locale.UK)));
      Plan gold = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 49.00"));
      var checkout = gatehouse.startCheckout(StartCheckout.forPlan(ada, "order-1", gold));
      // snippet: SwitchOff
      gatehouse.switchOff(new GatewayInstanceId("acme-eu"));
      // end snippet
      PaymentMethod token = new PaymentMethod.Token("card", "tok_ok");
      Pay pay = Pay.sale(checkout.id(), "try-1", ACME, token);
      assertThatThrownBy(() -> gatehouse.pay(pay))
          .isInstanceOf(InvalidStateException.class)
          .hasMessageContaining("takes no new payments");
      gatehouse.switchOn(ACME);
      assertThat(gatehouse.pay(pay).isCompleted()).isTrue();
    }
  }

  @Test
  void without_the_key_the_rest_goes_on_if_that_is_wanted() throws IOException {
    AcmeJar.in(gateways.resolve("acme"));
    Files.createDirectories(gateways.resolve("broken"));
    try (Gatehouse gatehouse = goOn(GatewayConfigs.collect().properties(FILE), gateways)) {
      assertThat(gatehouse.gatewayList())
          .extracting(GatewayStatus::state, GatewayStatus::instance)
          .contains(
              tuple(GatewayStatus.State.REFUSED, Optional.of(ACME)),
              tuple(GatewayStatus.State.OFF, Optional.of(new GatewayInstanceId("transfer"))));
      assertThat(list(gatehouse))
          .contains(
              "  secret-key: setting 'secret-key' of gateway 'acme-eu' is missing; set"
                  + " gateway.acme-eu.secret-key or GATEWAY_ACME_EU_SECRET_KEY");
    }
  }

  private static Gatehouse open(
      Map<String, String> environment, UnaryOperator<String> vault, Path folder) {
    Path file = FILE;
    // snippet: DropIn
    GatewayConfigs configs =
        GatewayConfigs.collect()
            .properties(file)
            .environment(environment)
            .set(new GatewayInstanceId("acme-eu"), "webhook-secret", vault.apply("acme-eu"));
    GatehouseBuilder builder = Gatehouse.builder().gatewayFolder(folder).gateways(configs);
    // end snippet
    return builder.transport(new AcmeBank()).build();
  }

  private static Gatehouse goOn(GatewayConfigs configs, Path folder) {
    // snippet: GoOn
    return Gatehouse.builder()
        .gatewayFolder(folder)
        .gateways(configs)
        .whenRefused(WhenRefused.GO_ON)
        .build();
    // end snippet
  }

  private static List<String> list(Gatehouse gatehouse) {
    List<String> lines = new ArrayList<>();
    Consumer<String> screen = lines::add;
    // snippet: ListGateways
    for (GatewayStatus gateway : gatehouse.gatewayList()) {
      String name = gateway.instance().map(id -> id.value()).orElse(gateway.provider());
      screen.accept(gateway.state() + " " + name);
      gateway
          .description()
          .ifPresent(d -> screen.accept("  " + d.version() + " " + d.methods().keySet()));
      screen.accept("  " + gateway.source());
      gateway.problems().forEach(problem -> screen.accept("  " + problem.describe()));
    }
    // end snippet
    return lines;
  }
}
