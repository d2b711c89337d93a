package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.modular.ModularShop;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeServer;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a module, in a JVM of its own. */
@Timeout(120)
class StripeModulePathTest {
  @TempDir Path folder;

  @Test
  void on_the_module_path_it_is_found_and_takes_a_payment() throws Exception {
    StripeEmulator stripe = new StripeEmulator(Clock.systemUTC());
    List<Path> gateway = new ArrayList<>(ModularShop.named("(stripe-java|gson)-.*\\.jar"));
    gateway.add(ModularShop.place(StripeGatewayProvider.class));
    try (StripeServer server = stripe.serve()) {
      Map<String, String> settings =
          new TreeMap<>(Bench.settings(stripe.accounts().get(0), server.baseUrl()));
      settings.putAll(
          Map.of("provider", "stripe", "mode", "test", "pays-by", "card:" + StripeToken.VISA.id()));

      String said = ModularShop.run(folder, gateway, List.of(), settings, page -> {});

      assertThat(said)
          .contains("found stripe in module dev.gatehouse.stripe")
          .contains("in module app: COMPLETED");
    }
    assertThat(stripe.ledger().charges())
        .singleElement()
        .matches(charge -> charge.captured().equals(Money.of(CurrencyUnit.EUR, 10)));
  }
}
