package dev.gatehouse.engine;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.JoinedTransaction;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell: loads, lets the core decide, commits, and only then calls a gateway. It works on ports
 * alone (store, gateways, hooks, clock, ids) and starts no thread. Commands are expected to be
 * checked. Thread-safe.
 */
public final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final int BATCH = 100;
  private static final int MOST_ALARM_THREADS = 16;
  private static final Duration PUT_OFF = Duration.ofMinutes(10);

  private final Store store;
  private final Gateways gateways;
  private final Clock clock;
  private final List<HookHandle> hooks;
  private final Customers customers;
  private final Methods methods;
  private final Checkouts checkouts;
  private final Paying paying;
  private final Payments payments;
  private final Operators operators;
  private final Observer observer;
  private final Waker waker;
  private final Intake intake;
  private final Reconciler reconciler;
  private final Dispatcher dispatcher;
  private final Pace pace;
  private final Tidier tidier;
  private final EnginePolicy policy;
  private final Function<Store, JoinedEngine> joined;

  /** An engine on these ports. */
  public Engine(
      Store store,
      Gateways gateways,
      List<LifecycleHook> hooks,
      EnginePolicy policy,
      Clock clock,
      IdSource ids) {
    this.store = store;
    this.gateways = gateways;
    this.policy = policy;
    this.clock = clock;
    this.hooks = hooks.stream().map(HookHandle::new).toList();
    Committer committer = new Committer(store, gateways, this.hooks, policy, clock);
    Caller caller = new Caller(store, gateways, committer, policy, clock);
    observer = new Observer(gateways, caller, policy, clock);
    customers = new Customers(store, committer, clock);
    methods = new Methods(store, customers, gateways, committer, caller, clock);
    checkouts = new Checkouts(store, committer, caller, policy, clock, ids);
    paying = new Paying(gateways, customers, caller, policy, clock, ids);
    payments = new Payments(gateways, caller, clock);
    operators = new Operators(store, gateways, caller, clock);
    pace = new Pace(gateways, policy, clock);
    waker = new Waker(store, gateways, caller, observer, pace, policy, clock);
    intake = new Intake(store, gateways, caller, observer, policy, clock);
    reconciler = new Reconciler(store, gateways, intake, pace, policy, clock);
    tidier = new Tidier(store, policy, clock);
    dispatcher = new Dispatcher(store, this.hooks, policy, clock);
    joined =
        within -> {
          Committer its = new Committer(within, gateways, this.hooks, policy, clock);
          return new JoinedEngine(
              within,
              new Customers(within, its, clock),
              new Checkouts(within, its, JoinedEngine.withoutCalls(its), policy, clock, ids));
        };
  }

  /** What of this engine needs no gateway, within a transaction of the application's own. */
  public JoinedEngine within(JoinedTransaction transaction) {
    return joined.apply(required("transaction", transaction.store()));
  }

  /** Registers a customer, once. */
  public Customer register(RegisterCustomer command) {
    return customers.register(command);
  }

  /** Starts a checkout, once per key. */
  public CheckoutView start(StartCheckout command) {
    return checkouts.start(command);
  }

  /** Tries to pay a checkout, once per key. */
  public CheckoutView pay(Pay command) {
    paying.pay(command);
    return checkouts.view(command.checkout());
  }

  /** Completes a checkout that costs nothing. */
  public CheckoutView completeFree(CheckoutId id) {
    return checkouts.completeFree(id);
  }

  /** The customer came back from the provider: what happened is asked of the provider. */
  public CheckoutView customerReturned(CheckoutId id) {
    observer.lookAll(checkouts.view(id));
    return checkouts.view(id);
  }

  /** Calls a checkout off. */
  public CheckoutView cancel(CheckoutId id) {
    return checkouts.cancel(id);
  }

  /** Ends a membership. */
  public Membership cancel(CancelMembership command) {
    return checkouts.cancel(command);
  }

  /** Takes held money, once per key. */
  public Payment capture(Capture command) {
    payments.capture(command);
    return payment(command.payment());
  }

  /** Releases held money, once per key. */
  public Payment voidPayment(VoidPayment command) {
    payments.voidPayment(command);
    return payment(command.payment());
  }

  /** Gives money back, once per key. */
  public Payment refund(Refund command) {
    payments.refund(command);
    return payment(command.payment());
  }

  /** Takes a person's report of what happened. */
  public Payment report(ReportMoney command) {
    operators.report(command);
    return payment(command.payment());
  }

  /** Takes a person's word for what became of an operation that was left to them. */
  public Payment settle(SettleOperation command) {
    operators.settle(command);
    return payment(command.payment());
  }

  /** Takes a person's word that a conflict was looked into. */
  public Payment settle(SettleConflict command) {
    operators.settle(command);
    return payment(command.payment());
  }

  /** A customer as known now. */
  public Customer customer(CustomerId id) {
    return store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
  }

  /** Forgets who a customer is; facts, totals and events stay. */
  public Customer erase(CustomerId id) {
    return methods.erase(id);
  }

  /** Takes the application's word that a stored method is a customer's. */
  public Customer importMethod(ImportStoredMethod command) {
    return methods.importMethod(command);
  }

  /** Stores a payment method without a charge, once per key of a customer. */
  public Payment storeMethod(StoreMethod command) {
    return payment(methods.setUp(command));
  }

  /** The customer came back from a set-up: what happened is asked of the provider. */
  public Payment customerReturned(PaymentId id) {
    observer.lookAfter(payment(id));
    return payment(id);
  }

  /** Takes a stored method from its customer, and lets the provider remove it. */
  public Customer removeMethod(RemoveStoredMethod command) {
    return methods.remove(command);
  }

  /** A checkout as it stands. */
  public CheckoutView checkout(CheckoutId id) {
    return checkouts.view(id);
  }

  /** A payment as it stands. */
  public Payment payment(PaymentId id) {
    return store.payment(id).orElseThrow(() -> Committer.notFound("payment", id.value()));
  }

  /**
   * Looks a payment up at its provider now, and takes in what that shows; says what it answered.
   */
  public Lookup lookUp(PaymentId id) {
    return observer.lookUp(payment(id));
  }

  /** Takes a webhook delivery. */
  public WebhookReply webhook(GatewayInstanceId gateway, WebhookRequest request) {
    return intake.receive(gateway, request);
  }

  /** Takes in what changed at a provider since a time. */
  public Reconciliation reconcile(GatewayInstanceId gateway, Instant since) {
    return reconciler.reconcile(gateway, since);
  }

  /**
   * Takes in what changed at a provider since this was last done, if it is time; says how often.
   * How far it came is kept in the store.
   */
  public int reconcileDue(GatewayInstanceId gateway) {
    return reconciler.reconcileDue(gateway);
  }

  /** Handles a batch of alarms that have gone off; says how many. */
  public int wakeDue() {
    int handled = 0;
    while (handled < BATCH && wakeOne(() -> {})) {
      handled++;
    }
    return handled;
  }

  /**
   * Handles one alarm that has gone off, if there is one: what waits behind a slow gateway's is
   * there for everybody else.
   *
   * @param more is told before that if there was one, since there may be more
   */
  public boolean wakeOne(Runnable more) {
    Instant now = clock.instant();
    List<Due> due = store.lease(pace.resting(), now, now.plus(policy.callGrace()), 1);
    if (!due.isEmpty()) {
      more.run();
    }
    due.forEach(this::wake);
    return !due.isEmpty();
  }

  /** One record's trouble must not keep the others waiting: it is put off, and logged. */
  private void wake(Due due) {
    try {
      handle(due);
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.error("alarm of {} failed; it is put off: {}", due, Faults.describe(e));
      putOff(due);
    }
  }

  /** What was committed before the trouble may have set another alarm, which stays. */
  private void putOff(Due due) {
    Instant now = clock.instant();
    Optional<Instant> later = Optional.of(now.plus(PUT_OFF));
    Commit.Builder commit = Commit.builder();
    if (due instanceof Due.OfPayment payment) {
      store
          .payment(payment.id())
          .filter(p -> isDue(p.wakeAt(), now))
          .ifPresent(p -> commit.save(p.wakingAt(later)));
    } else if (due instanceof Due.OfCheckout checkout) {
      store
          .checkout(checkout.id())
          .filter(c -> isDue(c.wakeAt(), now))
          .ifPresent(c -> commit.save(c.wakingAt(later)));
    } else if (due instanceof Due.OfInbox item) {
      store
          .inboxItem(item.gateway(), item.notice())
          .filter(i -> isDue(i.wakeAt(), now))
          .ifPresent(i -> commit.save(i.putOffTo(later.get())));
    }
    try {
      store.commit(commit.build());
    } catch (StaleVersionException e) {
      LOG.debug("{} was changed meanwhile; its alarm stays", due);
    }
  }

  private static boolean isDue(Optional<Instant> wakeAt, Instant now) {
    return wakeAt.filter(at -> !at.isAfter(now)).isPresent();
  }

  private void handle(Due due) {
    if (due instanceof Due.OfPayment payment) {
      waker.wake(payment.id());
    } else if (due instanceof Due.OfCheckout checkout) {
      waker.wake(checkout.id());
    } else if (due instanceof Due.OfInbox item) {
      pace.look(item.gateway(), () -> intake.handle(item.gateway(), item.notice()));
    }
  }

  /**
   * The events of a subject, in order: a customer's id, or a payment's where no customer is known.
   */
  public List<LifecycleEvent> timeline(String subject) {
    return store.timeline(subject);
  }

  /** The events of a customer, in order. */
  public List<LifecycleEvent> timeline(CustomerId id) {
    if (store.customer(id).isEmpty()) {
      throw Committer.notFound("customer", id.value());
    }
    return timeline(id.value());
  }

  /** The events of a payment of which no customer is known, in order. */
  public List<LifecycleEvent> timeline(PaymentId id) {
    return timeline(payment(id).id().value());
  }

  /** The deliveries that wait for a person, behind one of them. */
  public List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return store.parked(after, limit);
  }

  /** Forgets what waits for a hook that this engine does not have; says how much that was. */
  public int dropDeliveries(String hook) {
    if (isKnown(hook)) {
      throw new InvalidStateException(
          new Problem(
              "hook",
              "hook.configured",
              "is here to take what waits for it",
              "take the hook out first, or let it answer that it took what it can't use"));
    }
    int dropped = store.drop(hook);
    if (dropped == 0) {
      throw new NotFoundException(
          new Problem(
              "hook",
              "hook.nothing-waits",
              "is none for which anything waits",
              "take it from the deliveries without a hook"));
    }
    return dropped;
  }

  private boolean isKnown(String hook) {
    return hooks.stream().anyMatch(known -> known.id().equals(hook));
  }

  /**
   * Offers an event to a hook again: to one that this engine has, or for which something waits, so
   * that another process has it.
   */
  public void replay(String hook, String eventId) {
    boolean isKnown =
        isKnown(hook) || store.backlogs().stream().anyMatch(b -> b.hook().equals(hook));
    if (!isKnown || !store.replay(hook, eventId, clock.instant())) {
      // Neither is shown: what nobody knows may be anything.
      throw new NotFoundException(
          new Problem(
              isKnown ? "eventId" : "hook",
              isKnown ? "event.unknown" : "hook.unknown",
              isKnown ? "there is no such event" : "there is no such hook",
              "take both from a parked delivery or from the timeline"));
    }
  }

  /** Offers everything to a hook again that is parked for it; says how much that was. */
  public int replayParked(String hook) {
    int replayed = 0;
    Delivery.Key after = new Delivery.Key(hook, "");
    while (true) {
      List<Delivery> parked =
          parked(Optional.of(after), BATCH).stream()
              .takeWhile(delivery -> delivery.hook().equals(hook))
              .toList();
      if (parked.isEmpty()) {
        break;
      }
      for (Delivery delivery : parked) {
        after = delivery.key();
        store.replay(hook, after.event(), clock.instant());
      }
      replayed += parked.size();
    }
    if (replayed == 0) {
      throw new NotFoundException(
          new Problem(
              "hook",
              "hook.nothing-parked",
              "is none for which anything is parked",
              "take it from a parked delivery"));
    }
    return replayed;
  }

  /** Delivers a batch of events to every hook; says how many deliveries were made. */
  public int deliverDue() {
    return dispatcher.deliverDue();
  }

  /** No hook is told of anything more, for good; whoever is being told may finish. */
  public void stopDelivering() {
    dispatcher.stop();
  }

  /** How many threads handle alarms at most: no gateway that is slow takes them all. */
  public int alarmThreads() {
    int all = gateways.handles().size() * policy.looksAtOnce() + 1;
    return Math.min(all, MOST_ALARM_THREADS);
  }

  /** How many threads tell one hook of events at most. */
  public int hookThreads() {
    return policy.hookThreads();
  }

  /** Calls back with the id of a hook for which deliveries may have become due. */
  public Store.Subscription subscribe(Consumer<String> wake) {
    return store.subscribe(Set.copyOf(hooks()), ids -> ids.forEach(wake));
  }

  /** Forgets what need not be remembered any more, if it is time; says how much. */
  public int tidyDue() {
    return tidier.tidyDue();
  }

  /** Gives old events to an archive, and takes them out of the store; says how many. */
  public long archive(Instant before, Consumer<LifecycleEvent> archive) {
    return tidier.archive(before, archive);
  }

  /** The ids of the hooks. */
  public List<String> hooks() {
    return hooks.stream().map(HookHandle::id).toList();
  }

  /**
   * Delivers a batch of events to one hook; says how many deliveries were made.
   *
   * @param more is told before the hook is if there may be more than this batch
   */
  public int deliverDue(String hook, Runnable more) {
    return hooks.stream()
        .filter(known -> known.id().equals(hook))
        .mapToInt(known -> dispatcher.deliverDue(known, more))
        .sum();
  }
}
