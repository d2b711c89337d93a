package dev.gatehouse.testkit.reference;

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

/** The gateway to the reference provider: an example to learn from, and a subject for tests. */
public final class ReferenceGatewayProvider implements GatewayProvider {
  /** The provider's address. */
  public static final String BASE_URL = "base-url";

  /** The API key. */
  public static final String SECRET_KEY = "secret-key";

  /** The secret that notices are signed with. */
  public static final String WEBHOOK_SECRET = "webhook-secret";

  /** The secret before that, while it is being replaced. */
  public static final String WEBHOOK_SECRET_PREVIOUS = "webhook-secret-previous";

  /** The key that the browser may see. */
  public static final String PUBLISHABLE_KEY = "publishable-key";

  /**
   * After this time the provider's "there is none" is certain: lists lag 2 s behind, the rest is
   * for a request that is still on its way.
   */
  public static final Duration SETTLES = Duration.ofSeconds(5);

  /** How the provider writes amounts: as ISO 4217 says. */
  static final CurrencyProfile MONEY = CurrencyProfile.iso();

  /** What is removed already is removed again without another effect, whatever the key. */
  private static final Duration REMOVABLE = Duration.ofDays(365);

  private static final Duration KEY_LIFE = Duration.ofHours(24);

  /** For {@link java.util.ServiceLoader} and by hand. */
  public ReferenceGatewayProvider() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "reference";
  }

  @Override
  public GatewayDescription describe() {
    Recovery byId = Recovery.byId(SETTLES).orReplayWithin(KEY_LIFE);
    return GatewayDescription.builder("Reference provider", getClass())
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
                Capability.CUSTOMER_ACTION,
                Capability.COMPLETION,
                Capability.STORED_METHODS,
                Capability.METHOD_SETUP,
                Capability.METHOD_REMOVAL))
        .method(
            MethodSpec.withoutToken(
                "wallet",
                Capability.REFUND,
                Capability.PARTIAL_REFUND,
                Capability.CUSTOMER_ACTION,
                Capability.COMPLETION))
        .can(Capability.WEBHOOKS, Capability.CHANGES, Capability.DASHBOARD_LINKS)
        .currencies(MONEY)
        .recovers(OperationKind.CHARGE, Recovery.byListing(SETTLES).orReplayWithin(KEY_LIFE))
        .recovers(OperationKind.COMPLETE, byId)
        .recovers(OperationKind.CAPTURE, byId)
        .recovers(OperationKind.VOID, byId)
        .recovers(OperationKind.REFUND, byId)
        .recovers(OperationKind.SET_UP, Recovery.byListing(SETTLES).orReplayWithin(KEY_LIFE))
        .recovers(OperationKind.REMOVE, Recovery.byReplay(REMOVABLE))
        .setting(
            SettingSpec.required(BASE_URL, SettingKind.URL, "The address of the provider's API."))
        .setting(
            SettingSpec.required(
                SECRET_KEY, SettingKind.SECRET, "The API key: sk_test_… or sk_live_…."))
        .setting(
            SettingSpec.required(
                WEBHOOK_SECRET, SettingKind.SECRET, "The secret that notices are signed with."))
        .setting(
            SettingSpec.optional(
                WEBHOOK_SECRET_PREVIOUS,
                SettingKind.SECRET,
                "The secret before that, while it is being replaced."))
        .setting(
            SettingSpec.optional(
                    PUBLISHABLE_KEY,
                    SettingKind.TEXT,
                    "The key for the browser: pk_test_… or pk_live_….")
                .visibleToBrowser())
        .descriptionLimit(255)
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new ReferenceGateway(ReferenceSettings.read(settings, environment), environment);
  }
}
