package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.emulator.Agenda;
import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Customer;
import dev.gatehouse.testkit.stripe.Entries.Dispute;
import dev.gatehouse.testkit.stripe.Entries.Event;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Method;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import dev.gatehouse.testkit.stripe.Entries.SetUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the provider remembers, the one lock around it, and its time. */
final class Desk {
  private final Agenda agenda;
  private final List<StripeAccount> accounts;
  private final Map<String, Intent> intents = new LinkedHashMap<>();
  private final Map<String, Charge> charges = new LinkedHashMap<>();
  private final Map<String, Refund> refunds = new LinkedHashMap<>();
  private final Map<String, Dispute> disputes = new LinkedHashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final Map<String, Customer> customers = new LinkedHashMap<>();
  private final Map<String, SetUp> setUps = new LinkedHashMap<>();
  private final ScriptTokens scriptTokens = new ScriptTokens(this);
  private final List<Event> events = new ArrayList<>();
  private final List<Event> unsent = new ArrayList<>();
  private StripeOptions options;
  private int mostListed = Integer.MAX_VALUE;
  private StripeControls.KeyState keyState = StripeControls.KeyState.GOOD;
  private Set<String> currencies = Set.of();
  private boolean cardFeatures = true;
  private @Nullable String requestId;
  private @Nullable String requestKey;

  Desk(Clock clock, StripeOptions options, List<StripeAccount> accounts) {
    this.agenda = new Agenda(clock);
    this.options = options;
    this.accounts = List.copyOf(accounts);
  }

  synchronized <T> T locked(Supplier<T> work) {
    agenda.catchUp();
    return work.get();
  }

  Instant now() {
    return agenda.now();
  }

  ScriptTokens scriptTokens() {
    return scriptTokens;
  }

  StripeOptions options() {
    return options;
  }

  int mostListed() {
    return mostListed;
  }

  void mostListed(int entries) {
    mostListed = entries;
  }

  StripeControls.KeyState keyState() {
    return keyState;
  }

  void keyState(StripeControls.KeyState changed) {
    keyState = changed;
  }

  /** The only currencies that accounts take; empty for whatever Stripe takes. */
  void currencies(Set<String> only) {
    currencies = only;
  }

  /** Whether accounts may ask for what cards can do beyond the usual, as by their contract. */
  void cardFeatures(boolean allowed) {
    cardFeatures = allowed;
  }

  /** Reads whether several captures are wanted, in the options of a payment or a page. */
  boolean wantsParts(Params options) {
    Params card = options.inner("card");
    boolean wanted =
        card.oneOf("request_multicapture", "if_available", "never")
            .filter("if_available"::equals)
            .isPresent();
    card.done();
    options.done();
    if (wanted && !cardFeatures) {
      throw ApiError.parameter(
          "payment_intent_invalid_parameter",
          "payment_method_options[card][request_multicapture]",
          "This account is not eligible for the requested card features.");
    }
    return wanted;
  }

  /** Refuses a currency that accounts do not take. */
  void demandTaken(String currency) {
    if (!currencies.isEmpty() && !currencies.contains(currency)) {
      throw ApiError.parameter(
          null, "currency", "Your account cannot currently make charges in " + currency + ".");
    }
  }

  void options(StripeOptions changed) {
    options = changed;
  }

  List<StripeAccount> accounts() {
    return accounts;
  }

  String id(String prefix) {
    return agenda.id(prefix);
  }

  Instant after(Duration wait, Runnable action) {
    return agenda.after(wait, action);
  }

  /** Lets something happen at a time to come. */
  void at(Instant time, Runnable action) {
    agenda.after(Duration.between(now(), time), action);
  }

  /** What happens from now on is caused by this request; null when it is answered. */
  void causedBy(@Nullable String request, @Nullable String key) {
    requestId = request;
    requestKey = key;
  }

  void add(Intent intent) {
    intents.put(intent.id, intent);
  }

  void add(Charge charge) {
    charges.put(charge.id, charge);
    charge.intent.charges.add(charge);
  }

  void add(Refund refund) {
    refunds.put(refund.id, refund);
    refund.charge.refunds.add(refund);
  }

  void add(Dispute dispute) {
    disputes.put(dispute.id, dispute);
    dispute.charge.disputes.add(dispute);
  }

  void add(Session session) {
    sessions.put(session.id, session);
  }

  void add(Method method) {
    methods.put(method.id, method);
  }

  void add(Customer customer) {
    customers.put(customer.id, customer);
  }

  void add(SetUp setUp) {
    setUps.put(setUp.id, setUp);
  }

  List<Method> methods() {
    return List.copyOf(methods.values());
  }

  List<Customer> customers() {
    return customers.values().stream().filter(customer -> !customer.deleted).toList();
  }

  List<SetUp> setUps() {
    return List.copyOf(setUps.values());
  }

