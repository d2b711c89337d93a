package dev.gatehouse.operations;

import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CaptureFailed;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.ConflictFound;
import dev.gatehouse.event.DisputeFundsReinstated;
import dev.gatehouse.event.DisputeFundsWithdrawn;
import dev.gatehouse.event.DisputeOpened;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.event.IntegrityMismatchFound;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.RefundFailed;
import java.util.Locale;
import java.util.regex.Pattern;

/** Events in plain English: what happened, and what is worth saying beside it. */
final class EventWords {
  private static final Pattern WORD = Pattern.compile("(?<!^)(?=[A-Z])");

  private EventWords() {}

  /** One line, such as "payment captured: EUR 10.00". */
  static String of(LifecycleEvent event) {
    String type = WORD.matcher(event.type()).replaceAll(" ").toLowerCase(Locale.ROOT);
    String detail =
        event instanceof MembershipStatusChanged changed
            ? words(changed.from()) + " to " + words(changed.to())
            : detail(event);
    return detail.isEmpty() ? type : type + ": " + detail;
  }

  private static String detail(LifecycleEvent event) {
    if (event instanceof PaymentAuthorized e) {
      return e.amount().toString();
    } else if (event instanceof PaymentCaptured e) {
      return e.amount().toString();
    } else if (event instanceof PaymentRefunded e) {
      return e.amount().toString();
    } else if (event instanceof PaymentFailed e) {
      return words(e.decline().code());
    } else if (event instanceof CaptureFailed e) {
      return e.amount().toString();
    } else if (event instanceof RefundFailed e) {
      return e.amount().toString();
    } else if (event instanceof AuthorizationEnded e) {
      return words(e.end());
    }
    return rare(event);
  }

  private static String rare(LifecycleEvent event) {
    if (event instanceof CheckoutCompleted e) {
      return e.total().toString();
    } else if (event instanceof Overpaid e) {
      return e.excess().toString();
    } else if (event instanceof LateMoney e) {
      return e.amount().toString();
    } else if (event instanceof DisputeOpened e) {
      return e.amount().toString();
    } else if (event instanceof DisputeFundsWithdrawn e) {
      return e.amount().toString();
    } else if (event instanceof DisputeFundsReinstated e) {
      return e.amount().toString();
    } else if (event instanceof ConflictFound e) {
      return e.fact();
    } else if (event instanceof IntegrityMismatchFound e) {
      return words(e.mismatch());
    } else if (event instanceof ForeignPaymentSeen e) {
      return "at " + e.gateway();
    }
    return event instanceof OperationLeftToPerson e ? words(e.kind()) + ", " + e.why() : "";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
