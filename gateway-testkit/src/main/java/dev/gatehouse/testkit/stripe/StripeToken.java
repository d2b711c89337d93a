package dev.gatehouse.testkit.stripe;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The test payment methods that the emulator knows, each with what becomes of its charge. */
public enum StripeToken {
  /** Succeeds. */
  VISA("pm_card_visa", "visa", "4242"),
  /** Succeeds. */
  MASTERCARD("pm_card_mastercard", "mastercard", "4444"),
  /** Succeeds. */
  AMEX("pm_card_amex", "amex", "8431"),
  /** Succeeds. */
  VISA_DEBIT("pm_card_visa_debit", "visa", "5556"),
  /** Succeeds. */
  MASTERCARD_DEBIT("pm_card_mastercard_debit", "mastercard", "8210"),
  /** Succeeds. */
  MASTERCARD_PREPAID("pm_card_mastercard_prepaid", "mastercard", "5100"),
  /** Succeeds. */
  DISCOVER("pm_card_discover", "discover", "1117"),
  /** Succeeds. */
  DINERS("pm_card_diners", "diners", "0004"),
  /** Succeeds. */
  JCB("pm_card_jcb", "jcb", "0505"),
  /** Succeeds. */
  UNIONPAY("pm_card_unionpay", "unionpay", "0005"),
  /** Succeeds, and can be captured once only, whatever was asked for. */
  NO_CARD_FEATURES("pm_card_credit_disableEnterpriseCardFeatures", "visa", "0076"),
  /** Declined without a reason. */
  DECLINED("pm_card_visa_chargeDeclined", "card_declined", "generic_decline", "0002", null),
  /** Declined: insufficient funds. */
  INSUFFICIENT_FUNDS(
      "pm_card_visa_chargeDeclinedInsufficientFunds",
      "card_declined",
      "insufficient_funds",
      "9995",
      "try_again_later"),
  /** Declined: lost. */
  LOST_CARD(
      "pm_card_visa_chargeDeclinedLostCard",
      "card_declined",
      "lost_card",
      "9987",
      "do_not_try_again"),
  /** Declined: stolen. */
  STOLEN_CARD(
      "pm_card_visa_chargeDeclinedStolenCard",
      "card_declined",
      "stolen_card",
      "9979",
      "do_not_try_again"),
  /** Declined: expired. */
  EXPIRED_CARD("pm_card_chargeDeclinedExpiredCard", "expired_card", null, "0069", null),
  /** Declined: the CVC is wrong. */
  INCORRECT_CVC(
      "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", null, "0127", "confirm_card_data"),
  /** Declined: an error while processing. */
  PROCESSING_ERROR(
      "pm_card_chargeDeclinedProcessingError", "processing_error", null, "0119", "try_again_later"),
  /** Declined: used too often. */
  VELOCITY(
      "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
      "card_declined",
      "card_velocity_exceeded",
      "6975",
      null),
  /** Blocked as fraud by Stripe itself. */
  RADAR_BLOCK("pm_card_radarBlock", "card_declined", "fraudulent", "0019", null),
  /** Blocked by Stripe itself: the risk is at its highest. */
  RISK_HIGHEST("pm_card_riskLevelHighest", "card_declined", "fraudulent", "4916", null),
  /** Succeeds, as authentication is possible and not required. */
  THREE_D_SECURE_OPTIONAL("pm_card_threeDSecureOptional", "visa", "3055"),
  /** The customer must authenticate. */
  THREE_D_SECURE_REQUIRED("pm_card_threeDSecureRequired", "visa", "3063"),
  /** The customer must authenticate, and then there is not enough money. */
  THREE_D_SECURE_FUNDS(
      "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "visa", "3178"),
  /** It can be stored; each charge of it is declined. */
  CUSTOMER_FAIL("pm_card_chargeCustomerFail", "card_declined", "generic_decline", "0341", null),
  /** The customer must authenticate; off session it is declined. */
  AUTHENTICATION_REQUIRED("pm_card_authenticationRequired", "visa", "3184"),
  /** The customer must authenticate. */
  THREE_D_SECURE_2("pm_card_threeDSecure2Required", "visa", "3220"),
  /** The customer must authenticate, and then the charge is declined. */
  THREE_D_SECURE_DECLINED("pm_card_threeDSecureRequiredChargeDeclined", "visa", "1629"),
  /** Succeeds and is disputed as fraudulent. */
  DISPUTE("pm_card_createDispute", "visa", "0259"),
  /** Succeeds, and the bank asks about it; no money is taken. */
  DISPUTE_INQUIRY("pm_card_createDisputeInquiry", "visa", "1976"),
  /** Succeeds; its refunds are pending at first and succeed later. */
  PENDING_REFUND("pm_card_pendingRefund", "visa", "7726"),
  /** Succeeds; its refunds succeed at first and fail later. */
  REFUND_FAIL("pm_card_refundFail", "visa", "5126");

  private final String id;
  private final String brand;
  private final String last4;
  private final @Nullable Refusal refusal;

  StripeToken(String id, String brand, String last4) {
    this.id = id;
    this.brand = brand;
    this.last4 = last4;
    this.refusal = null;
  }

  StripeToken(
      String id, String code, @Nullable String declineCode, String last4, @Nullable String advice) {
    this.id = id;
    this.brand = "visa";
    this.last4 = last4;
    this.refusal = new Refusal(code, declineCode, advice);
  }

  /**
   * A decline in Stripe's words.
   *
   * @param code the error's code
   * @param declineCode the issuer's reason, for some codes
   * @param advice what the network advises
   */
  record Refusal(String code, @Nullable String declineCode, @Nullable String advice) {
    static final Refusal AUTHENTICATION =
        new Refusal("authentication_required", "authentication_required", null);
    static final Refusal DEBIT = new Refusal("debit_not_authorized", null, null);
    static final Refusal GENERIC = new Refusal("card_declined", "generic_decline", null);

    String message() {
      return switch (code) {
        case "expired_card" -> "Your card has expired.";
        case "incorrect_cvc" -> "Your card's security code is incorrect.";
        case "processing_error" ->
            "An error occurred while processing your card. Try again in a little bit.";
        case "debit_not_authorized" -> "The customer's bank sent the debit back.";
        case "authentication_required" ->
            "Your card was declined. This transaction requires authentication.";
        default ->
            "insufficient_funds".equals(declineCode)
                ? "Your card has insufficient funds."
                : "Your card was declined.";
      };
    }
  }

  /** The id that goes into a request, such as {@code pm_card_visa}. */
  public String id() {
    return id;
  }

  static Optional<StripeToken> of(String id) {
    return Arrays.stream(values()).filter(token -> token.id.equals(id)).findFirst();
  }

  String brand() {
    return brand;
  }

  String last4() {
    return last4;
  }

  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** How the bank decides once the customer has authenticated. */
  Optional<Refusal> refusalAfterAuthentication() {
    return switch (this) {
      case THREE_D_SECURE_DECLINED -> Optional.of(Refusal.GENERIC);
      case THREE_D_SECURE_FUNDS -> INSUFFICIENT_FUNDS.refusal();
      default -> Optional.empty();
    };
  }

  boolean wantsAuthentication() {
    return this == AUTHENTICATION_REQUIRED
        || this == THREE_D_SECURE_REQUIRED
        || this == THREE_D_SECURE_FUNDS
        || this == THREE_D_SECURE_2
        || this == THREE_D_SECURE_DECLINED;
  }
}
