package dev.gatehouse.json;

import static dev.gatehouse.json.Groups.list;
import static dev.gatehouse.json.Groups.optional;
import static dev.gatehouse.json.Scalars.CHECKOUT_ID;
import static dev.gatehouse.json.Scalars.CUSTOMER_ID;
import static dev.gatehouse.json.Scalars.GATEWAY_ID;
import static dev.gatehouse.json.Scalars.MEMBERSHIP_ID;
import static dev.gatehouse.json.Scalars.MONEY;
import static dev.gatehouse.json.Scalars.PAYMENT_ID;
import static dev.gatehouse.json.Scalars.PLAN_ID;
import static dev.gatehouse.json.Scalars.TEXT;
import static dev.gatehouse.json.Scalars.TIME;
import static dev.gatehouse.json.Scalars.word;

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
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Mismatch;
import java.util.List;
import java.util.function.Function;
import org.joda.money.Money;

/** The forms of events. A version is an event's own: another one changes when it alone changes. */
final class EventForms {
  private static final Shape<EventHeader> HEADER = header();

  static final Union<LifecycleEvent> EVENT =
      new Union<>(
          List.of(
              event("AuthorizationEnded", AuthorizationEnded.class, authorizationEnded()),
              event("CaptureFailed", CaptureFailed.class, captureFailed()),
              event("CheckoutCancelled", CheckoutCancelled.class, checkoutCancelled()),
              event(2, "CheckoutCompleted", CheckoutCompleted.class, checkoutCompleted()),
              event("CheckoutExpired", CheckoutExpired.class, checkoutExpired()),
              event("ConflictFound", ConflictFound.class, conflictFound()),
              event("CustomerCreated", CustomerCreated.class, customerCreated()),
              event("CustomerErased", CustomerErased.class, customerErased()),
              event("DisputeFundsReinstated", DisputeFundsReinstated.class, fundsReinstated()),
              event("DisputeFundsWithdrawn", DisputeFundsWithdrawn.class, fundsWithdrawn()),
              event("DisputeOpened", DisputeOpened.class, disputeOpened()),
              event("ForeignPaymentSeen", ForeignPaymentSeen.class, foreignPaymentSeen()),
              event("IntegrityMismatchFound", IntegrityMismatchFound.class, mismatchFound()),
              event("LateMoney", LateMoney.class, lateMoney()),
              event("MembershipStatusChanged", MembershipStatusChanged.class, statusChanged()),
              // Version 2 knows operations on stored methods.
              event(2, "OperationLeftToPerson", OperationLeftToPerson.class, leftToPerson()),
              event("Overpaid", Overpaid.class, overpaid()),
              event("PaymentAuthorized", PaymentAuthorized.class, paymentAuthorized()),
              event("PaymentCaptured", PaymentCaptured.class, paymentCaptured()),
              event("PaymentFailed", PaymentFailed.class, paymentFailed()),
              event("PaymentMethodNotStored", PaymentMethodNotStored.class, methodNotStored()),
              event("PaymentMethodRemoved", PaymentMethodRemoved.class, methodRemoved()),
              event("PaymentMethodStored", PaymentMethodStored.class, methodStored()),
              event("PaymentRefunded", PaymentRefunded.class, paymentRefunded()),
              event("RefundFailed", RefundFailed.class, refundFailed())));

  private EventForms() {}

  /**
   * Of a newer version is fine: an event is read and never written back, so what is not known of it
   * is not lost. A change of what it means would be an event of another type.
   */
  private static <E> Union.Variant<E> event(String word, Class<E> type, Shape<E> shape) {
    return event(1, word, type, shape);
  }

  private static <E> Union.Variant<E> event(
      int version, String word, Class<E> type, Shape<E> shape) {
    return Union.Variant.of(word, type, shape.versioned(version, Versions.ANY));
  }

  private static Shape<EventHeader> header() {
    var f = new Fields<EventHeader>();
    var id = f.add("id", EventHeader::id, TEXT);
    var at = f.add("at", EventHeader::at, TIME);
    var subject = f.add("subject", EventHeader::subject, TEXT);
    var customer = f.add("customer", EventHeader::customer, optional(CUSTOMER_ID));
    var mode = f.add("mode", EventHeader::mode, optional(FactsForm.MODE));
    return f.to(
        v -> new EventHeader(v.get(id), v.get(at), v.get(subject), v.get(customer), v.get(mode)));
  }

