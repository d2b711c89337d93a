package dev.gatehouse.stripe;

import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.StripeError;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Stripe's errors and declines mean: the one place where they are translated. */
final class StripeErrors {
  /** Stripe's word for a charge that its fraud rules stopped. */
  private static final String BLOCKED = "fraudulent";

  private static final Map<String, DeclineCode> DECLINES =
      Map.ofEntries(
          Map.entry("authentication_required", DeclineCode.AUTHENTICATION_REQUIRED),
          Map.entry("payment_intent_authentication_failure", DeclineCode.AUTHENTICATION_REQUIRED),
          Map.entry("approve_with_id", DeclineCode.TRY_AGAIN_LATER),
          Map.entry("call_issuer", DeclineCode.CALL_ISSUER),
          Map.entry("card_not_supported", DeclineCode.TRANSACTION_NOT_PERMITTED),
          Map.entry("card_velocity_exceeded", DeclineCode.LIMIT_EXCEEDED),
          Map.entry("currency_not_supported", DeclineCode.CURRENCY_UNSUPPORTED),
          Map.entry("do_not_honor", DeclineCode.DO_NOT_HONOR),
          Map.entry("do_not_try_again", DeclineCode.DO_NOT_RETRY),
          Map.entry("expired_card", DeclineCode.EXPIRED_CARD),
          Map.entry(BLOCKED, DeclineCode.SUSPECTED_FRAUD),
          Map.entry("merchant_blacklist", DeclineCode.SUSPECTED_FRAUD),
          Map.entry("generic_decline", DeclineCode.GENERIC_DECLINE),
          Map.entry("incorrect_address", DeclineCode.ADDRESS_MISMATCH),
          Map.entry("incorrect_zip", DeclineCode.ADDRESS_MISMATCH),
          Map.entry("incorrect_number", DeclineCode.INCORRECT_NUMBER),
          Map.entry("invalid_number", DeclineCode.INCORRECT_NUMBER),
          Map.entry("invalid_account", DeclineCode.CLOSED_ACCOUNT),
          Map.entry("incorrect_cvc", DeclineCode.INCORRECT_CVC),
          Map.entry("invalid_cvc", DeclineCode.INCORRECT_CVC),
          Map.entry("incorrect_pin", DeclineCode.INCORRECT_PIN),
          Map.entry("invalid_pin", DeclineCode.INCORRECT_PIN),
          Map.entry("pin_try_exceeded", DeclineCode.INCORRECT_PIN),
          Map.entry("invalid_expiry_month", DeclineCode.INVALID_EXPIRY),
          Map.entry("invalid_expiry_year", DeclineCode.INVALID_EXPIRY),
          Map.entry("insufficient_funds", DeclineCode.INSUFFICIENT_FUNDS),
          Map.entry("invalid_amount", DeclineCode.INVALID_AMOUNT),
          Map.entry("issuer_not_available", DeclineCode.ISSUER_UNAVAILABLE),
          Map.entry("lost_card", DeclineCode.LOST_CARD),
          Map.entry("stolen_card", DeclineCode.STOLEN_CARD),
          Map.entry("pickup_card", DeclineCode.PICKUP_CARD),
          Map.entry("not_permitted", DeclineCode.TRANSACTION_NOT_PERMITTED),
          Map.entry("service_not_allowed", DeclineCode.TRANSACTION_NOT_PERMITTED),
          Map.entry("transaction_not_allowed", DeclineCode.TRANSACTION_NOT_PERMITTED),
          Map.entry("processing_error", DeclineCode.PROCESSING_ERROR),
          Map.entry("reenter_transaction", DeclineCode.TRY_AGAIN_LATER),
          Map.entry("try_again_later", DeclineCode.TRY_AGAIN_LATER),
          Map.entry("restricted_card", DeclineCode.RESTRICTED_CARD),
          Map.entry("revocation_of_authorization", DeclineCode.REVOCATION_OF_AUTHORIZATION),
          Map.entry("revocation_of_all_authorizations", DeclineCode.REVOCATION_OF_AUTHORIZATION),
          Map.entry("stop_payment_order", DeclineCode.REVOCATION_OF_AUTHORIZATION),
          Map.entry("testmode_decline", DeclineCode.TEST_MODE_LIVE_CARD),
          Map.entry("live_mode_test_card", DeclineCode.TEST_MODE_LIVE_CARD),
          Map.entry("withdrawal_count_limit_exceeded", DeclineCode.LIMIT_EXCEEDED));

