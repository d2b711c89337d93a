package dev.gatehouse.operations;

import dev.gatehouse.command.ArchiveEvents;
import dev.gatehouse.command.DropDeliveries;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.LookUpPayment;
import dev.gatehouse.command.ReplayEvent;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.engine.Engine;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.ActionLog.Entry;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an operator can ask and do. {@link #charged} answers "was this customer charged?" in one
 * call. Everything that changes something names who does it and why, and is kept in a log.
 *
 * <p>Lists are given page by page, the newest first if they do not say otherwise. What is wrong
 * with a question or a command is thrown as a {@link dev.gatehouse.error.GatehouseException}.
 * Thread-safe.
 */
public final class Operations {
  private static final String DONE = "done";

  private final Engine engine;
  private final Store store;
  private final Finder finder;
  private final Doubts doubts;
  private final Timelines timelines;
  private final ActionLog log;
  private final Checks checks;

  private Operations(
      Engine engine,
      Store store,
      Finder finder,
      Doubts doubts,
      Timelines timelines,
      ActionLog log,
      Checks checks) {
    this.engine = engine;
    this.store = store;
    this.finder = finder;
    this.doubts = doubts;
    this.timelines = timelines;
    this.log = log;
    this.checks = InvalidInputException.required("checks", checks);
  }

  /**
   * Operations on these ports. Applications ask their gatehouse for them.
   *
   * @param callGrace how long after a send it is taken for lost if nothing was heard of it
   */
  public static Operations on(
      Engine engine,
      Store store,
      Gateways gateways,
      Clock clock,
      Duration callGrace,
      Checks checks) {
    Doubts doubts = new Doubts(gateways, clock, callGrace);
    Timelines timelines = new Timelines(store);
    Finder finder = new Finder(store, new Verdicts(doubts), timelines);
    ActionLog log = new ActionLog(store, clock);
    return new Operations(engine, store, finder, doubts, timelines, log, checks);
  }

  /** The same, checked and complained about otherwise. */
  public Operations with(Checks others) {
    return new Operations(engine, store, finder, doubts, timelines, log, others);
  }

  // What is known

  /** Was this customer charged? The first page of what is found. */
  public Answer charged(Search search) {
    return charged(search, Page.first());
  }

  /** Was this customer charged? */
  public Answer charged(Search search, Page<PaymentId> page) {
    checks.checked(search);
    checks.required("page", page);
    return checks.during(() -> finder.find(search, page));
  }

  /** Did this payment charge its customer? */
  public Verdict charged(PaymentId payment) {
    PaymentId id = checks.required("payment", payment);
    return checks.during(() -> finder.verdict(engine.payment(id)));
  }

  /** Everything that happened to a customer and its payments, the earliest first. */
  public List<Moment> timeline(CustomerId customer) {
    CustomerId id = checks.required("customer", customer);
    return checks.during(() -> timelines.of(engine.customer(id).id()));
  }

  /** Everything that happened to a payment, the earliest first. */
  public List<Moment> timeline(PaymentId payment) {
    PaymentId id = checks.required("payment", payment);
    return checks.during(() -> timelines.of(engine.payment(id)));
  }

  /**
   * The calls in doubt, and those left to a person. A call that is just being made is not among
   * them; if whoever made it died, it is once the grace of a call is over, though nothing runs.
   *
   * @param page of payments, each of which may have several
   */
  public List<Doubt> doubts(Page<PaymentId> page) {
    checks.required("page", page);
    return checks.during(() -> doubtsOf(page));
  }

  /** What is just being made fills no page: it goes on until there is enough of the rest. */
  private List<Doubt> doubtsOf(Page<PaymentId> page) {
    List<Doubt> found = new ArrayList<>();
    int payments = 0;
    Page<PaymentId> next = page;
    List<Payment> some;
    do {
      some = concerning(next, Concern.IN_DOUBT, Concern.LEFT_TO_PERSON, Concern.UNANSWERED);
      for (Payment payment : some) {
        List<Doubt> more = payments < page.limit() ? doubts.ofPast(payment) : List.of();
        payments += more.isEmpty() ? 0 : 1;
        found.addAll(more);
        next = next.after(payment.id());
      }
    } while (payments < page.limit() && some.size() == page.limit());
    return found;
  }

  /** What is in doubt of one payment, what is just being made included. */
  public List<Doubt> doubts(PaymentId payment) {
    PaymentId id = checks.required("payment", payment);
    return checks.during(() -> doubts.of(engine.payment(id)));
  }

  /**
   * The payments whose provider contradicts itself in what matters, or did something else than we
   * asked for. Facts are never forgotten, so a payment that is among them stays until a person
   * {@linkplain #settle(SettleConflict) settles} what is shown of it; it comes again if more is
   * seen.
   */
  public List<Discrepancy> discrepancies(Page<PaymentId> page) {
    checks.required("page", page);
    return checks.during(
        () ->
            concerning(page, Concern.CONFLICT, Concern.MISMATCH).stream()
                .map(Discrepancy::of)
                .toList());
  }

  private List<Payment> concerning(Page<PaymentId> page, Concern... any) {
    return store.payments(new PaymentSearch.OfConcern(Set.of(any)), page.after(), page.limit());
  }

  /** The deliveries to hooks that wait for a person, with why; by hook, and then by event. */
  public List<Delivery> parked(Page<Delivery.Key> page) {
    checks.required("page", page);
    return checks.during(() -> engine.parked(page.after(), page.limit()));
  }

  /**
   * The deliveries to one hook that are not made yet, parked or not, by their events' ids: how
   * often each was tried, since when it fails, what the last attempt said, and when it is tried
   * again. What was delivered is not among them.
   */
  public List<Delivery> deliveries(String hook, Page<String> page) {
    checks.required("hook", hook);
    checks.required("page", page);
    return checks.during(() -> store.deliveries(hook, page.after(), page.limit()));
  }

  /**
   * What waits for each hook. If it waits for a hook that no process has any more, nobody delivers
   * it, until the hook is back.
   */
  public List<HookBacklog> backlogs() {
    return store.backlogs().stream()
        .map(
            b ->
                new HookBacklog(
                    b.hook(),
                    b.waiting(),
                    b.parked(),
                    b.since(),
                    engine.hooks().contains(b.hook())))
        .toList();
  }

  /** What people did, the last first; an entry's number says where to go on. */
  public List<Action> log(Page<Long> page) {
    checks.required("page", page);
    return checks.during(() -> store.actions(Optional.empty(), page.after(), page.limit()));
  }

  /** What people did about one subject: the id of a payment, a customer or a hook. */
  public List<Action> log(String subject, Page<Long> page) {
    checks.required("subject", subject);
    checks.required("page", page);
    return checks.during(() -> store.actions(Optional.of(subject), page.after(), page.limit()));
  }

  // What a person does

  /**
   * Takes a person's word for what became of an operation that was left to them.
   *
   * @throws dev.gatehouse.error.InvalidStateException if it is not in doubt, or if it is still
   *     being found out about
   */
  public Payment settle(SettleOperation command) {
    checks.checked(command);
    String detail = command.operation() + command.effect().map(" was "::concat).orElse(" was not");
    Entry entry =
        new Entry(command.actor(), "settle", command.payment().value(), detail, command.reason());
    return checks.during(() -> log.during(entry, () -> engine.settle(command), p -> DONE));
  }

  /**
   * Takes a person's word that a conflict or a mismatch was looked into: it leaves the list, and
   * stays in the facts and on the timeline. All else goes on as before; so a checkout that a
   * mismatch held up is still to be fulfilled, or given back, by hand.
   *
   * @throws dev.gatehouse.error.InvalidStateException if it is not open, or if more was seen since
   */
  public Payment settle(SettleConflict command) {
    checks.checked(command);
    return checks.during(
        () -> {
          Entry entry =
              new Entry(
                  command.actor(),
                  "settle conflict",
                  command.payment().value(),
                  named(command),
                  command.reason());
          return log.during(entry, () -> engine.settle(command), p -> DONE);
        });
  }

  /** An id alone would tell nobody what it was about. */
  private String named(SettleConflict command) {
    return store.payment(command.payment()).stream()
        .flatMap(payment -> Discrepancy.of(payment).conflicts().stream())
        .filter(conflict -> conflict.id().equals(command.conflict()))
        .map(conflict -> conflict.fact() + " " + conflict.id())
        .findFirst()
        .orElse(command.conflict());
  }

  /** Takes a person's report about a payment that no provider can be asked about. */
  public Payment report(ReportMoney command) {
    checks.checked(command);
    String detail = command.finding() + " " + command.amount();
    Entry entry =
        new Entry(command.actor(), "report", command.payment().value(), detail, command.reason());
    return checks.during(() -> log.during(entry, () -> engine.report(command), p -> DONE));
  }

  /**
   * Asks a payment's provider now, and takes in what it shows. Nothing is sent that moves money.
   * That it shows nothing is not taken for "there is none": only time makes that certain.
   *
   * @return whether it charged, as known then; the reason says what the provider answered
   */
  public Verdict lookUp(LookUpPayment command) {
    checks.checked(command);
    Entry entry =
        new Entry(command.actor(), "look up", command.payment().value(), "", command.reason());
    return checks.during(
        () -> {
          Lookup answer =
              log.during(entry, () -> engine.lookUp(command.payment()), Operations::found);
          return finder.verdict(engine.payment(command.payment()), answer);
        });
  }

  private static String found(Lookup answer) {
    if (answer instanceof Lookup.CannotTell unclear) {
      return "done: the provider could not be asked: " + unclear.failure().code();
    }
    return answer instanceof Lookup.Found ? DONE : "done: the provider shows nothing";
  }

  /**
   * Offers an event to a hook again, parked, waiting or delivered long ago. The hook may belong to
   * another process, if something waits for it.
   *
   * @throws dev.gatehouse.error.NotFoundException if there is no such hook, or no such event
   */
  public void replay(ReplayEvent command) {
    checks.checked(command);
    Entry entry =
        new Entry(command.actor(), "replay", command.hook(), command.event(), command.reason());
    checks.during(
        () ->
            log.during(
                entry,
                () -> {
                  engine.replay(command.hook(), command.event());
                  return command.event();
                },
                event -> DONE));
  }

  /**
   * Offers everything to a hook again that is parked for it; says how many deliveries that were.
   *
   * @throws dev.gatehouse.error.NotFoundException if nothing is parked for such a hook
   */
  public int replay(ReplayParked command) {
    checks.checked(command);
    Entry entry = new Entry(command.actor(), "replay parked", command.hook(), "", command.reason());
    return checks.during(
        () -> log.during(entry, () -> engine.replayParked(command.hook()), Operations::count));
  }

  /**
   * Forgets what waits for a hook that is gone for good; says how many deliveries that were. The
   * events stay in their timelines.
   *
   * @throws dev.gatehouse.error.InvalidStateException if this process has the hook
   * @throws dev.gatehouse.error.NotFoundException if nothing waits for such a hook
   */
  public int drop(DropDeliveries command) {
    checks.checked(command);
    Entry entry = new Entry(command.actor(), "drop", command.hook(), "", command.reason());
    return checks.during(
        () -> log.during(entry, () -> engine.dropDeliveries(command.hook()), Operations::count));
  }

  /**
   * Gives the events that were raised before a time, and wait for no hook, to an archive, and takes
   * them out of their timelines. Facts, totals and what was done stay. If it ends half-way, what
   * was not taken out yet is given to the archive again, with the same id.
   *
   * @param archive keeps an event for good before it returns
   * @return how many were taken out
   */
  public long archive(ArchiveEvents command, Consumer<LifecycleEvent> archive) {
    checks.checked(command);
    checks.required("archive", archive);
    Entry entry =
        new Entry(
            command.actor(), "archive", "events", command.before().toString(), command.reason());
    return checks.during(
        () ->
            log.during(
                entry,
                () -> engine.archive(command.before(), archive),
                taken -> "done: " + taken + " events"));
  }

  private static String count(int deliveries) {
    return "done: " + deliveries + " deliveries";
  }

  /**
   * Forgets who a customer is: personal data, metadata, stored payment methods and why memberships
   * were cancelled are gone, while facts, totals and events, which hold none, stay. Nothing can be
   * kept about the customer afterwards, and a charge that was sent already is not sent a second
   * time.
   */
  public Customer erase(EraseCustomer command) {
    checks.checked(command);
    Entry entry =
        new Entry(command.actor(), "erase", command.customer().value(), "", command.reason());
    return checks.during(
        () -> log.during(entry, () -> engine.erase(command.customer()), c -> DONE));
  }
}