  private static Shape<AuthorizationEnded> authorizationEnded() {
    var f = new Fields<AuthorizationEnded>();
    var header = f.add("header", AuthorizationEnded::header, HEADER);
    var payment = f.add("payment", AuthorizationEnded::payment, PAYMENT_ID);
    var authorization = f.add("authorization", AuthorizationEnded::authorization, TEXT);
    var end = f.add("end", AuthorizationEnded::end, word(AuthorizationEnd.class));
    return f.to(
        v ->
            new AuthorizationEnded(
                v.get(header), v.get(payment), v.get(authorization), v.get(end)));
  }

  private static Shape<CaptureFailed> captureFailed() {
    return moved(
        "capture",
        CaptureFailed::payment,
        CaptureFailed::capture,
        CaptureFailed::amount,
        CaptureFailed::new);
  }

  private static Shape<CheckoutCancelled> checkoutCancelled() {
    var f = new Fields<CheckoutCancelled>();
    var header = f.add("header", CheckoutCancelled::header, HEADER);
    var checkout = f.add("checkout", CheckoutCancelled::checkout, CHECKOUT_ID);
    return f.to(v -> new CheckoutCancelled(v.get(header), v.get(checkout)));
  }

  private static Shape<PaymentSummary> summary() {
    var f = new Fields<PaymentSummary>();
    var id = f.add("id", PaymentSummary::id, PAYMENT_ID);
    var gateway = f.add("gateway", PaymentSummary::gateway, GATEWAY_ID);
    var total = f.add("total", PaymentSummary::total, MONEY);
    return f.to(v -> new PaymentSummary(v.get(id), v.get(gateway), v.get(total)));
  }

  private static Shape<MembershipSummary> membershipSummary() {
    var f = new Fields<MembershipSummary>();
    var id = f.add("id", MembershipSummary::id, MEMBERSHIP_ID);
    var plan = f.add("plan", MembershipSummary::plan, PLAN_ID);
    var planName = f.add("planName", MembershipSummary::planName, TEXT);
    return f.to(v -> new MembershipSummary(v.get(id), v.get(plan), v.get(planName)));
  }

  private static Shape<CheckoutCompleted> checkoutCompleted() {
    var f = new Fields<CheckoutCompleted>();
    var header = f.add("header", CheckoutCompleted::header, HEADER);
    var checkout = f.add("checkout", CheckoutCompleted::checkout, CHECKOUT_ID);
    var total = f.add("total", CheckoutCompleted::total, MONEY);
    var lines = f.add("lines", CheckoutCompleted::lines, list(RecordForms.LINE));
    var payment = f.add("payment", CheckoutCompleted::payment, optional(summary()));
    var membership =
        f.add("membership", CheckoutCompleted::membership, optional(membershipSummary()));
    return f.to(
        v ->
            new CheckoutCompleted(
                v.get(header),
                v.get(checkout),
                v.get(total),
                v.get(lines),
                v.get(payment),
                v.get(membership)));
  }

  private static Shape<CheckoutExpired> checkoutExpired() {
    var f = new Fields<CheckoutExpired>();
    var header = f.add("header", CheckoutExpired::header, HEADER);
    var checkout = f.add("checkout", CheckoutExpired::checkout, CHECKOUT_ID);
    return f.to(v -> new CheckoutExpired(v.get(header), v.get(checkout)));
  }

  private static Shape<ConflictFound> conflictFound() {
    var f = new Fields<ConflictFound>();
    var header = f.add("header", ConflictFound::header, HEADER);
    var payment = f.add("payment", ConflictFound::payment, PAYMENT_ID);
    var fact = f.add("fact", ConflictFound::fact, TEXT);
    var values = f.add("values", ConflictFound::values, list(TEXT));
    return f.to(v -> new ConflictFound(v.get(header), v.get(payment), v.get(fact), v.get(values)));
  }

  private static Shape<CustomerCreated> customerCreated() {
    var f = new Fields<CustomerCreated>();
    var header = f.add("header", CustomerCreated::header, HEADER);
    var customer = f.add("customer", CustomerCreated::customer, CUSTOMER_ID);
    return f.to(v -> new CustomerCreated(v.get(header), v.get(customer)));
  }

  private static Shape<CustomerErased> customerErased() {
    var f = new Fields<CustomerErased>();
    var header = f.add("header", CustomerErased::header, HEADER);
    var customer = f.add("customer", CustomerErased::customer, CUSTOMER_ID);
    return f.to(v -> new CustomerErased(v.get(header), v.get(customer)));
  }

