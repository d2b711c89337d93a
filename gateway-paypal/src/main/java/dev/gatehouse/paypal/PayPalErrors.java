package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What PayPal's errors mean: the one place where they are translated. */
final class PayPalErrors {
  private static final long LONGEST_WAIT_SECONDS = 86_400;
  private static final Pattern DEBUG_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** States that an earlier request of ours may have brought about, besides duplicates. */
  private static final Set<String> MAY_BE_OURS =
      Set.of(
          "AUTHORIZATION_ALREADY_CAPTURED",
          "CAPTURE_FULLY_REFUNDED",
          "ORDER_COMPLETED_OR_VOIDED",
          "PREVIOUSLY_CAPTURED",
          "REFUND_AMOUNT_EXCEEDED");

  private PayPalErrors() {}

  /** What an answer means that is no success. */
  static Answer of(HttpResponse response, Node body) {
    int status = response.status();
    // A page of some machine on the way is no refusal of PayPal's, and proves nothing.
    boolean paypals = body.optional("name").isPresent() && body.optional("debug_id").isPresent();
    if (status < 400 || status > 499 || !paypals) {
      return new Answer.Unsure(unreadable(response, body));
    }
    if (status == 429) {
      return new Answer.Refused(
          new Failure(
              ErrorCategory.RATE_LIMITED,
              "http.429",
              "too many requests" + debugId(response, body),
              retryAfter(response)));
    }
    List<Node> details = body.list("details");
    Node detail = details.isEmpty() ? Node.empty() : details.get(0);
    String issue = detail.optional("issue").orElse(body.text("name"));
    String words = detail.optional("description").or(() -> body.optional("message")).orElse("");
    String message = located(detail) + words + debugId(response, body);
    Optional<DeclineCode> decline = PayPalDeclines.ofIssue(issue);
    if (status == 422 && decline.isPresent()) {
      return new Answer.Declined(
          new Decline(decline.get(), DeclineAdvice.NONE, issue, message),
          payerPage(body),
          Optional.empty());
    }
    ErrorCategory category = category(status, issue);
    if (isInDoubt(category) || MAY_BE_OURS.contains(issue)) {
      return new Answer.Unsure(Failure.of(category, issue, message));
    }
    return status == 409
        ? new Answer.Unsure(unreadable(response, body))
        : new Answer.Refused(Failure.of(category, issue, message));
  }

  /** Only a lookup tells. */
  private static boolean isInDoubt(ErrorCategory category) {
    return category == ErrorCategory.DUPLICATE || category == ErrorCategory.UNKNOWN_OUTCOME;
  }

