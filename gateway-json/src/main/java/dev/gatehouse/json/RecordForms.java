package dev.gatehouse.json;

import static dev.gatehouse.json.Groups.TEXTS;
import static dev.gatehouse.json.Groups.list;
import static dev.gatehouse.json.Groups.optional;
import static dev.gatehouse.json.Groups.set;
import static dev.gatehouse.json.Groups.sortedSet;
import static dev.gatehouse.json.Scalars.CHECKOUT_ID;
import static dev.gatehouse.json.Scalars.COUNT;
import static dev.gatehouse.json.Scalars.CUSTOMER_ID;
import static dev.gatehouse.json.Scalars.GATEWAY_ID;
import static dev.gatehouse.json.Scalars.LANGUAGE;
import static dev.gatehouse.json.Scalars.MEMBERSHIP_ID;
import static dev.gatehouse.json.Scalars.MONEY;
import static dev.gatehouse.json.Scalars.NUMBER;
import static dev.gatehouse.json.Scalars.PAYMENT_ID;
import static dev.gatehouse.json.Scalars.PLAN_ID;
import static dev.gatehouse.json.Scalars.TEXT;
import static dev.gatehouse.json.Scalars.TIME;
import static dev.gatehouse.json.Scalars.word;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.InboxItem;

/** The forms of the records beside payments. */
final class RecordForms {
  static final Codec<MembershipState> MEMBERSHIP_STATE = word(MembershipState.class);

  /** Kinds came with version 2 of what has lines: before, all were goods. */
  static final Shape<Line> LINE = line();

  /**
   * Version 3 brought what is known of stored methods beside their ids: before, nothing was.
   * Version 4 brought the account that they are stored in.
   */
  static final Shape<Customer> CUSTOMER = customer();

  static final Shape<Checkout> CHECKOUT = checkout();
  static final Shape<Membership> MEMBERSHIP = membership();
  static final Shape<InboxItem> INBOX_ITEM = inboxItem();
  static final Shape<Cursor> CURSOR = cursor();
  static final Shape<DeliveryState> DELIVERY = delivery();

  private RecordForms() {}

  private static Shape<Person> person() {
    var f = new Fields<Person>();
    var name = f.add("name", Person::name, TEXT);
    var email = f.add("email", Person::email, TEXT);
    var locale = f.add("locale", Person::locale, LANGUAGE);
    return f.to(v -> new Person(v.get(name), v.get(email), v.get(locale)));
  }

  private static Shape<StoredMethod> storedMethod() {
    var f = new Fields<StoredMethod>();
    var gateway = f.add("gateway", StoredMethod::gateway, GATEWAY_ID);
    var method = f.add("method", StoredMethod::method, TEXT);
    var type = f.add("type", StoredMethod::type, optional(TEXT));
    var details =
        f.add("details", StoredMethod::details, FactsForm.DETAILS.orElse(MethodDetails.none()));
    var owner = f.add("owner", StoredMethod::owner, optional(TEXT));
    var account = f.add("account", StoredMethod::account, optional(TEXT));
    var agreement = f.add("agreement", StoredMethod::agreement, optional(PaymentForm.AGREEMENT));
    return f.to(
        v ->
            new StoredMethod(
                v.get(gateway),
                v.get(method),
                v.get(type),
                v.get(details),
                v.get(owner),
                v.get(account),
                v.get(agreement)));
  }

  private static Shape<Attribution> attribution() {
    var f = new Fields<Attribution>();
    var clientId = f.add("clientId", Attribution::clientId, optional(TEXT));
    var sessionId = f.add("sessionId", Attribution::sessionId, optional(TEXT));
    var granted = f.add("granted", Attribution::granted, sortedSet(word(Purpose.class)));
    var denied = f.add("denied", Attribution::denied, sortedSet(word(Purpose.class)));
    return f.to(
        v -> new Attribution(v.get(clientId), v.get(sessionId), v.get(granted), v.get(denied)));
  }

