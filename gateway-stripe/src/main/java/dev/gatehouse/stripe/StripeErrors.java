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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Stripe's errors and declines mean: the one place where they are translated. */
final class StripeErrors {
  /** Stripe's word for a charge that its fraud rules stopped. */
  private static final String BLOCKED = "fraudulent";

  /** Why Stripe stops a charge that no bank would accept: nothing that is said of the customer. */
  private static final String HOPELESS = "low_probability_of_authorization";

  /** What debits want to know. Only the customer's browser does; its token brings it. */
  private static final String MANDATE = "mandate_data";

  private static final String WITH_MANDATE =
      " Pay with a confirmation token of Stripe's script, which brings the mandate";

  /** The code of a refusal of several captures. */
  static final String MULTIPLE_CAPTURES = "stripe.multiple-captures";

  private StripeErrors() {}

  /** The issuer's reason if there is one, else Stripe's own code. */
  static Decline decline(StripeError error) {
    return decline(
        firstOf(error.getDeclineCode(), error.getCode()),
        StripeDeclines.advice(error.getAdviceCode(), error.getNetworkAdviceCode()),
        error.getNetworkDeclineCode(),
        error.getMessage());
  }

  /**
   * Why a charge failed. Of one that Radar blocked, the charge names the rule, and the error of the
   * same charge says {@code fraudulent}: one word for one thing, so that no two views differ.
   */
  static Decline decline(Charge charge) {
    Charge.Outcome outcome = charge.getOutcome();
    if (outcome == null) {
      return decline(
          firstOf(charge.getFailureCode(), null),
          DeclineAdvice.NONE,
          null,
          charge.getFailureMessage());
    }
    boolean blocked = "blocked".equals(outcome.getType()) && !HOPELESS.equals(outcome.getReason());
    return decline(
        firstOf(blocked ? BLOCKED : outcome.getReason(), charge.getFailureCode()),
        StripeDeclines.advice(outcome.getAdviceCode(), outcome.getNetworkAdviceCode()),
        outcome.getNetworkDeclineCode(),
        charge.getFailureMessage());
  }

  /** Stripe's word decides. Where it is one that we do not know, the network's does. */
  private static Decline decline(
      String raw, DeclineAdvice advice, @Nullable String network, @Nullable String message) {
    DeclineCode code =
        StripeDeclines.ofStripe(raw)
            .or(() -> StripeDeclines.ofNetwork(network))
            .orElse(DeclineCode.GENERIC_DECLINE);
    return new Decline(
        code,
        advice,
        network == null || network.isEmpty() ? raw : raw + "/" + network,
        message == null ? "" : message);
  }

  private static String firstOf(@Nullable String one, @Nullable String other) {
    return one != null ? one : other != null ? other : "";
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
    if (e instanceof InvalidRequestException && isAboutParts(error)) {
      return Optional.of(
          Failure.of(ErrorCategory.VALIDATION, MULTIPLE_CAPTURES, refusalOfParts(error)));
    }
    return e instanceof InvalidRequestException
        ? Optional.of(Failure.of(category(code), code, refusal(error)))
        : Optional.empty();
  }

  private static boolean isAboutParts(StripeError error) {
    String words = firstOf(error.getParam(), "") + " " + firstOf(error.getMessage(), "");
    return isOfHold(words) || words.contains("final_capture") || words.contains("multicapture");
  }

  private static boolean isOfHold(String words) {
    return words.contains("request_multicapture") || words.contains("requested card features");
  }

  /** What the account lacks is a matter of the setting; what the card lacks, of the capture. */
  private static String refusalOfParts(StripeError error) {
    String words = firstOf(error.getMessage(), "refused");
    return isOfHold(firstOf(error.getParam(), "") + " " + words)
        ? "setting '"
            + StripeGatewayProvider.MULTIPLE_CAPTURES
            + "': "
            + words
            + " Set it to false, or ask Stripe for several captures"
        : "'isFinal': " + words + " Capture this hold once, and finally";
  }

  /** Stripe's words, and the field of ours that they are about. */
  private static String refusal(StripeError error) {
    String refused = firstOf(error.getMessage(), "refused");
    String words = MANDATE.equals(error.getParam()) ? refused + WITH_MANDATE : refused;
    return field(error.getParam()).map(field -> "'" + field + "': " + words).orElse(words);
  }

  /** What Stripe calls a parameter, as the field of the request that it comes from. */
  private static Optional<String> field(@Nullable String param) {
    String name = param == null ? "" : param;
    if (name.startsWith("line_items") || name.equals("currency") || name.startsWith("amount")) {
      return Optional.of("amount");
    }
    return switch (name) {
      case "confirmation_token", MANDATE, "payment_method", "payment_method_types" ->
          Optional.of("method");
      case "return_url", "success_url", "cancel_url" -> Optional.of("returnUrl");
      case "description", "payment_intent_data[description]" -> Optional.of("description");
      case "receipt_email", "customer_email" -> Optional.of("customer.email");
      case "statement_descriptor_suffix" ->
          Optional.of(StripeGatewayProvider.STATEMENT_DESCRIPTOR_SUFFIX);
      case "customer" -> Optional.of("customer");
      case "charge", "payment_intent" -> Optional.of("trace");
      default -> Optional.empty();
    };
  }

  /** What a code of an error that is no decline says about trying again. */
  static ErrorCategory category(String code) {
    return switch (code) {
      case "resource_missing" -> ErrorCategory.NOT_FOUND;
      case "api_key_expired",
          "account_invalid",
          "livemode_mismatch",
          "not_allowed_on_standard_account",
          "platform_account_required",
          "platform_api_key_expired",
          "secret_key_required",
          "testmode_charges_only" ->
          ErrorCategory.AUTHENTICATION;
      case "rate_limit",
          "lock_timeout",
          "payment_intent_rate_limit_exceeded",
          "terminal_reader_busy" ->
          ErrorCategory.RATE_LIMITED;
      case "bank_account_exists", "resource_already_exists" -> ErrorCategory.DUPLICATE;
      case "capture_charge_authorization_expired",
          "capture_unauthorized_payment",
          "charge_already_captured",
          "charge_already_refunded",
          "charge_disputed",
          "charge_expired_for_capture",
          "charge_not_captured",
          "charge_not_refundable",
          "checkout_session_not_open",
          "customer_session_expired",
          "intent_invalid_state",
          "invoice_not_editable",
          "payment_intent_payment_attempt_expired",
          "payment_intent_unexpected_state",
          "payment_method_unexpected_state",
          "refund_disputed_payment",
          "return_intent_already_processed",
          "setup_intent_setup_attempt_expired",
          "setup_intent_unexpected_state",
          "status_transition_invalid",
          "token_already_used",
          "token_in_use" ->
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
        "Stripe does not show an intent that it made: " + otherKey(call));
  }

  /** The customer of a stored method, whom Stripe never forgets, is not there. */
  static Failure otherAccount(StripeCall call) {
    return Failure.of(
        ErrorCategory.AUTHENTICATION,
        "stripe.other-account",
        "Stripe shows neither the method nor the customer that it is stored for: "
            + otherKey(call));
  }

  private static String otherKey(StripeCall call) {
    return "the key in setting '"
        + StripeGatewayProvider.SECRET_KEY
        + "' of gateway '"
        + call.instance()
        + "' is of another account than before, or test data was deleted";
  }

  static Failure unknown(String code, String message) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, message);
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }
}
