package dev.gatehouse.paypal;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
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

/**
 * The gateway to PayPal. One payment method, {@code paypal}, without a token: the customer is sent
 * to PayPal to approve, and afterwards the order is captured or authorised.
 */
public final class PayPalGatewayProvider implements GatewayProvider {
  /** {@code live} or {@code sandbox}: of which site the credentials are. */
  public static final String ENVIRONMENT = "environment";

  /** The public half of the credentials. */
  public static final String CLIENT_ID = "client-id";

  /** The secret half of the credentials. */
  public static final String CLIENT_SECRET = "client-secret";

  /** PayPal's id of the webhook that points here. */
  public static final String WEBHOOK_ID = "webhook-id";

  /** Where an emulator listens. */
  public static final String BASE_URL = "base-url";

  /** {@code api} or {@code certificate}: who verifies webhooks, PayPal or we. */
  public static final String WEBHOOK_VERIFICATION = "webhook-verification";

  /** Who signs the certificates of webhooks. */
  public static final String WEBHOOK_AUTHORITY = "webhook-authority";

  /** What payers see on PayPal's pages as who is paid. */
  public static final String BRAND_NAME = "brand-name";

  /** The end of the line on payers' card statements. */
  public static final String SOFT_DESCRIPTOR = "soft-descriptor";

  /** The type of the one payment method. */
  static final String METHOD = "paypal";

  /** Seconds: an order shows at once what was done to it; the rest is for what is on its way. */
  static final Duration SETTLES = Duration.ofMinutes(1);

  /** PayPal keeps the request ids of order calls for 6 hours; less, for clocks that differ. */
  static final Duration ORDER_KEYS = Duration.ofHours(6).minusMinutes(10);

  /** PayPal keeps the request ids of vault calls for 3 hours, and a completion may be one. */
  static final Duration VAULT_KEYS = Duration.ofHours(3).minusMinutes(10);

  /** What is deleted is deleted again without another effect, whatever the request id. */
  private static final Duration REMOVABLE = Duration.ofDays(365);

  /** PayPal keeps the request ids of payment calls for 45 days. */
  static final Duration PAYMENT_KEYS = Duration.ofDays(45).minusHours(1);

  /** PayPal writes HUF, JPY and TWD without decimals, and takes no currency with three. */
  static final CurrencyProfile MONEY =
      CurrencyProfile.builder()
          .only(
              "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "HUF", "ILS", "JPY", "MYR",
              "MXN", "TWD", "NZD", "NOK", "PHP", "PLN", "GBP", "SGD", "SEK", "CHF", "THB", "USD")
          .decimals(0, "HUF", "JPY", "TWD")
          .build();

  /** PayPal cuts nothing: longer descriptions are an error there. */
  private static final int LONGEST_DESCRIPTION = 127;

  /** For {@link java.util.ServiceLoader} and by hand. */
  public PayPalGatewayProvider() {}

  @Override
  public String id() {
    return "paypal";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public GatewayDescription describe() {
    Recovery ofPayments = Recovery.byId(SETTLES).orReplayWithin(PAYMENT_KEYS);
    return GatewayDescription.builder("PayPal", getClass())
        .method(
            MethodSpec.withoutToken(
                    METHOD,
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
                    Capability.METHOD_REMOVAL)
                .needingReturnUrl())
        .can(Capability.WEBHOOKS, Capability.CHANGES, Capability.DASHBOARD_LINKS)
        .currencies(MONEY)
        // Nobody can find an order by our reference; but making one moves no money.
        .recovers(OperationKind.CHARGE, Recovery.byReplay(ORDER_KEYS))
        .recovers(OperationKind.COMPLETE, Recovery.byId(SETTLES).orReplayWithin(VAULT_KEYS))
        .recovers(OperationKind.CAPTURE, ofPayments)
        .recovers(OperationKind.VOID, Recovery.byId(SETTLES))
        .recovers(OperationKind.REFUND, ofPayments)
        // Nor a setup token; but making one stores nothing.
        .recovers(OperationKind.SET_UP, Recovery.byReplay(VAULT_KEYS))
        .recovers(OperationKind.REMOVE, Recovery.byReplay(REMOVABLE))
        .setting(
            SettingSpec.required(
                ENVIRONMENT,
                SettingKind.TEXT,
                "live or sandbox: of which of PayPal's sites the credentials are."))
        .setting(
            SettingSpec.required(CLIENT_ID, SettingKind.TEXT, "The client id of your PayPal app.")
                .visibleToBrowser())
        .setting(
            SettingSpec.required(
                CLIENT_SECRET, SettingKind.SECRET, "The secret of your PayPal app."))
        .setting(
            SettingSpec.required(
                WEBHOOK_ID,
                SettingKind.TEXT,
                "PayPal's id of the webhook that you registered; deliveries are signed for it."))
        .setting(
            SettingSpec.optional(
                BASE_URL, SettingKind.URL, "Where an emulator listens; PayPal itself if not set."))
        .setting(
            SettingSpec.optional(
                WEBHOOK_VERIFICATION,
                SettingKind.TEXT,
                "api: PayPal is asked about each delivery; certificate: its signature is verified"
                    + " here. api if not set."))
        .setting(
            SettingSpec.optional(
                WEBHOOK_AUTHORITY,
                SettingKind.TEXT,
                "The authority that signs the certificates of webhooks, X.509 in Base64, where they"
                    + " are verified here; those of the JDK if not set."))
        .setting(
            SettingSpec.optional(
                BRAND_NAME,
                SettingKind.TEXT,
                "Who is paid, as PayPal's pages say it; the account's name if not set."))
        .setting(
            SettingSpec.optional(
                SOFT_DESCRIPTOR,
                SettingKind.TEXT,
                "The end of the line on payers' card statements: at most 22 letters, digits,"
                    + " spaces, '.', '*' and '-'. PayPal shows what fits."))
        .descriptionLimit(LONGEST_DESCRIPTION)
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    PayPalSettings checked = PayPalSettings.read(settings, environment);
    try {
      return new PayPalGateway(checked, environment);
    } catch (NoClassDefFoundError e) {
      // On the module path, nothing requires the SDK's Gson, so that it is easily left out.
      throw new ConfigurationException(
          new Problem(
              "library",
              "library.missing",
              "gateway '" + environment.instance() + "' misses a library: " + e.getMessage(),
              "put the SDK's JARs and Gson beside it; on the module path, add"
                  + " --add-modules com.google.gson"));
    }
  }
}
