package com.nordlicht.gateway;

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
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.time.Duration;

/** The gateway to Nordlicht Bank: cards, and payments from an account at the bank's own page. */
public final class NordlichtProvider implements GatewayProvider {
  /** The setting for the address of the bank's API. */
  public static final String BASE_URL = "base-url";

  /** The setting for the API key. */
  public static final String API_KEY = "api-key";

  /** The setting for the secret that notices are signed with. */
  public static final String WEBHOOK_SECRET = "webhook-secret";

  /** The setting for the secret before that, while it is being replaced. */
  public static final String WEBHOOK_SECRET_PREVIOUS = "webhook-secret-previous";

  // snippet: NordlichtMoney
  /** How the bank writes amounts: Icelandic krónur with two decimals, though there are none. */
  public static final CurrencyProfile MONEY =
      CurrencyProfile.builder()
          .only("DKK", "EUR", "ISK", "NOK", "SEK")
          .decimals(2, "ISK")
          .multipleOf(100, "ISK")
          .build();

  /** A call may take 30 s, and the bank's lists lag 5 s. The rest is for clocks. */
  static final Duration SETTLES = Duration.ofMinutes(1);

  private static final Duration KEY_LIFE = Duration.ofHours(48);

  // end snippet

  /** For {@link java.util.ServiceLoader} and by hand. */
  public NordlichtProvider() {}

  // snippet: NordlichtDescribe
  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "nordlicht";
  }

  @Override
  public GatewayDescription describe() {
    Recovery byId = Recovery.byId(SETTLES).orReplayWithin(KEY_LIFE);
    return GatewayDescription.builder("Nordlicht Bank", NordlichtProvider.class)
        .method(
            MethodSpec.withToken(
                "card",
                Capability.AUTHORIZE,
                Capability.CAPTURE,
                Capability.PARTIAL_CAPTURE,
                Capability.MULTIPLE_CAPTURES,
                Capability.VOID,
                Capability.REFUND,
                Capability.PARTIAL_REFUND,
                Capability.CUSTOMER_ACTION))
        .method(
            MethodSpec.withoutToken(
                    "nordlicht_account",
                    Capability.REFUND,
                    Capability.PARTIAL_REFUND,
                    Capability.CUSTOMER_ACTION)
                .needingReturnUrl())
        .can(Capability.WEBHOOKS, Capability.CHANGES)
        .currencies(MONEY)
        .descriptionLimit(140)
        .recovers(OperationKind.CHARGE, Recovery.byListing(SETTLES).orReplayWithin(KEY_LIFE))
        .recovers(OperationKind.CAPTURE, byId)
        .recovers(OperationKind.VOID, byId)
        .recovers(OperationKind.REFUND, byId)
        .setting(
            SettingSpec.optional(BASE_URL, SettingKind.URL, "Where the bank's API is.")
                .orElse("https://api.nordlicht.example"))
        .setting(
            SettingSpec.required(API_KEY, SettingKind.SECRET, "The key: nlk_test_… or nlk_live_…."))
        .setting(SettingSpec.required(WEBHOOK_SECRET, SettingKind.SECRET, "It signs notices."))
        .setting(
            SettingSpec.optional(
                WEBHOOK_SECRET_PREVIOUS,
                SettingKind.SECRET,
                "The one before, while it is replaced."))
        .build();
  }

  // end snippet

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new NordlichtGateway(NordlichtSettings.read(settings, environment), environment);
  }
}
