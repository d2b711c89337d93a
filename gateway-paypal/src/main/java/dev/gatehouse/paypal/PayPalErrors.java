package dev.gatehouse.paypal;

import static java.util.Map.entry;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PayPal's errors mean: the one place where they are translated. */
final class PayPalErrors {
  private static final long LONGEST_WAIT_SECONDS = 86_400;

  /** Refusals by the payer's side, by PayPal's issue. */
  private static final Map<String, DeclineCode> DECLINES =
      Map.ofEntries(
          entry("INSTRUMENT_DECLINED", DeclineCode.GENERIC_DECLINE),
          entry("REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", DeclineCode.GENERIC_DECLINE),
          entry("TRANSACTION_REFUSED", DeclineCode.GENERIC_DECLINE),
          entry("DECLINED_DUE_TO_RELATED_TXN", DeclineCode.GENERIC_DECLINE),
          entry("PAYER_CANNOT_PAY", DeclineCode.TRANSACTION_NOT_PERMITTED),
          entry("COMPLIANCE_VIOLATION", DeclineCode.TRANSACTION_NOT_PERMITTED),
          entry("DOMESTIC_TRANSACTION_REQUIRED", DeclineCode.TRANSACTION_NOT_PERMITTED),
          entry("PAYER_ACCOUNT_RESTRICTED", DeclineCode.RESTRICTED_CARD),
          entry("PAYER_ACCOUNT_LOCKED_OR_CLOSED", DeclineCode.CLOSED_ACCOUNT),
          entry("PAYEE_BLOCKED_TRANSACTION", DeclineCode.SUSPECTED_FRAUD),
          entry("CARD_EXPIRED", DeclineCode.EXPIRED_CARD),
          entry("TRANSACTION_LIMIT_EXCEEDED", DeclineCode.LIMIT_EXCEEDED),
          entry("TRANSACTION_RECEIVING_LIMIT_EXCEEDED", DeclineCode.LIMIT_EXCEEDED),
          entry("MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", DeclineCode.DO_NOT_RETRY),
          entry("PAYER_ACTION_REQUIRED", DeclineCode.AUTHENTICATION_REQUIRED));

  /** What an earlier request of ours may have brought about: only a lookup tells. */
  private static final Map<String, ErrorCategory> MAY_BE_OURS =
      Map.ofEntries(
          entry("ORDER_ALREADY_CAPTURED", ErrorCategory.DUPLICATE),
          entry("ORDER_ALREADY_AUTHORIZED", ErrorCategory.DUPLICATE),
          entry("ORDER_COMPLETED_OR_VOIDED", ErrorCategory.INVALID_STATE),
          entry("ORDER_COMPLETION_IN_PROGRESS", ErrorCategory.UNKNOWN_OUTCOME),
          entry("PREVIOUS_REQUEST_IN_PROGRESS", ErrorCategory.UNKNOWN_OUTCOME),
          entry("DUPLICATE_INVOICE_ID", ErrorCategory.DUPLICATE),
          entry("AUTHORIZATION_ALREADY_CAPTURED", ErrorCategory.INVALID_STATE),
          entry("PREVIOUSLY_CAPTURED", ErrorCategory.INVALID_STATE),
          entry("PREVIOUSLY_VOIDED", ErrorCategory.DUPLICATE),
          entry("CAPTURE_FULLY_REFUNDED", ErrorCategory.INVALID_STATE),
          entry("REFUND_AMOUNT_EXCEEDED", ErrorCategory.INVALID_STATE));

  /** Refusals that come from the state that something is in. */
  private static final Set<String> STATES =
      Set.of(
          "ORDER_NOT_APPROVED",
          "ORDER_EXPIRED",
          "ACTION_DOES_NOT_MATCH_INTENT",
          "AUTHORIZATION_VOIDED",
          "AUTHORIZATION_DENIED",
          "AUTHORIZATION_EXPIRED",
          "CANNOT_BE_VOIDED",
          "PENDING_CAPTURE",
          "TRANSACTION_DISPUTED",
          "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK",
          "REFUND_TIME_LIMIT_EXCEEDED",
          "REFUND_FAILED_INSUFFICIENT_FUNDS",
          "REFUND_NOT_ALLOWED");

  private PayPalErrors() {}

  /** What an answer means that is no success. */
  static Answer of(HttpResponse response, Node body) {
    int status = response.status();
    // A page of some machine on the way is no refusal of PayPal's, and proves nothing.
    boolean paypals = body.optional("name").isPresent() && body.optional("debug_id").isPresent();
    if (status < 400 || status > 499 || !paypals) {
      return new Answer.Unsure(unreadable(response));
    }
    if (status == 429) {
      return new Answer.Refused(
          new Failure(
              ErrorCategory.RATE_LIMITED, "http.429", "too many requests", retryAfter(response)));
    }
    List<Node> details = body.list("details");
    Node detail = details.isEmpty() ? Node.empty() : details.get(0);
    String issue = detail.optional("issue").orElse(body.text("name"));
    String words = detail.optional("description").or(() -> body.optional("message")).orElse("");
    if (status == 422 && DECLINES.containsKey(issue)) {
      return new Answer.Declined(decline(DECLINES.get(issue), issue, words));
    }
    String message = words + " (PayPal's debug id " + body.text("debug_id") + ")";
    ErrorCategory ours = MAY_BE_OURS.get(issue);
    if (ours != null) {
      return new Answer.Unsure(Failure.of(ours, issue, message));
    }
    return status == 409
        ? new Answer.Unsure(unreadable(response))
        : new Answer.Refused(Failure.of(category(status, issue), issue, message));
  }

  private static ErrorCategory category(int status, String issue) {
    return switch (status) {
      case 401, 403 -> ErrorCategory.AUTHENTICATION;
      case 404 -> ErrorCategory.NOT_FOUND;
      default -> STATES.contains(issue) ? ErrorCategory.INVALID_STATE : ErrorCategory.VALIDATION;
    };
  }

  private static Decline decline(DeclineCode code, String issue, String words) {
    return new Decline(code, DeclineAdvice.NONE, issue, words);
  }

  /** Why a capture, or an authorisation, did not come about though PayPal recorded it. */
  static Decline declineOf(Node payment) {
    Node processor = payment.inner("processor_response");
    String raw =
        processor
            .optional("response_code")
            .or(() -> payment.inner("status_details").optional("reason"))
            .or(() -> payment.optional("status"))
            .orElse("");
    DeclineCode code =
        switch (raw) {
          case "5120" -> DeclineCode.INSUFFICIENT_FUNDS;
          case "5110" -> DeclineCode.INCORRECT_CVC;
          case "5400" -> DeclineCode.EXPIRED_CARD;
          case "5180", "5650", "9500" -> DeclineCode.SUSPECTED_FRAUD;
          case "0500" -> DeclineCode.DO_NOT_HONOR;
          case "1330" -> DeclineCode.INCORRECT_NUMBER;
          default -> DeclineCode.GENERIC_DECLINE;
        };
    return decline(code, raw, "");
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }

  static Failure unknown(String code, String message) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, message);
  }

  static Failure unreadable(HttpResponse response) {
    return unknown("http." + response.status(), "no answer of PayPal's that can be understood");
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