  private static Shape<Attributed> attributed() {
    var f = new Fields<Attributed>();
    var checkout = f.add("checkout", Attributed::checkout, CHECKOUT_ID);
    var attribution = f.add("attribution", Attributed::attribution, attribution());
    return f.to(v -> new Attributed(v.get(checkout), v.get(attribution)));
  }

  private static Shape<Customer> customer() {
    var f = new Fields<Customer>();
    var id = f.add("id", Customer::id, CUSTOMER_ID);
    var version = f.add("version", Customer::version, NUMBER);
    var person = f.add("person", Customer::person, optional(person()));
    var metadata = f.add("metadata", Customer::metadata, TEXTS);
    var storedMethods = f.add("storedMethods", Customer::storedMethods, sortedSet(storedMethod()));
    var attributions = f.add("attributions", Customer::attributions, list(attributed()));
    var forgetting = f.add("forgetting", Customer::forgetting, sortedSet(TEXT));
    var registeredAt = f.add("registeredAt", Customer::registeredAt, TIME);
    return f.to(
        v ->
            new Customer(
                v.get(id),
                v.get(version),
                v.get(person),
                v.get(metadata),
                v.get(storedMethods),
                v.get(attributions),
                v.get(forgetting),
                v.get(registeredAt)));
  }

  private static Shape<Plan> plan() {
    var f = new Fields<Plan>();
    var id = f.add("id", Plan::id, PLAN_ID);
    var name = f.add("name", Plan::name, TEXT);
    var price = f.add("price", Plan::price, MONEY);
    return f.to(v -> new Plan(v.get(id), v.get(name), v.get(price)));
  }

  private static Shape<Line> line() {
    var f = new Fields<Line>();
    var kind = f.add("kind", Line::kind, word(ChargeLine.Kind.class).orElse(ChargeLine.Kind.GOODS));
    var description = f.add("description", Line::description, TEXT);
    var quantity = f.add("quantity", Line::quantity, COUNT);
    var unitPrice = f.add("unitPrice", Line::unitPrice, MONEY);
    var discount = f.add("discount", Line::discount, MONEY);
    return f.to(
        v ->
            new Line(
                v.get(kind),
                v.get(description),
                v.get(quantity),
                v.get(unitPrice),
                v.get(discount)));
  }

  private static Shape<Checkout> checkout() {
    var f = new Fields<Checkout>();
    var id = f.add("id", Checkout::id, CHECKOUT_ID);
    var version = f.add("version", Checkout::version, NUMBER);
    var command = f.add("command", Checkout::command, TEXT);
    var customer = f.add("customer", Checkout::customer, CUSTOMER_ID);
    var plan = f.add("plan", Checkout::plan, optional(plan()));
    var lines = f.add("lines", Checkout::lines, list(LINE));
    var total = f.add("total", Checkout::total, MONEY);
    var membership = f.add("membership", Checkout::membership, optional(MEMBERSHIP_ID));
    var state = f.add("state", Checkout::state, word(CheckoutState.class));
    var payments = f.add("payments", Checkout::payments, list(PAYMENT_ID));
    var paidBy = f.add("paidBy", Checkout::paidBy, optional(PAYMENT_ID));
    var raised = f.add("raised", Checkout::raised, sortedSet(TEXT));
    var createdAt = f.add("createdAt", Checkout::createdAt, TIME);
    var expiresAt = f.add("expiresAt", Checkout::expiresAt, TIME);
    var wakeAt = f.add("wakeAt", Checkout::wakeAt, optional(TIME));
    return f.to(
        v ->
            new Checkout(
                v.get(id),
                v.get(version),
                v.get(command),
                v.get(customer),
                v.get(plan),
                v.get(lines),
                v.get(total),
                v.get(membership),
                v.get(state),
                v.get(payments),
                v.get(paidBy),
                v.get(raised),
                v.get(createdAt),
                v.get(expiresAt),
                v.get(wakeAt)));
  }

