package com.acme.gateway;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.time.Duration;
import org.joda.money.Money;

/** The way into the gateway to Acme. Stateless and thread-safe. */
public final class AcmeGatewayProvider implements GatewayProvider {
  /** Longer than a request may be on its way: then "there is none" is certain. */
  static final Duration SETTLES = Duration.ofMinutes(2);

  /** Acme takes three currencies, and writes each as ISO 4217 says. */
  static final CurrencyProfile MONEY =
      CurrencyProfile.builder().only("EUR", "USD", "JPY").minimum(Money.parse("EUR 0.50")).build();

  /** For the service loader, and for use by hand. */
  public AcmeGatewayProvider() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "acme";
  }

  @Override
  public GatewayDescription describe() {
    Recovery recovery = Recovery.byId(SETTLES).orReplayWithin(Duration.ofHours(24));
    return GatewayDescription.builder("Acme Payments", "1.0.0")
        .method(MethodSpec.withToken("card", Capability.REFUND, Capability.PARTIAL_REFUND))
        .can(Capability.WEBHOOKS)
        .currencies(MONEY)
        .recovers(OperationKind.CHARGE, recovery)
        .recovers(OperationKind.REFUND, recovery)
        .setting(SettingSpec.required("base-url", SettingKind.URL, "Where Acme listens."))
        .setting(SettingSpec.required("secret-key", SettingKind.SECRET, "test_… or live_…."))
        .setting(SettingSpec.required("webhook-secret", SettingKind.SECRET, "Signs webhooks."))
        .descriptionLimit(140)
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    SecretValue key = settings.secret("secret-key");
    boolean live = environment.mode() == Mode.LIVE;
    if (key.reveal().startsWith("live_") != live) {
      throw new ConfigurationException(
          new Problem(
              "secret-key",
              "setting.mode",
              "setting 'secret-key' is not for mode " + environment.mode(),
              "use the key of that mode"));
    }
    AcmeApi api = new AcmeApi(settings.url("base-url"), key, environment);
    return new AcmeGateway(api, settings.secret("webhook-secret"), environment.clock());
  }
}