  private static Shape<DisputeFundsReinstated> fundsReinstated() {
    return moved(
        "movement",
        DisputeFundsReinstated::payment,
        DisputeFundsReinstated::movement,
        DisputeFundsReinstated::amount,
        DisputeFundsReinstated::new);
  }

  private static Shape<DisputeFundsWithdrawn> fundsWithdrawn() {
    return moved(
        "movement",
        DisputeFundsWithdrawn::payment,
        DisputeFundsWithdrawn::movement,
        DisputeFundsWithdrawn::amount,
        DisputeFundsWithdrawn::new);
  }

  private static Shape<DisputeOpened> disputeOpened() {
    return moved(
        "dispute",
        DisputeOpened::payment,
        DisputeOpened::dispute,
        DisputeOpened::amount,
        DisputeOpened::new);
  }

  private static Shape<ForeignPaymentSeen> foreignPaymentSeen() {
    var f = new Fields<ForeignPaymentSeen>();
    var header = f.add("header", ForeignPaymentSeen::header, HEADER);
    var payment = f.add("payment", ForeignPaymentSeen::payment, PAYMENT_ID);
    var gateway = f.add("gateway", ForeignPaymentSeen::gateway, GATEWAY_ID);
    return f.to(v -> new ForeignPaymentSeen(v.get(header), v.get(payment), v.get(gateway)));
  }

  private static Shape<IntegrityMismatchFound> mismatchFound() {
    var f = new Fields<IntegrityMismatchFound>();
    var header = f.add("header", IntegrityMismatchFound::header, HEADER);
    var payment = f.add("payment", IntegrityMismatchFound::payment, PAYMENT_ID);
    var mismatch = f.add("mismatch", IntegrityMismatchFound::mismatch, word(Mismatch.class));
    return f.to(v -> new IntegrityMismatchFound(v.get(header), v.get(payment), v.get(mismatch)));
  }

  private static Shape<LateMoney> lateMoney() {
    var f = new Fields<LateMoney>();
    var header = f.add("header", LateMoney::header, HEADER);
    var payment = f.add("payment", LateMoney::payment, PAYMENT_ID);
    var checkout = f.add("checkout", LateMoney::checkout, CHECKOUT_ID);
    var amount = f.add("amount", LateMoney::amount, MONEY);
    return f.to(v -> new LateMoney(v.get(header), v.get(payment), v.get(checkout), v.get(amount)));
  }

  private static Shape<MembershipStatusChanged> statusChanged() {
    var f = new Fields<MembershipStatusChanged>();
    var header = f.add("header", MembershipStatusChanged::header, HEADER);
    var membership = f.add("membership", MembershipStatusChanged::membership, MEMBERSHIP_ID);
    var plan = f.add("plan", MembershipStatusChanged::plan, PLAN_ID);
    var planName = f.add("planName", MembershipStatusChanged::planName, TEXT);
    var from = f.add("from", MembershipStatusChanged::from, RecordForms.MEMBERSHIP_STATE);
    var to = f.add("to", MembershipStatusChanged::to, RecordForms.MEMBERSHIP_STATE);
    return f.to(
        v ->
            new MembershipStatusChanged(
                v.get(header),
                v.get(membership),
                v.get(plan),
                v.get(planName),
                v.get(from),
                v.get(to)));
  }

  private static Shape<OperationLeftToPerson> leftToPerson() {
    var f = new Fields<OperationLeftToPerson>();
    var header = f.add("header", OperationLeftToPerson::header, HEADER);
    var payment = f.add("payment", OperationLeftToPerson::payment, PAYMENT_ID);
    var operation = f.add("operation", OperationLeftToPerson::operation, TEXT);
    var kind = f.add("kind", OperationLeftToPerson::kind, PaymentForm.KIND);
    var why = f.add("why", OperationLeftToPerson::why, TEXT);
    return f.to(
        v ->
            new OperationLeftToPerson(
                v.get(header), v.get(payment), v.get(operation), v.get(kind), v.get(why)));
  }

  private static Shape<Overpaid> overpaid() {
    var f = new Fields<Overpaid>();
    var header = f.add("header", Overpaid::header, HEADER);
    var payment = f.add("payment", Overpaid::payment, PAYMENT_ID);
    var checkout = f.add("checkout", Overpaid::checkout, CHECKOUT_ID);
    var excess = f.add("excess", Overpaid::excess, MONEY);
    return f.to(v -> new Overpaid(v.get(header), v.get(payment), v.get(checkout), v.get(excess)));
  }

