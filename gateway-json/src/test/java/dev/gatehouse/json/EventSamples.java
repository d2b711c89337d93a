package dev.gatehouse.json;

import static dev.gatehouse.json.Samples.CHECKOUT;
import static dev.gatehouse.json.Samples.CUSTOMER;
import static dev.gatehouse.json.Samples.GATEWAY;
import static dev.gatehouse.json.Samples.MEMBERSHIP;
import static dev.gatehouse.json.Samples.PAYMENT;
import static dev.gatehouse.json.Samples.PLAN;
import static dev.gatehouse.json.Samples.TIME;
import static dev.gatehouse.json.Samples.eur;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CaptureFailed;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CheckoutExpired;
import dev.gatehouse.event.ConflictFound;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.DisputeFundsReinstated;
import dev.gatehouse.event.DisputeFundsWithdrawn;
import dev.gatehouse.event.DisputeOpened;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.event.IntegrityMismatchFound;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.MembershipSummary;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentMethodNotStored;
import dev.gatehouse.event.PaymentMethodRemoved;
import dev.gatehouse.event.PaymentMethodStored;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.PaymentSummary;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.spi.OperationKind;
import java.util.List;
import java.util.Optional;

/** One event of each type. */
final class EventSamples {
  private EventSamples() {}

  static List<LifecycleEvent> all() {
    return all(completed(Samples.lines()));
  }

  /** As they were when a line did not say its kind. */
  static List<LifecycleEvent> inVersion1() {
    return all(completed(Samples.linesInVersion1()));
  }

  private static CheckoutCompleted completed(List<Line> lines) {
    return new CheckoutCompleted(
        header(),
        CHECKOUT,
        eur("14.00"),
        lines,
        Optional.of(new PaymentSummary(PAYMENT, GATEWAY, eur("14.00"))),
        Optional.of(new MembershipSummary(MEMBERSHIP, PLAN, "Gold")));
  }

  private static List<LifecycleEvent> all(CheckoutCompleted completed) {
    return List.of(
        new AuthorizationEnded(header(), PAYMENT, "au_1", AuthorizationEnd.EXPIRED),
        new CaptureFailed(header(), PAYMENT, "ca_1", eur("1.00")),
        new CheckoutCancelled(header(), CHECKOUT),
        completed,
        new CheckoutExpired(header(), CHECKOUT),
        new ConflictFound(header(), PAYMENT, "movements[ca_1].amount", List.of("EUR 1", "EUR 2")),
        new CustomerCreated(header(), CUSTOMER),
        new CustomerErased(header(), CUSTOMER),
        new DisputeFundsReinstated(header(), PAYMENT, "mv_2", eur("4.00")),
        new DisputeFundsWithdrawn(header(), PAYMENT, "mv_1", eur("4.00")),
        new DisputeOpened(header(), PAYMENT, "dp_1", eur("4.00")),
        new ForeignPaymentSeen(header(), PAYMENT, GATEWAY),
        new IntegrityMismatchFound(header(), PAYMENT, Mismatch.CURRENCY),
        new LateMoney(header(), PAYMENT, CHECKOUT, eur("14.00")),
        new MembershipStatusChanged(
            header(), MEMBERSHIP, PLAN, "Gold", MembershipState.PENDING, MembershipState.ACTIVE),
        new OperationLeftToPerson(
            header(), PAYMENT, "pay_1.capture.1", OperationKind.CAPTURE, "looked up for a day"),
        new Overpaid(header(), PAYMENT, CHECKOUT, eur("0.01")),
        new PaymentAuthorized(header(), PAYMENT, "au_1", eur("14.00")),
        new PaymentCaptured(header(), PAYMENT, "ca_1", eur("14.00")),
        new PaymentFailed(header(), PAYMENT, Optional.of(CHECKOUT), "ch_0", PaymentSamples.DECLINE),
        new PaymentMethodNotStored(header(), PAYMENT, GATEWAY, PaymentSamples.DECLINE),
        new PaymentMethodRemoved(header(), PAYMENT, GATEWAY, "pm_1"),
        new PaymentMethodStored(header(), PAYMENT, GATEWAY, "pm_1"),
        new PaymentRefunded(header(), PAYMENT, "re_1", eur("0.01")),
        new RefundFailed(header(), PAYMENT, "re_1", eur("0.01")));
  }

  /** Of a free checkout without lines, by nobody. */
  static CheckoutCompleted bare() {
    return new CheckoutCompleted(
        new EventHeader("chk_1:completed", TIME, "chk_1", Optional.empty(), Optional.empty()),
        CHECKOUT,
        eur("0.00"),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static EventHeader header() {
    return new EventHeader(
        "pay_1:captured:ca_1", TIME, "cus_1", Optional.of(CUSTOMER), Optional.of(Mode.LIVE));
  }
}
