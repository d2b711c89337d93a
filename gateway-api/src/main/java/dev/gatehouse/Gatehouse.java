package dev.gatehouse;

import dev.gatehouse.Background.Work;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.Engine;
import dev.gatehouse.engine.Reconciliation;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.operations.Operations;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.store.JoinedTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The front door: customers, checkouts, payments, memberships, webhooks and events.
 *
 * <p>Every method answers nonsense with a {@link dev.gatehouse.error.GatehouseException} that names
 * field, problem and remedy, before any I/O; {@link #in(Locale)} says it in the customer's
 * language. Commands carry the caller's key and are carried out once per key. Thread-safe. Close it
 * when done.
 */
public final class Gatehouse implements AutoCloseable {
  private final Engine engine;
  private final Gateways gateways;
  private final Opened opened;
  private final Language language;
  private final Operations operations;
  private final Background background;

  Gatehouse(
      Engine engine,
      Gateways gateways,
      Opened opened,
      Language language,
      Operations operations,
      Background background) {
    this.engine = engine;
    this.gateways = gateways;
    this.opened = opened;
    this.language = language;
    this.operations = operations.with(language);
    this.background = background;
  }

  /** Starts to build a gatehouse. */
  public static GatehouseBuilder builder() {
    return new GatehouseBuilder();
  }

  /**
   * The same gatehouse, whose complaints about input are in this language: en, es, fr, de or nl.
   */
  public Gatehouse in(Locale locale) {
    Locale chosen = language.required("locale", locale);
    return new Gatehouse(
        engine,
        gateways,
        opened,
        new Language(language.validator(), chosen),
        operations,
        background);
  }

  /**
   * What of this gatehouse can be done within a transaction of the application's own, such as to
   * start a checkout together with the order that it is for: both are kept, or neither.
   *
   * @param transaction from the store that this gatehouse was built with, such as {@code
   *     JdbcStore.in(connection)}
   */
  public JoinedGatehouse within(JoinedTransaction transaction) {
    JoinedTransaction joined = language.required("transaction", transaction);
    return new JoinedGatehouse(engine.within(joined), language);
  }

  /** Registers a customer; registering the same customer again does nothing. */
  public Customer register(RegisterCustomer command) {
    language.checked(command);
    return language.during(() -> engine.register(command));
  }

  /** Starts a checkout, once per key. */
  public CheckoutView startCheckout(StartCheckout command) {
    language.checked(command);
    return language.during(() -> engine.start(command));
  }

  /**
   * Tries to pay a checkout, once per key. The answer says where the checkout stands: paid,
   * declined, waiting for the customer, or pending, in which case webhooks and polling bring the
   * outcome.
   */
  public CheckoutView pay(Pay command) {
    language.checked(command);
    return language.during(() -> engine.pay(command));
  }

  /** Completes a checkout whose lines sum up to zero. */
  public CheckoutView completeFree(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.completeFree(checkout));
  }

  /**
   * The customer came back from the provider or the bank. What happened is asked of the provider,
   * never read from the address that the customer came back to.
   */
  public CheckoutView customerReturned(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.customerReturned(checkout));
  }

  /** Calls a checkout off. Money that still arrives is seen and handled by policy. */
  public CheckoutView cancelCheckout(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.cancel(checkout));
  }

  /** Ends a membership. */
  public Membership cancelMembership(CancelMembership command) {
    language.checked(command);
    return language.during(() -> engine.cancel(command));
  }

  /** Takes held money, once per key. */
  public Payment capture(Capture command) {
    language.checked(command);
    return language.during(() -> engine.capture(command));
  }

  /** Releases held money, once per key. */
  public Payment voidPayment(VoidPayment command) {
    language.checked(command);
    return language.during(() -> engine.voidPayment(command));
  }

  /** Gives money back, once per key; two keys are two refunds. */
  public Payment refund(Refund command) {
    language.checked(command);
    return language.during(() -> engine.refund(command));
  }

  /**
   * What operators ask and do: whether a customer was charged, what is in doubt, what waits for a
   * person, and the log of who did what.
   */
  public Operations operations() {
    return operations;
  }

  /** A customer as known now, with the metadata that hooks keep, such as {@code crm_contact_id}. */
  public Customer customer(CustomerId customer) {
    CustomerId id = language.required("customer", customer);
    return language.during(() -> engine.customer(id));
  }

  /**
   * Takes the application's word that a payment method which a gateway stores already is a
   * customer's, such as after a migration from another system. What a payment stored is its
   * customer's without a word; anything else is refused when somebody pays with it.
   *
   * @throws dev.gatehouse.error.InvalidStateException if the customer was erased
   */
  public Customer importStoredMethod(ImportStoredMethod command) {
    language.checked(command);
    return language.during(() -> engine.importMethod(command));
  }

  /**
   * Stores a payment method of a customer who is present, without a charge, once per key. The
   * answer says where that stands: {@link dev.gatehouse.payment.PaymentState#DONE done}, so that
   * the {@linkplain #customer customer} has one more stored method, waiting for the customer's
   * {@linkplain Payment#action action}, declined, or pending.
   */
  public Payment storeMethod(StoreMethod command) {
    language.checked(command);
    return language.during(() -> engine.storeMethod(command));
  }

  /**
   * The customer came back from the provider or the bank, after a method was to be stored. What
   * happened is asked of the provider.
   */
  public Payment customerReturned(PaymentId setUp) {
    language.required("setUp", setUp);
    return language.during(() -> engine.customerReturned(setUp));
  }

  /** What a customer may pay with, by gateway; empty for one who was erased. */
  public SortedSet<StoredMethod> storedMethods(CustomerId customer) {
    return customer(customer).storedMethods();
  }

  /**
   * Takes a stored payment method from its customer. Nobody can pay with it from then on; that the
   * provider stores it no more is told by {@link dev.gatehouse.event.PaymentMethodRemoved}.
   */
  public Customer removeStoredMethod(RemoveStoredMethod command) {
    language.checked(command);
    return language.during(() -> engine.removeMethod(command));
  }

  /** A checkout as it stands, with its payments and its membership. */
  public CheckoutView checkout(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.checkout(checkout));
  }

  /** A payment as it stands, with every fact that was ever seen of it. */
  public Payment payment(PaymentId payment) {
    language.required("payment", payment);
    return language.during(() -> engine.payment(payment));
  }

  /** Everything that happened to a customer, in order. */
  public List<LifecycleEvent> timeline(CustomerId customer) {
    language.required("customer", customer);
    return language.during(() -> engine.timeline(customer));
  }

  /** Everything that happened to a payment of which no customer is known, in order. */
  public List<LifecycleEvent> timeline(PaymentId payment) {
    language.required("payment", payment);
    return language.during(() -> engine.timeline(payment));
  }

  /**
   * Takes a webhook delivery and says what to answer. Any bytes get an answer; an unknown gateway
   * is a {@link dev.gatehouse.error.NotFoundException}.
   */
  public WebhookReply webhook(GatewayInstanceId gateway, WebhookRequest request) {
    language.required("gateway", gateway);
    language.required("request", request);
    return language.during(() -> engine.webhook(gateway, request));
  }

  /** Takes in what changed at a provider since a time, such as what webhooks failed to bring. */
  public Reconciliation reconcile(GatewayInstanceId gateway, Instant since) {
    language.required("gateway", gateway);
    language.required("since", since);
    return language.during(() -> engine.reconcile(gateway, since));
  }

  /** The settings of a gateway that the browser may see, such as a publishable key. */
  public Map<String, String> publicSettings(GatewayInstanceId gateway) {
    language.required("gateway", gateway);
    return language.during(() -> gateways.gateway(gateway).publicSettings());
  }

  /** What can be told of the gateways that are open, by id. */
  public List<GatewayView> gateways() {
    return gateways.views();
  }

  /**
   * Every gateway that was found or configured, with what it can do, its version, where it came
   * from, and, if it can't be used, why.
   */
  public List<GatewayStatus> gatewayList() {
    return gateways.list();
  }

  /**
   * Switches a gateway off for new payments: {@link #pay} refuses it before anything is sent.
   * Payments that have begun go on, and so do captures, releases, refunds, lookups and webhooks.
   * Holds in this process until it ends; how a gateway starts is said by its settings.
   *
   * @return what can be told of the gateway now
   */
  public GatewayView switchOff(GatewayInstanceId gateway) {
    return takesNewPayments(gateway, false);
  }

  /** Lets a gateway that was {@linkplain #switchOff switched off} take new payments again. */
  public GatewayView switchOn(GatewayInstanceId gateway) {
    return takesNewPayments(gateway, true);
  }

  private GatewayView takesNewPayments(GatewayInstanceId gateway, boolean may) {
    language.required("gateway", gateway);
    return language.during(
        () -> {
          gateways.gateway(gateway).takesNewPayments(may);
          return gateways.gateway(gateway).view();
        });
  }

  /**
   * Does what is due now, in the calling thread: alarms, recovery, polling, deliveries to hooks; a
   * gateway is not asked what changed. Says how much was done. Applications call {@link #start}
   * instead.
   */
  public int runDueWork() {
    return engine.wakeDue() + engine.deliverDue();
  }

  /**
   * Does what is due from now on, until closed: a few threads for alarms, some for each hook, and
   * one for each gateway that lists changes, which is asked now and then what changed, and one to
   * tidy up. How many is a matter of {@link dev.gatehouse.engine.EnginePolicy}. Starting twice does
   * nothing.
   *
   * @throws dev.gatehouse.error.InvalidStateException after {@link #close}
   */
  public Gatehouse start() {
    List<Work> works = new ArrayList<>();
    works.add(new Work(engine.alarmThreads(), more -> engine.wakeOne(more) ? 1 : 0));
    Map<String, Work> ofHooks = new TreeMap<>();
    for (String hook : engine.hooks()) {
      Work work = new Work(engine.hookThreads(), more -> engine.deliverDue(hook, more));
      ofHooks.put(hook, work);
      works.add(work);
    }
    gateways.views().stream()
        .filter(gateway -> gateway.description().capabilities().contains(Capability.CHANGES))
        .map(gateway -> new Work(1, more -> engine.reconcileDue(gateway.id())))
        .forEach(works::add);
    works.add(new Work(1, more -> engine.tidyDue()));
    background.start(
        works,
        () ->
            engine.subscribe(hook -> Optional.ofNullable(ofHooks.get(hook)).ifPresent(Work::wake)));
    return this;
  }

  /**
   * Stops the background work for good, then closes the hooks that it opened, the gateways, their
   * transport, and the folders that they came from. A hook that is being told of an event may
   * finish, for half a minute; what it has not been told of yet is told by the next process.
   */
  @Override
  public void close() {
    engine.stopDelivering();
    background.close();
    opened.close();
  }
}
