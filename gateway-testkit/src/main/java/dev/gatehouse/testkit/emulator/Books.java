package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * The books of an emulated provider: charges and how they go on, holds, captures, refunds and
 * disputes under their ids, with the rules of money that every provider has. What is told is always
 * an immutable view in the words of the {@link Ledger}.
 *
 * <p>Where a method takes an {@code id}, that of the charge will do, or of its hold, action,
 * captures, refunds or disputes: each belongs to one charge. Charges that are over are never
 * forgotten.
 *
 * <p>A charge begins as {@code processing}; the provider says at once, or lets happen later, what
 * becomes of it. For use under the provider's lock, after {@link Agenda#catchUp()}.
 *
 * <p>Errors: an id that nothing has throws {@link NotFoundException} with code {@link #UNKNOWN};
 * what can't be done as things stand, {@link InvalidStateException} with {@link #STATE}; an amount
 * that is too large, not positive, or of another currency, {@link InvalidInputException} with
 * {@link #AMOUNT}. Nothing is changed then.
 *
 * @param <T> what else this provider remembers of a charge
 */
public final class Books<T> {
  /** The code of the problem: nothing has this id. */
  public static final String UNKNOWN = "emulator.unknown";

  /** The code of the problem: not as things stand. */
  public static final String STATE = "emulator.state";

  /** The code of the problem: not this amount. */
  public static final String AMOUNT = "emulator.amount";

  private final Agenda agenda;
  private final Function<Part, String> ids;
  private final Consumer<Happened> announce;
  private final Map<String, Entry<T>> entries = new LinkedHashMap<>();
  private final MoneyBack<T> back;

  /** Books with plain ids, such as {@code ch_1}. */
  public Books(Agenda agenda, Consumer<Happened> announce) {
    this(agenda, part -> agenda.id(part.prefix()), announce);
  }

  /**
   * Books with ids of the provider's own kind.
   *
   * @param ids the next id of a kind, never the same twice
   * @param announce is told what happens, after it did
   */
  public Books(Agenda agenda, Function<Part, String> ids, Consumer<Happened> announce) {
    this.agenda = agenda;
    this.ids = ids;
    this.announce = announce;
    this.back = new MoneyBack<>(this, agenda);
  }

  /** A charge, by its id or that of anything that belongs to it. */
  public Ledger.Charge charge(String id) {
    return entry(id).view();
  }

  /** What else is remembered of a charge. */
  public T details(String id) {
    return entry(id).order.details();
  }

  /** Every charge, oldest first. */
  public List<Ledger.Charge> charges() {
    return entries.values().stream().map(Entry::view).toList();
  }

  /** When a charge or anything that belongs to it was last changed. */
  public Instant changedAt(String id) {
    return entry(id).changedAt;
  }

  /** What may still be taken of what a charge holds. */
  public Money capturable(String id) {
    return entry(id).capturable();
  }

  /** All of it, as of now. */
  public Ledger ledger(Map<String, Integer> requests, Map<String, Integer> requestsByKey) {
    return new Ledger(charges(), requests, requestsByKey);
  }

  /** A charge begins, and is {@code processing}. Returns its id. */
  public String begin(Order<T> order) {
    if (!order.amount().isPositive()) {
      throw amount("the amount is not more than zero");
    }
    Entry<T> entry = new Entry<>(id(Part.CHARGE), order, agenda.now());
    entries.put(entry.id, entry);
    return entry.id;
  }

  /**
   * It is being worked on for so long, unless somebody decides sooner.
   *
   * @param code what it fails with in the end; empty if it succeeds
   */
  public void process(String id, Duration time, Optional<String> code) {
    change(open(id), "processing", Change.PROCESSING);
    agenda.after(time, () -> settle(entry(id), "processing", code));
  }

  /** The same, with a status meanwhile that no gateway knows. */
  public void puzzle(String id, Duration time, Optional<String> code) {
    change(open(id), "unheard_of", Change.UNHEARD_OF);
    agenda.after(time, () -> settle(entry(id), "unheard_of", code));
  }

  private void settle(Entry<T> entry, String status, Optional<String> code) {
    if (entry.is(status)) {
      settle(entry.id, code);
    }
  }

  /**
   * What is being worked on, or has a status that no gateway knows, comes to its end now.
   *
   * @param code what it fails with; empty if it succeeds
   */
  public void settle(String id, Optional<String> code) {
    if (!entry(id).is("processing", "unheard_of")) {
      throw Entry.notNow("nobody works on it", "look at its status");
    }
    code.ifPresentOrElse(failure -> fail(id, failure), () -> succeed(id));
  }

  /**
   * It waits for the customer; returns the id of what the customer has to do.
   *
   * @param life how long the customer has, and afterwards we, if the charge then waits for us
   * @param code what it fails with when time is up
   * @param onApproval what happens when the customer has done it, such as {@link #succeed}
   */
  public String ask(String id, Duration life, String code, Runnable onApproval) {
    Entry<T> entry = open(id);
    String action = id(Part.ACTION);
    entry.action = Optional.of(action);
    entry.onApproval = onApproval;
    agenda.after(life, () -> giveUp(entry, action, code));
    change(entry, "requires_action", Change.ACTION_NEEDED);
    return action;
  }

  private void giveUp(Entry<T> entry, String action, String code) {
    if (entry.is("requires_action", "approved")
        && entry.action.filter(action::equals).isPresent()) {
      fail(entry.id, code);
    }
  }

  /** The customer does what the charge waits for. */
  public void approve(String id) {
    waiting(id).onApproval.run();
  }

  /** The customer refuses, and the charge fails with this code. */
  public void reject(String id, String code) {
    fail(waiting(id).id, code);
  }

  /** The customer goes away, and can't approve any more; the charge fails when its time is up. */
  public void leave(String id) {
    waiting(id).left = true;
  }

  private Entry<T> waiting(String id) {
    Entry<T> entry = entry(id);
    if (!entry.is("requires_action") || entry.left) {
      throw Entry.notNow("it does not wait for the customer", "look at its status");
    }
    return entry;
  }

  /** It waits for us to complete it. */
  public void waitForUs(String id) {
    change(open(id), "approved", Change.APPROVED);
  }

  /**
   * We complete it. What is over already stays as it is.
   *
   * @param decline the code that it fails with, if it does
   */
  public void complete(String id, Optional<String> key, Optional<String> decline) {
    Entry<T> entry = entry(id);
    if (entry.isOver()) {
      return;
    }
    if (!entry.is("approved")) {
      throw Entry.notNow("the customer has not approved it", "wait for the customer");
    }
    entry.completionKey = key;
    decline.ifPresentOrElse(code -> fail(id, code), () -> succeed(id));
  }

  /** It succeeds: the money is taken, or held if that was ordered. */
  public void succeed(String id) {
    Entry<T> entry = open(id);
    Money amount = entry.order.amount();
    if (entry.order.held().isPresent()) {
      Instant end = agenda.after(entry.order.held().get(), () -> expireIfOpen(entry));
      entry.hold =
          Optional.of(
              new Ledger.Authorization(id(Part.HOLD), amount, end, "open", Optional.empty()));
    } else {
      Optional<String> key = entry.completionKey.or(entry.order::key);
      entry.captures.add(new Ledger.Capture(id(Part.CAPTURE), amount, key));
    }
    change(entry, "succeeded", Change.SUCCEEDED);
  }

  /** It fails, with the provider's own code. */
  public void fail(String id, String code) {
    Entry<T> entry = open(id);
    entry.decline = Optional.of(code);
    change(entry, "failed", Change.FAILED);
  }

  /**
   * Takes held money; returns the id of the capture.
   *
   * @param id of the charge or its hold
   * @param last whether the rest is released; so it is, too, when nothing is left
   * @param key the idempotency key, as the ledger tells it; empty for what the console does. That a
   *     key does nothing twice is the affair of {@link IdempotencyKeys}
   */
  public String capture(String id, Money amount, boolean last, Optional<String> key) {
    Entry<T> entry = entry(id);
    Ledger.Authorization hold = entry.openHold();
    demandWithin(amount, entry.capturable(), "left of the hold");
    Ledger.Capture capture = new Ledger.Capture(id(Part.CAPTURE), amount, key);
    entry.captures.add(capture);
    if (last || entry.capturable().isZero()) {
      entry.hold(hold, "exhausted", Optional.empty());
    }
    happened(entry, Change.CAPTURED, capture.id());
    return capture.id();
  }

  /** Releases what is held and not yet taken. */
  public void release(String id, Optional<String> key) {
    Entry<T> entry = entry(id);
    Ledger.Authorization hold = entry.openHold();
    entry.hold(hold, "voided", key);
    happened(entry, Change.VOIDED, hold.id());
  }

  /** A hold ends before its time. */
  public void expire(String id) {
    entry(id).openHold();
    expireIfOpen(entry(id));
  }

  private void expireIfOpen(Entry<T> entry) {
    entry
        .hold
        .filter(hold -> hold.status().equals("open"))
        .ifPresent(
            hold -> {
              entry.hold(hold, "expired", Optional.empty());
              happened(entry, Change.EXPIRED, hold.id());
            });
  }

  /** Money that goes back, and disputes. */
  public MoneyBack<T> back() {
    return back;
  }

  Entry<T> entry(String id) {
    Entry<T> direct = entries.get(id);
    if (direct != null) {
      return direct;
    }
    return entries.values().stream()
        .filter(entry -> entry.has(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    new Problem("id", UNKNOWN, "nothing has this id", "use one that was given")));
  }

  private Entry<T> open(String id) {
    Entry<T> entry = entry(id);
    if (entry.isOver()) {
      throw Entry.notNow("it is over: " + entry.status, "look at its status");
    }
    return entry;
  }

  private void change(Entry<T> entry, String status, Change what) {
    entry.status = status;
    happened(entry, what, entry.id);
  }

  void happened(Entry<T> entry, Change what, String subject) {
    entry.changedAt = agenda.now();
    announce.accept(new Happened(what, entry.id, subject, agenda.now()));
  }

  String id(Part part) {
    return ids.apply(part);
  }

  static void demandWithin(Money amount, Money most, String what) {
    if (!amount.getCurrencyUnit().equals(most.getCurrencyUnit())) {
      throw amount("the amount is in " + amount.getCurrencyUnit());
    }
    if (!amount.isPositive() || amount.isGreaterThan(most)) {
      throw amount(amount + " is not more than zero and at most " + most + ", which is " + what);
    }
  }

  private static InvalidInputException amount(String why) {
    return new InvalidInputException(new Problem("amount", AMOUNT, why, "ask for less"));
  }
}