  /** Where PayPal wants the payer again, for another instrument or an authentication. */
  private static Optional<URI> payerPage(Node body) {
    try {
      return body.link("redirect")
          .or(() -> body.link("payer-action"))
          .map(URI::create)
          .filter(page -> "https".equals(page.getScheme()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ErrorCategory category(int status, String issue) {
    return switch (status) {
      case 401, 403 -> ErrorCategory.AUTHENTICATION;
      case 404 -> ErrorCategory.NOT_FOUND;
      default -> category(issue);
    };
  }

  /** What an issue, or the name of an error without one, says if it is no decline. */
  static ErrorCategory category(String issue) {
    return switch (issue) {
      case "AUTHENTICATION_FAILURE",
          "AUTH_CAPTURE_NOT_ENABLED",
          "CONSENT_NEEDED",
          "INVALID_ACCOUNT_STATUS",
          "NOT_AUTHORIZED",
          "NOT_ELIGIBLE_FOR_PAYPAL_TRANSACTION_ID_PROCESSING",
          "NOT_ELIGIBLE_FOR_PNREF_PROCESSING",
          "NOT_ELIGIBLE_FOR_TOKEN_PROCESSING",
          "NOT_ENABLED_FOR_APPLE_PAY",
          "NOT_ENABLED_FOR_BANK_PROCESSING",
          "NOT_ENABLED_FOR_CARD_PROCESSING",
          "NOT_ENABLED_FOR_GOOGLE_PAY",
          "NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE",
          "PAYEE_ACCOUNT_INVALID",
          "PAYEE_ACCOUNT_LOCKED_OR_CLOSED",
          "PAYEE_ACCOUNT_NOT_VERIFIED",
          "PAYEE_ACCOUNT_RESTRICTED",
          "PAYEE_COUNTRY_NOT_SUPPORTED_FOR_PAYMENT_SOURCE",
          "PAYEE_NOT_ENABLED_FOR_BANK_PROCESSING",
          "PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING",
          "PAYEE_PRICING_TIER_ID_NOT_ENABLED",
          "PERMISSION_DENIED",
          "PERMISSION_DENIED_FOR_DONATION_ITEMS",
          "PLATFORM_FEES_NOT_SUPPORTED",
          "PLATFORM_FEE_NOT_ENABLED",
          "REFUND_IS_RESTRICTED",
          "SAVE_ORDER_NOT_SUPPORTED",
          "SETUP_ERROR_FOR_BANK",
          "SHIPPING_TYPE_NOT_SUPPORTED_FOR_CLIENT" ->
          ErrorCategory.AUTHENTICATION;
      case "CAPTURE_ID_NOT_FOUND",
          "IDENTIFIER_NOT_FOUND",
          "INVALID_RESOURCE_ID",
          "PAYPAL_TRANSACTION_ID_NOT_FOUND",
          "PNREF_NOT_FOUND",
          "RESOURCE_NOT_FOUND",
          "TRACKER_ID_NOT_FOUND" ->
          ErrorCategory.NOT_FOUND;
      case "RATE_LIMIT_REACHED" -> ErrorCategory.RATE_LIMITED;
      case "ORDER_IS_PENDING_APPROVAL" -> ErrorCategory.UNAVAILABLE;
      case "INTERNAL_SERVER_ERROR",
          "ORDER_COMPLETION_IN_PROGRESS",
          "PREVIOUS_REQUEST_IN_PROGRESS",
          "RESOURCE_CONFLICT",
          "SERVICE_UNAVAILABLE" ->
          ErrorCategory.UNKNOWN_OUTCOME;
      case "DUPLICATE_INVOICE_ID",
          "ORDER_ALREADY_AUTHORIZED",
          "ORDER_ALREADY_CAPTURED",
          "PREVIOUSLY_VOIDED" ->
          ErrorCategory.DUPLICATE;
      case "ACTION_DOES_NOT_MATCH_INTENT",
          "AUTHORIZATION_ALREADY_CAPTURED",
          "AUTHORIZATION_DENIED",
          "AUTHORIZATION_EXPIRED",
          "AUTHORIZATION_VOIDED",
          "CANNOT_BE_VOIDED",
          "CAPTURE_FULLY_REFUNDED",
          "CAPTURE_STATUS_NOT_VALID",
          "MAX_AUTHORIZATION_COUNT_EXCEEDED",
          "MAX_CAPTURE_AMOUNT_EXCEEDED",
          "MAX_CAPTURE_COUNT_EXCEEDED",
          "MAX_NUMBER_OF_REFUNDS_EXCEEDED",
          "ORDER_ALREADY_COMPLETED",
          "ORDER_CANNOT_BE_CONFIRMED",
          "ORDER_CANNOT_BE_SAVED",
          "ORDER_COMPLETED_OR_VOIDED",
          "ORDER_EXPIRED",
          "ORDER_NOT_APPROVED",
          "PARTIAL_REFUND_NOT_ALLOWED",
          "PAYMENT_ALREADY_APPROVED",
          "PENDING_CAPTURE",
          "PREVIOUSLY_CAPTURED",
          "PREVIOUS_TRANSACTION_REFERENCE_HAS_CHARGEBACK",
          "PREVIOUS_TRANSACTION_REFERENCE_VOIDED",
          "REAUTHORIZATION_NOT_SUPPORTED",
          "REFUND_AMOUNT_EXCEEDED",
          "REFUND_FAILED_INSUFFICIENT_FUNDS",
          "REFUND_NOT_ALLOWED",
          "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK",
          "REFUND_TIME_LIMIT_EXCEEDED",
          "TRANSACTION_DISPUTED" ->
          ErrorCategory.INVALID_STATE;
      default -> ErrorCategory.VALIDATION;
    };
  }

  /** The field of ours that a refusal is about, if it is about one. */
  private static String located(Node detail) {
    String field = detail.optional("field").orElse("");
    String ours =
        field.contains("/amount") || field.endsWith("/value") || field.endsWith("/currency_code")
            ? "amount"
            : field.endsWith("/description")
                ? "description"
                : field.endsWith("/return_url") || field.endsWith("/cancel_url") ? "returnUrl" : "";
    return ours.isEmpty() ? "" : "'" + ours + "': ";
  }

  /** What PayPal's support asks for first. */
  static String debugId(HttpResponse response, Node body) {
    return body.optional("debug_id")
        .or(() -> response.headers().first("paypal-debug-id"))
        .filter(id -> DEBUG_ID.matcher(id).matches())
        .map(id -> " (PayPal's debug id " + id + ")")
        .orElse("");
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }

  static Failure unknown(String code, String message) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, message);
  }

  static Failure unreadable(HttpResponse response, Node body) {
    return unknown(
        "http." + response.status(),
        "no answer of PayPal's that settles it" + debugId(response, body));
  }

  static Failure unreadable(Node.Unreadable e) {
    return unknown("answer.unreadable", String.valueOf(e.getMessage()));
  }

  private static Optional<Duration> retryAfter(HttpResponse response) {
    return response
        .headers()
        .first("retry-after")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)));
  }
}
