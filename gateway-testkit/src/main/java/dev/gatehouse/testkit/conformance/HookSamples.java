package dev.gatehouse.testkit.conformance;

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
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * Events to tell hooks of: one of each type, in the order of a story.
 *
 * @param customer whose they are; a number, of which all ids are made
 * @param at when they were raised
 * @param mode of what moves money
 * @param known whether the customer is known
 * @param lines what was bought
 * @param plan the plan's name
 */
record HookSamples(
    int customer, Instant at, Mode mode, boolean known, List<Line> lines, String plan) {
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final Line GOLD = Line.of("Gold, a month", 1, TEN);

  /** Of the first customer, a moment before the check, in live mode. */
  static HookSamples live() {
    return new HookSamples(
        1, HookBench.START.minusSeconds(1), Mode.LIVE, true, List.of(GOLD), "Gold");
  }

  HookSamples of(int other) {
    return new HookSamples(other, at, mode, known, lines, plan);
  }

  HookSamples raisedAt(Instant other) {
    return new HookSamples(customer, other, mode, known, lines, plan);
  }

  HookSamples inTestMode() {
    return new HookSamples(customer, at, Mode.TEST, known, lines, plan);
  }

  HookSamples ofNobody() {
    return new HookSamples(customer, at, mode, false, lines, plan);
  }

  HookSamples saying(List<Line> otherLines, String otherPlan) {
    return new HookSamples(customer, at, mode, known, otherLines, otherPlan);
  }

  List<LifecycleEvent> all() {
    return Stream.of(ofCustomer(), ofPayment(), ofMoneyBack(), ofTrouble())
        .flatMap(List::stream)
        .toList();
  }

  /** The last that is told of a customer. */
  LifecycleEvent erasure() {
    return new CustomerErased(still("erased"), new CustomerId("cus-" + customer));
  }

  /** All types of events, the end of the story included. */
  List<LifecycleEvent> ofEveryType() {
    return Stream.concat(all().stream(), Stream.of(erasure())).toList();
  }

  /** The checkout of a customer's story. */
  static CheckoutId checkoutOf(CustomerId customer) {
    return new CheckoutId(customer.value().replaceFirst("cus-", "chk-") + "-1");
  }

  /** The payment that paid it. */
  static PaymentId paymentOf(CustomerId customer) {
    return new PaymentId(customer.value().replaceFirst("cus-", "pay-") + "-1");
  }

  private List<LifecycleEvent> ofCustomer() {
    return List.of(
        new CustomerCreated(still("created"), new CustomerId("cus-" + customer)),
        new CheckoutExpired(still("expired"), new CheckoutId("chk-old-" + customer)),
        new CheckoutCancelled(still("cancelled"), new CheckoutId("chk-other-" + customer)));
  }

  private List<LifecycleEvent> ofPayment() {
    return List.of(
        failed("1"),
        new PaymentAuthorized(money("authorized"), payment(), "au-" + customer, TEN),
        new AuthorizationEnded(
            money("hold-ended"), payment(), "au-" + customer, AuthorizationEnd.EXPIRED),
        new PaymentCaptured(money("captured"), payment(), "ca-" + customer, TEN),
        new PaymentMethodStored(money("stored"), payment(), gateway(), "pm-" + customer),
        new PaymentMethodNotStored(
            money("unstored"), payment(), gateway(), Decline.of(DeclineCode.EXPIRED_CARD)),
        new PaymentMethodRemoved(money("removed"), payment(), gateway(), "pm-" + customer),
        completed("1"),
        status(MembershipState.PENDING, MembershipState.ACTIVE),
        new CaptureFailed(money("uncaptured"), payment(), "ca-x-" + customer, TEN));
  }

  private List<LifecycleEvent> ofMoneyBack() {
    return List.of(
        refunded("1"),
        new RefundFailed(money("unrefunded"), payment(), "re-x-" + customer, TEN),
        new DisputeOpened(money("disputed"), payment(), "dp-" + customer, TEN),
        new DisputeFundsWithdrawn(money("withdrawn"), payment(), "mv-1-" + customer, TEN),
        new DisputeFundsReinstated(money("reinstated"), payment(), "mv-2-" + customer, TEN),
        status(MembershipState.ACTIVE, MembershipState.CANCELLED));
  }

  private List<LifecycleEvent> ofTrouble() {
    return List.of(
        new ConflictFound(money("conflict"), payment(), "movements.amount", List.of("1", "2")),
        new ForeignPaymentSeen(money("foreign"), payment(), gateway()),
        new IntegrityMismatchFound(money("mismatch"), payment(), Mismatch.AMOUNT),
        new LateMoney(money("late"), payment(), checkout("1"), TEN),
        new OperationLeftToPerson(
            money("person"), payment(), "pay-1.refund.1", OperationKind.REFUND, "looked for"),
        new Overpaid(money("overpaid"), payment(), checkout("1"), TEN));
  }

  /** What may come twice for one customer, equal in all but who says it: pairs. */
  List<List<LifecycleEvent>> twins() {
    return List.of(
        List.of(failed("1"), failed("2")),
        List.of(completed("1"), completed("2")),
        List.of(refunded("1"), refunded("2")));
  }

  /** With everything left out that may be. */
  List<LifecycleEvent> bare() {
    return List.of(
        new CheckoutCompleted(
            still("completed-free"),
            checkout("free"),
            TEN.multipliedBy(0),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        new PaymentFailed(
            money("failed-bare"),
            payment(),
            Optional.empty(),
            "at-bare",
            Decline.of(DeclineCode.GENERIC_DECLINE)));
  }

  private PaymentFailed failed(String attempt) {
    return new PaymentFailed(
        money("failed:" + attempt),
        payment(),
        Optional.of(checkout("1")),
        "at-" + attempt + "-" + customer,
        Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
  }

  CheckoutCompleted completed(String number) {
    return new CheckoutCompleted(
        header("chk-" + customer + "-" + number + "/completed", Optional.of(mode)),
        checkout(number),
        TEN,
        lines,
        Optional.of(
            new PaymentSummary(new PaymentId("pay-" + customer + "-" + number), gateway(), TEN)),
        Optional.of(new MembershipSummary(membership(), new PlanId("gold"), plan)));
  }

  private PaymentRefunded refunded(String number) {
    return new PaymentRefunded(
        money("refunded:" + number), payment(), "re-" + number + "-" + customer, TEN);
  }

  private MembershipStatusChanged status(MembershipState from, MembershipState to) {
    return new MembershipStatusChanged(
        header("cus-" + customer + "/status:" + to, Optional.of(mode)),
        membership(),
        new PlanId("gold"),
        plan,
        from,
        to);
  }

  private PaymentId payment() {
    return new PaymentId("pay-" + customer + "-1");
  }

  private CheckoutId checkout(String number) {
    return new CheckoutId("chk-" + customer + "-" + number);
  }

  private MembershipId membership() {
    return new MembershipId("mem-" + customer);
  }

  private static GatewayInstanceId gateway() {
    return new GatewayInstanceId("stripe-eu");
  }

  private EventHeader money(String what) {
    return header(payment().value() + "/" + what, Optional.of(mode));
  }

  private EventHeader still(String what) {
    return header("cus-" + customer + "/" + what, Optional.empty());
  }

  private EventHeader header(String id, Optional<Mode> itsMode) {
    return new EventHeader(
        id,
        at,
        known ? "cus-" + customer : payment().value(),
        known ? Optional.of(new CustomerId("cus-" + customer)) : Optional.empty(),
        itsMode);
  }
}