  private StripeErrors() {}

  /** The issuer's reason if there is one, else Stripe's own code. */
  static Decline decline(StripeError error) {
    String raw = firstOf(error.getDeclineCode(), error.getCode());
    return decline(raw, error.getAdviceCode(), error.getMessage());
  }

  /**
   * Why a charge failed. Of one that Radar blocked, the charge names the rule, and the error of the
   * same charge says {@code fraudulent}: one word for one thing, so that no two views differ.
   */
  static Decline decline(Charge charge) {
    Charge.Outcome outcome = charge.getOutcome();
    boolean blocked = outcome != null && "blocked".equals(outcome.getType());
    String reason = outcome == null ? null : blocked ? BLOCKED : outcome.getReason();
    String advice = outcome == null ? null : outcome.getAdviceCode();
    return decline(firstOf(reason, charge.getFailureCode()), advice, charge.getFailureMessage());
  }

  private static Decline decline(String raw, @Nullable String advice, @Nullable String message) {
    return new Decline(
        DECLINES.getOrDefault(raw, DeclineCode.GENERIC_DECLINE),
        advice(advice),
        raw,
        message == null ? "" : message);
  }

  private static String firstOf(@Nullable String one, @Nullable String other) {
    return one != null ? one : other != null ? other : "";
  }

  private static DeclineAdvice advice(@Nullable String raw) {
    return switch (raw == null ? "" : raw) {
      case "try_again_later" -> DeclineAdvice.TRY_AGAIN_LATER;
      case "confirm_card_data" -> DeclineAdvice.CONFIRM_DATA;
      case "do_not_try_again" -> DeclineAdvice.DO_NOT_TRY_AGAIN;
      default -> DeclineAdvice.NONE;
    };
  }

  /**
   * A refusal that is certain to have had no effect; empty if that is not certain. It must be
   * Stripe's own error: a page of some machine on the way proves nothing. A key in use (409) is
   * another send of the same operation, of which nobody knows yet.
   */
  static Optional<Failure> certainRefusal(StripeException e, StripeCall call) {
    StripeError error = e.getStripeError();
    if (error == null || error.getType() == null || e instanceof ApiException) {
      return Optional.empty();
    }
    String code = firstOf(error.getCode(), error.getType());
    if (e instanceof AuthenticationException || e instanceof PermissionException) {
      return Optional.of(
          Failure.of(
              ErrorCategory.AUTHENTICATION,
              "http." + e.getStatusCode(),
              "Stripe refused the key in setting '"
                  + StripeGatewayProvider.SECRET_KEY
                  + "' of gateway '"
                  + call.instance()
                  + "'; set one that it knows and that may do this"));
    }
    if (e instanceof RateLimitException) {
      return Optional.of(
          new Failure(
              ErrorCategory.RATE_LIMITED, code, "Stripe has too much to do", call.retryAfter()));
    }
    if (e instanceof IdempotencyException) {
      return Optional.of(
          Failure.of(
              ErrorCategory.IDEMPOTENCY_CONFLICT, code, "the key was used with other parameters"));
    }
    return e instanceof InvalidRequestException
        ? Optional.of(Failure.of(category(code), code, firstOf(error.getMessage(), "refused")))
        : Optional.empty();
  }

  private static ErrorCategory category(String code) {
    return switch (code) {
      case "resource_missing" -> ErrorCategory.NOT_FOUND;
      case "payment_intent_unexpected_state",
          "charge_already_captured",
          "charge_already_refunded",
          "charge_disputed",
          "charge_expired_for_capture",
          "charge_not_captured" ->
          ErrorCategory.INVALID_STATE;
      default -> ErrorCategory.VALIDATION;
    };
  }

  /** Anything else that Stripe, or something on the way, answered. */
  static Failure unclear(StripeException e) {
    Integer status = e.getStatusCode();
    return unknown(
        status == null ? "answer.unreadable" : "http." + status,
        "no answer of Stripe's that settles it");
  }

  /** An intent that we know is not there for the present key. */
  static Failure notShown(StripeCall call) {
    return Failure.of(
        ErrorCategory.UNKNOWN_OUTCOME,
        "stripe.intent-not-shown",
        "Stripe does not show an intent that it made: the key in setting '"
            + StripeGatewayProvider.SECRET_KEY
            + "' of gateway '"
            + call.instance()
            + "' is of another account than before, or test data was deleted");
  }

  static Failure unknown(String code, String message) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, message);
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }
}
