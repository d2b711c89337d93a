package dev.gatehouse.stripe;

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
import java.util.stream.Stream;

/**
 * The gateway to Stripe, for cards by a token of its script, and for whatever its own Checkout page
 * offers: sale, authorisation with captures or a void, customer authentication by redirect or
 * through Stripe's script, refunds, webhooks and the list of events. Speaks API version {@value
 * #API_VERSION}, whatever the account's default is. Stateless and thread-safe.
 */
public final class StripeGatewayProvider implements GatewayProvider {
  /** The API key: {@code sk_test_…} or {@code sk_live_…}, or a restricted {@code rk_…} one. */
  public static final String SECRET_KEY = "secret-key";

  /** The key that the browser may see: {@code pk_test_…} or {@code pk_live_…}. */
  public static final String PUBLISHABLE_KEY = "publishable-key";

  /** The signing secret of the webhook endpoint: {@code whsec_…}. */
  public static final String WEBHOOK_SECRET = "webhook-secret";

  /** The signing secret before that, while it is being rolled. */
  public static final String WEBHOOK_SECRET_PREVIOUS = "webhook-secret-previous";

  /** Whether Stripe is to mail the customer a receipt: {@code true} or {@code false}. */
  public static final String SEND_RECEIPTS = "send-receipts";

  /**
   * What stands behind the account's own name on the customer's statement: at most 22 characters,
   * with a letter, and none of {@code < > \ ' " *}. Without it, the account's own setting counts.
   */
  public static final String STATEMENT_DESCRIPTOR_SUFFIX = "statement-descriptor-suffix";

  /**
   * Whether holds are asked for that can be captured several times: {@code true} or {@code false}.
   * Stripe has that in some contracts only, and refuses holds of all other accounts that ask.
   */
  public static final String MULTIPLE_CAPTURES = "multiple-captures";

  /** The address of the API. */
  public static final String BASE_URL = "base-url";

  /** The API version that every request asks for; that of the SDK. */
  public static final String API_VERSION = "2026-07-29.dahlia";

  /**
   * How long after a send "there is none" is certain: Stripe lists what it has made at once, so
   * this is for a request that is still on its way.
   */
  public static final Duration SETTLES = Duration.ofMinutes(2);

  /** Stripe keeps keys for at least 24 hours; less what our clock and Stripe's may differ by. */
  private static final Duration KEY_LIFE = Duration.ofHours(24).minusMinutes(10);

  /** What can be done with a single payment, however it is paid. */
  private static final Capability[] SINGLE = {
    Capability.AUTHORIZE,
    Capability.CAPTURE,
    Capability.PARTIAL_CAPTURE,
    Capability.MULTIPLE_CAPTURES,
    Capability.VOID,
    Capability.REFUND,
    Capability.PARTIAL_REFUND,
    Capability.CUSTOMER_ACTION
  };

  /** What can be done with cards, which are stored, too. */
  private static final Capability[] CARD =
      Stream.concat(
              Stream.of(SINGLE),
              Stream.of(
                  Capability.STORED_METHODS, Capability.METHOD_SETUP, Capability.METHOD_REMOVAL))
          .toArray(Capability[]::new);

  /** What is detached is detached again without another effect, whatever the key. */
  private static final Duration REMOVABLE = Duration.ofDays(365);

  private static final int DESCRIPTION_LIMIT = 1000;

  /** For {@link java.util.ServiceLoader} and by hand. */
  public StripeGatewayProvider() {}

  @Override
  public String id() {
    return "stripe";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public GatewayDescription describe() {
    Recovery byId = Recovery.byId(SETTLES).orReplayWithin(KEY_LIFE);
    return GatewayDescription.builder("Stripe", getClass())
        .method(MethodSpec.withToken("card", CARD))
        .method(MethodSpec.withToken(StripeRequests.AUTOMATIC, SINGLE).needingReturnUrl())
        .method(MethodSpec.withoutToken(StripeCheckout.METHOD, SINGLE).needingReturnUrl())
        .can(Capability.WEBHOOKS, Capability.CHANGES, Capability.DASHBOARD_LINKS)
        .currencies(StripeMoney.PROFILE)
        .recovers(OperationKind.CHARGE, Recovery.byListing(SETTLES).orReplayWithin(KEY_LIFE))
        .recovers(OperationKind.CAPTURE, byId)
        .recovers(OperationKind.VOID, byId)
        .recovers(OperationKind.REFUND, byId)
        .recovers(OperationKind.SET_UP, Recovery.byListing(SETTLES).orReplayWithin(KEY_LIFE))
        .recovers(OperationKind.REMOVE, Recovery.byReplay(REMOVABLE))
        .setting(
            SettingSpec.required(
                SECRET_KEY, SettingKind.SECRET, "The API key: sk_test_… or sk_live_…."))
        .setting(
            SettingSpec.optional(
                    PUBLISHABLE_KEY,
                    SettingKind.TEXT,
                    "The key for the browser: pk_test_… or pk_live_….")
                .visibleToBrowser())
        .setting(
            SettingSpec.optional(
                WEBHOOK_SECRET,
                SettingKind.SECRET,
                "The endpoint's signing secret: whsec_…; without it every delivery is rejected."))
        .setting(
            SettingSpec.optional(
                WEBHOOK_SECRET_PREVIOUS,
                SettingKind.SECRET,
                "The signing secret before that, while it is being rolled."))
        .setting(
            SettingSpec.optional(
                    SEND_RECEIPTS,
                    SettingKind.BOOLEAN,
                    "Whether Stripe is told the customer's address, and mails a receipt to it.")
                .orElse("false"))
        .setting(
            SettingSpec.optional(
                STATEMENT_DESCRIPTOR_SUFFIX,
                SettingKind.TEXT,
                "What stands behind the account's name on statements; at most 22 characters."))
        .setting(
            SettingSpec.optional(
                    MULTIPLE_CAPTURES,
                    SettingKind.BOOLEAN,
                    "Whether holds are to be captured several times; your contract must have it.")
                .orElse("false"))
        .setting(
            SettingSpec.optional(BASE_URL, SettingKind.URL, "The address of the API.")
                .orElse("https://api.stripe.com"))
        .descriptionLimit(DESCRIPTION_LIMIT)
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new StripeGateway(StripeSettings.read(settings, environment), environment);
  }
}