  Method method(String id) {
    return found(methods, "payment_method", id);
  }

  Customer customer(String id) {
    return found(customers, "customer", id);
  }

  /** A customer, who may be deleted. */
  Customer customerEver(StripeAccount account, String id) {
    Customer known = customer(id);
    return owned(known, known.account, account, "customer", id);
  }

  Customer customer(StripeAccount account, String id) {
    Customer known = customerEver(account, id);
    if (known.deleted) {
      throw ApiError.missing("customer", id);
    }
    return known;
  }

  SetUp setUp(String id) {
    return found(setUps, "setupintent", id);
  }

  SetUp setUp(StripeAccount account, String id) {
    return owned(setUp(id), setUp(id).account, account, "setupintent", id);
  }

  /** The set-up that this try of it belongs to. */
  SetUp setUpOfAttempt(String attempt) {
    return setUps.values().stream()
        .filter(setUp -> attempt.equals(setUp.attempt))
        .findFirst()
        .orElseThrow(() -> ApiError.missing("setup_attempt", attempt));
  }

  void attach(Method method, @Nullable Customer customer) {
    if (customer != null && method.customer == null) {
      method.customer = customer;
      method.attached = true;
      happened("payment_method.attached", method.account, Views.method(method));
    }
  }

  void detach(Method method) {
    method.customer = null;
    method.detached = true;
    happened("payment_method.detached", method.account, Views.method(method));
  }

  void renewed(Method method, YearMonth expires) {
    method.expires = expires;
    happened("payment_method.automatically_updated", method.account, Views.method(method));
  }

  /** Whose methods stay, and can't be charged for anybody. */
  void delete(Customer customer) {
    ObjectNode last = SetUpViews.customer(customer);
    customer.deleted = true;
    happened("customer.deleted", customer.account, last);
  }

  List<Intent> intents() {
    return List.copyOf(intents.values());
  }

  List<Charge> charges() {
    return List.copyOf(charges.values());
  }

  List<Refund> refunds() {
    return List.copyOf(refunds.values());
  }

  List<Dispute> disputes() {
    return List.copyOf(disputes.values());
  }

  List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  Intent intent(String id) {
    return found(intents, "payment_intent", id);
  }

  Charge charge(String id) {
    return found(charges, "charge", id);
  }

  Refund refund(String id) {
    return found(refunds, "refund", id);
  }

  Dispute dispute(String id) {
    return found(disputes, "dispute", id);
  }

  Session session(String id) {
    return found(sessions, "checkout.session", id);
  }

  Session session(StripeAccount account, String id) {
    return owned(session(id), session(id).account, account, "checkout.session", id);
  }

  Intent intent(StripeAccount account, String id) {
    return owned(intent(id), intent(id).account, account, "payment_intent", id);
  }

  Charge charge(StripeAccount account, String id) {
    return owned(charge(id), charge(id).intent.account, account, "charge", id);
  }

  Refund refund(StripeAccount account, String id) {
    return owned(refund(id), refund(id).charge.intent.account, account, "refund", id);
  }

  Dispute dispute(StripeAccount account, String id) {
    return owned(dispute(id), dispute(id).charge.intent.account, account, "dispute", id);
  }

  /** The charge whose money this balance transaction brought. */
  Charge chargeBooked(StripeAccount account, String transaction) {
    return charges.values().stream()
        .filter(
            charge -> charge.captures.stream().anyMatch(c -> c.transaction().equals(transaction)))
        .filter(charge -> charge.intent.account.id().equals(account.id()))
        .findFirst()
        .orElseThrow(() -> ApiError.missing("balance_transaction", transaction));
  }

  /** A method by its id, or a fresh copy of a test method. */
  Method method(StripeAccount account, String id) {
    StripeToken token = StripeToken.of(id).orElse(null);
    if (token == null) {
      Method known = found(methods, "payment_method", id);
      return owned(known, known.account, account, "payment_method", id);
    }
    if (account.isLive()) {
      throw ApiError.missing("payment_method", id);
    }
    Method method = new Method(id("pm"), account, token, now());
    add(method);
    return method;
  }

  private static <T> T found(Map<String, T> all, String what, String id) {
    T one = all.get(id);
    if (one == null) {
      throw ApiError.missing(what, id);
    }
    return one;
  }

  private static <T> T owned(
      T thing, StripeAccount owner, StripeAccount account, String what, String id) {
    if (!owner.id().equals(account.id())) {
      throw ApiError.missing(what, id);
    }
    return thing;
  }

  /** Keeps and announces an event; its object is as things are now. */
  void happened(String type, StripeAccount account, ObjectNode object) {
    Event event = new Event(id("evt"), account, type, now(), object, requestId, requestKey);
    events.add(event);
    unsent.add(event);
  }

  List<Event> takeUnsent() {
    List<Event> taken = List.copyOf(unsent);
    unsent.clear();
    return taken;
  }
}