  private static Shape<Membership> membership() {
    var f = new Fields<Membership>();
    var id = f.add("id", Membership::id, MEMBERSHIP_ID);
    var version = f.add("version", Membership::version, NUMBER);
    var customer = f.add("customer", Membership::customer, CUSTOMER_ID);
    var plan = f.add("plan", Membership::plan, PLAN_ID);
    var planName = f.add("planName", Membership::planName, TEXT);
    var checkout = f.add("checkout", Membership::checkout, CHECKOUT_ID);
    var state = f.add("state", Membership::state, MEMBERSHIP_STATE);
    var createdAt = f.add("createdAt", Membership::createdAt, TIME);
    var cancelReason = f.add("cancelReason", Membership::cancelReason, optional(TEXT));
    return f.to(
        v ->
            new Membership(
                v.get(id),
                v.get(version),
                v.get(customer),
                v.get(plan),
                v.get(planName),
                v.get(checkout),
                v.get(state),
                v.get(createdAt),
                v.get(cancelReason)));
  }

  private static Shape<PaymentHint> hint() {
    var f = new Fields<PaymentHint>();
    var reference = f.add("reference", PaymentHint::reference, optional(TEXT));
    var providerIds = f.add("providerIds", PaymentHint::providerIds, set(FactsForm.PROVIDER_ID));
    return f.to(v -> new PaymentHint(v.get(reference), v.get(providerIds)));
  }

  private static Shape<InboxItem> inboxItem() {
    var f = new Fields<InboxItem>();
    var gateway = f.add("gateway", InboxItem::gateway, GATEWAY_ID);
    var notice = f.add("notice", InboxItem::notice, TEXT);
    var version = f.add("version", InboxItem::version, NUMBER);
    var type = f.add("type", InboxItem::type, TEXT);
    var hint = f.add("hint", InboxItem::hint, hint());
    var receivedAt = f.add("receivedAt", InboxItem::receivedAt, TIME);
    var tries = f.add("tries", InboxItem::tries, COUNT);
    var wakeAt = f.add("wakeAt", InboxItem::wakeAt, optional(TIME));
    return f.to(
        v ->
            new InboxItem(
                v.get(gateway),
                v.get(notice),
                v.get(version),
                v.get(type),
                v.get(hint),
                v.get(receivedAt),
                v.get(tries),
                v.get(wakeAt)));
  }

  private static Shape<Cursor> cursor() {
    var f = new Fields<Cursor>();
    var gateway = f.add("gateway", Cursor::gateway, GATEWAY_ID);
    var version = f.add("version", Cursor::version, NUMBER);
    var upTo = f.add("upTo", Cursor::upTo, TIME);
    var nextAt = f.add("nextAt", Cursor::nextAt, TIME);
    return f.to(v -> new Cursor(v.get(gateway), v.get(version), v.get(upTo), v.get(nextAt)));
  }

  private static Shape<DeliveryState> delivery() {
    var f = new Fields<DeliveryState>();
    var hook = f.add("hook", DeliveryState::hook, TEXT);
    var sequence = f.add("sequence", DeliveryState::sequence, NUMBER);
    var version = f.add("version", DeliveryState::version, NUMBER);
    var attempts = f.add("attempts", DeliveryState::attempts, COUNT);
    var nextAt = f.add("nextAt", DeliveryState::nextAt, TIME);
    var failingSince = f.add("failingSince", DeliveryState::failingSince, optional(TIME));
    var parked = f.add("parked", DeliveryState::parked, optional(TEXT));
    var error = f.add("error", DeliveryState::error, optional(TEXT));
    var unanswered = f.add("unanswered", DeliveryState::unanswered, COUNT.orElse(0));
    return f.to(
        v ->
            new DeliveryState(
                v.get(hook),
                v.get(sequence),
                v.get(version),
                v.get(attempts),
                v.get(nextAt),
                v.get(failingSince),
                v.get(parked),
                v.get(error),
                v.get(unanswered)));
  }
}