  private static Shape<PaymentAuthorized> paymentAuthorized() {
    return moved(
        "authorization",
        PaymentAuthorized::payment,
        PaymentAuthorized::authorization,
        PaymentAuthorized::amount,
        PaymentAuthorized::new);
  }

  private static Shape<PaymentCaptured> paymentCaptured() {
    return moved(
        "capture",
        PaymentCaptured::payment,
        PaymentCaptured::capture,
        PaymentCaptured::amount,
        PaymentCaptured::new);
  }

  private static Shape<PaymentFailed> paymentFailed() {
    var f = new Fields<PaymentFailed>();
    var header = f.add("header", PaymentFailed::header, HEADER);
    var payment = f.add("payment", PaymentFailed::payment, PAYMENT_ID);
    var checkout = f.add("checkout", PaymentFailed::checkout, optional(CHECKOUT_ID));
    var attempt = f.add("attempt", PaymentFailed::attempt, TEXT);
    var decline = f.add("decline", PaymentFailed::decline, FactsForm.DECLINE);
    return f.to(
        v ->
            new PaymentFailed(
                v.get(header), v.get(payment), v.get(checkout), v.get(attempt), v.get(decline)));
  }

  private static Shape<PaymentMethodNotStored> methodNotStored() {
    var f = new Fields<PaymentMethodNotStored>();
    var header = f.add("header", PaymentMethodNotStored::header, HEADER);
    var payment = f.add("payment", PaymentMethodNotStored::payment, PAYMENT_ID);
    var gateway = f.add("gateway", PaymentMethodNotStored::gateway, GATEWAY_ID);
    var decline = f.add("decline", PaymentMethodNotStored::decline, FactsForm.DECLINE);
    return f.to(
        v ->
            new PaymentMethodNotStored(
                v.get(header), v.get(payment), v.get(gateway), v.get(decline)));
  }

  private static Shape<PaymentMethodRemoved> methodRemoved() {
    var f = new Fields<PaymentMethodRemoved>();
    var header = f.add("header", PaymentMethodRemoved::header, HEADER);
    var payment = f.add("payment", PaymentMethodRemoved::payment, PAYMENT_ID);
    var gateway = f.add("gateway", PaymentMethodRemoved::gateway, GATEWAY_ID);
    var method = f.add("method", PaymentMethodRemoved::method, TEXT);
    return f.to(
        v ->
            new PaymentMethodRemoved(v.get(header), v.get(payment), v.get(gateway), v.get(method)));
  }

  private static Shape<PaymentMethodStored> methodStored() {
    var f = new Fields<PaymentMethodStored>();
    var header = f.add("header", PaymentMethodStored::header, HEADER);
    var payment = f.add("payment", PaymentMethodStored::payment, PAYMENT_ID);
    var gateway = f.add("gateway", PaymentMethodStored::gateway, GATEWAY_ID);
    var method = f.add("method", PaymentMethodStored::method, TEXT);
    return f.to(
        v -> new PaymentMethodStored(v.get(header), v.get(payment), v.get(gateway), v.get(method)));
  }

  private static Shape<PaymentRefunded> paymentRefunded() {
    return moved(
        "refund",
        PaymentRefunded::payment,
        PaymentRefunded::refund,
        PaymentRefunded::amount,
        PaymentRefunded::new);
  }

  private static Shape<RefundFailed> refundFailed() {
    return moved(
        "refund",
        RefundFailed::payment,
        RefundFailed::refund,
        RefundFailed::amount,
        RefundFailed::new);
  }

  /** Of an event about money that moved, or did not, under a provider's id. */
  private static <E extends LifecycleEvent> Shape<E> moved(
      String name,
      Function<E, PaymentId> paymentOf,
      Function<E, String> idOf,
      Function<E, Money> amountOf,
      Moved<E> event) {
    var f = new Fields<E>();
    var header = f.add("header", E::header, HEADER);
    var payment = f.add("payment", paymentOf, PAYMENT_ID);
    var id = f.add(name, idOf, TEXT);
    var amount = f.add("amount", amountOf, MONEY);
    return f.to(v -> event.of(v.get(header), v.get(payment), v.get(id), v.get(amount)));
  }

  private interface Moved<E> {
    E of(EventHeader header, PaymentId payment, String id, Money amount);
  }
}
