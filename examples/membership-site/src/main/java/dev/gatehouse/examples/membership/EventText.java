package dev.gatehouse.examples.membership;

import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;

/** What is worth saying of an event beside its type. */
final class EventText {
  private EventText() {}

  static String of(LifecycleEvent event) {
    if (event instanceof PaymentAuthorized authorized) {
      return authorized.amount().toString();
    } else if (event instanceof PaymentCaptured captured) {
      return captured.amount().toString();
    } else if (event instanceof PaymentRefunded refunded) {
      return refunded.amount().toString();
    } else if (event instanceof PaymentFailed failed) {
      return failed.decline().code().toString();
    } else if (event instanceof AuthorizationEnded ended) {
      return ended.end().toString();
    } else if (event instanceof Overpaid overpaid) {
      return overpaid.excess().toString();
    } else if (event instanceof LateMoney late) {
      return late.amount().toString();
    } else if (event instanceof CheckoutCompleted completed) {
      return completed.total().toString();
    } else if (event instanceof MembershipStatusChanged changed) {
      return changed.from() + " -> " + changed.to();
    } else if (event instanceof OperationLeftToPerson left) {
      return left.kind() + ": " + left.why();
    }
    return "";
  }
}
