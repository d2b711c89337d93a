package dev.gatehouse.facts;

import dev.gatehouse.facts.LedgerEntry.Case;
import dev.gatehouse.facts.LedgerEntry.Charge;
import dev.gatehouse.facts.LedgerEntry.Hold;
import dev.gatehouse.facts.LedgerEntry.Transfer;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * What a provider really did to one payment, moment by moment, drawn from a seed. The same seed
 * gives the same history.
 *
 * <p>What is expected in the end ({@link #totals()}, {@link #happened()}, {@link
 * #finalFacts(long)}) comes from the provider's books and never from a join.
 */
public final class PaymentHistory {
  private static final DeclineCode[] DECLINES = DeclineCode.values();

  private final long seed;
  private final Random random;
  private final ProviderLedger ledger;
  private final boolean asksForOneAmount;
  private final List<PaymentFacts> pictures = new ArrayList<>();
  private final SortedSet<Integer> revealing = new TreeSet<>();
  private final Map<String, Integer> doneAt = new TreeMap<>();
  private final List<BooleanSupplier> moves =
      List.of(
          this::startCharge,
          this::askCustomer,
          this::process,
          this::decline,
          this::succeed,
          this::succeed,
          this::capture,
          this::capture,
          this::closeTransfer,
          this::closeTransfer,
          this::undoCapture,
          this::changeTerms,
          this::reauthorize,
          this::endHold,
          this::refund,
          this::refund,
          this::undoRefund,
          this::dispute,
          this::moveDispute,
          this::withdraw,
          this::decide);

  private PaymentHistory(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.ledger = new ProviderLedger(ProviderHabits.drawnFrom(random));
    this.asksForOneAmount = random.nextInt(5) != 0;
  }

  /** The history that this seed gives. */
  public static PaymentHistory of(long seed) {
    PaymentHistory history = new PaymentHistory(seed);
    history.play();
    return history;
  }

  /** The seed, for the message of a failure. */
  public long seed() {
    return seed;
  }

  /** How the provider tells of what it does. */
  public ProviderHabits habits() {
    return ledger.habits;
  }

  /** How many moments there are to look at. */
  public int moments() {
    return pictures.size();
  }

  /** Everything that the provider showed at this moment; its undated registers are not stamped. */
  public PaymentFacts shownAt(int moment) {
    return pictures.get(moment);
  }

  /**
   * The moments that someone must have seen in full to know what happened, because the provider
   * does not tell it later: a refund that was done, before it looks as if it never was.
   */
  public SortedSet<Integer> revealing() {
    return Collections.unmodifiableSortedSet(revealing);
  }

  /** The facts in the end, as the books have them; undated registers are from this fetch. */
  public PaymentFacts finalFacts(long fetch) {
    PaymentFacts last = pictures.get(pictures.size() - 1).stamped(fetch);
    SortedMap<String, Movement> movements = new TreeMap<>(last.movements());
    for (Transfer transfer : ledger.transfers) {
      movements.computeIfPresent(
          transfer.id, (id, shown) -> ProviderLedger.at(transfer.step, shown));
    }
    return new PaymentFacts(
        last.reference(),
        last.account(),
        last.mode(),
        last.currency(),
        last.providerIds(),
        last.attempts(),
        last.authorizations(),
        movements,
        last.disputes(),
        last.totals(),
        last.sends(),
        last.credentials());
  }

  /** The sums in the end, as the books have them. */
  public Totals totals() {
    return ledger.balances.totals(ledger.habits.currency());
  }

  /** What is with us in the end, as the books have it; may be negative. */
  public Money kept() {
    return Money.ofMinor(ledger.habits.currency(), ledger.balances.kept());
  }

  /** What happened at any time to everything that the provider gives an id to. */
  public SortedSet<Happened> happened() {
    return Collections.unmodifiableSortedSet(ledger.happened);
  }

  /** Where the payment stands in the end, as the books have it. */
  public PaymentState state() {
    return LedgerOutcome.state(ledger);
  }

  /** Whether we got all that we asked for, and nothing was done that we did not ask for. */
  public boolean isPaid() {
    return LedgerOutcome.isPaid(ledger);
  }

  /** Whether some charge that succeeded is for another amount than the one that we asked for. */
  public boolean hasOtherAmount() {
    return LedgerOutcome.hasOtherAmount(ledger);
  }

  /** The keys of the events that what is in the books amounts to. */
  public SortedSet<String> eventKeys() {
    return LedgerOutcome.eventKeys(ledger);
  }

  /** A payment of ours that asked for the first charge, and of which this was seen. */
  public Payment payment(PaymentFacts seen) {
    return LedgerOutcome.payment(ledger, seen);
  }

  // The story

  private void play() {
    int steps = 4 + random.nextInt(20);
    startCharge();
    pictures.add(ledger.shown());
    for (int tries = 0; pictures.size() < steps && tries < 10 * steps; tries++) {
      ledger.tick();
      if (moves.get(random.nextInt(moves.size())).getAsBoolean()) {
        pictures.add(ledger.shown());
      }
    }
  }

  private boolean startCharge() {
    boolean retried = ledger.charges.stream().allMatch(charge -> isDecided(charge));
    if (!retried || ledger.charges.size() > 3 || ledger.charges.size() > 1 && isPaidTwice()) {
      return false;
    }
    boolean again = asksForOneAmount && !ledger.charges.isEmpty();
    ledger.startCharge(
        again ? ledger.charges.get(0).amount : 1_000 + random.nextInt(100_000) * 10L);
    return true;
  }

  private boolean isPaidTwice() {
    return ledger.charges.stream().filter(c -> c.step == AttemptStep.SUCCEEDED).count() > 1;
  }

  private static boolean isDecided(Charge charge) {
    return charge.step == AttemptStep.SUCCEEDED || charge.step == AttemptStep.FAILED;
  }

  private boolean askCustomer() {
    Optional<Charge> charge = any(ledger.charges, c -> isBefore(c, AttemptStep.APPROVED));
    charge.ifPresent(c -> ledger.askCustomer(c, "page-" + random.nextInt(9)));
    return charge.isPresent();
  }

  private boolean process() {
    AttemptStep step = random.nextBoolean() ? AttemptStep.APPROVED : AttemptStep.PROCESSING;
    Optional<Charge> charge = any(ledger.charges, c -> isBefore(c, step));
    charge.ifPresent(c -> ledger.move(c, step));
    return charge.isPresent();
  }

  private static boolean isBefore(Charge charge, AttemptStep step) {
    return charge.step.ordinal() < step.ordinal();
  }

  private boolean decline() {
    Optional<Charge> charge = any(ledger.charges, c -> !isDecided(c));
    charge.ifPresent(c -> ledger.decline(c, DECLINES[random.nextInt(DECLINES.length)]));
    return charge.isPresent();
  }

  private boolean succeed() {
    Optional<Charge> charge = any(ledger.charges, c -> !isDecided(c));
    if (charge.isPresent() && random.nextInt(3) == 0) {
      remember(ledger.sell(charge.get()));
    } else {
      charge.ifPresent(ledger::authorize);
    }
    return charge.isPresent();
  }

  /** A provider without ids for captures takes one only, and releases the rest with it. */
  private boolean capture() {
    Optional<Hold> hold = any(ledger.holds, h -> h.alive && h.left() > 0);
    if (hold.isEmpty()) {
      return false;
    }
    boolean all = random.nextInt(3) == 0;
    Transfer capture =
        ledger.capture(hold.get(), all ? hold.get().left() : part(hold.get().left()));
    if (!habits().listsCaptures() || random.nextInt(3) == 0) {
      ledger.finish(capture);
    }
    boolean last = all && random.nextBoolean();
    if (!habits().listsCaptures() || last) {
      ledger.end(hold.get(), last ? AuthorizationEnd.EXHAUSTED : AuthorizationEnd.VOIDED);
    }
    return true;
  }

  private boolean closeTransfer() {
    Optional<Transfer> open = any(ledger.transfers, t -> t.step == MovementStep.OPEN);
    if (open.isPresent() && random.nextInt(3) == 0) {
      ledger.giveUp(open.get());
    } else {
      open.ifPresent(ledger::finish);
      open.ifPresent(this::remember);
    }
    return open.isPresent();
  }

  private boolean undoCapture() {
    if (!habits().listsCaptures() || random.nextInt(3) != 0) {
      return false;
    }
    Optional<Transfer> done =
        any(ledger.transfers, t -> t.isAt(MovementKind.CAPTURE, MovementStep.DONE));
    done.ifPresent(ledger::undo);
    return done.isPresent();
  }

  private boolean changeTerms() {
    Optional<Hold> hold = any(ledger.holds, h -> h.alive);
    hold.ifPresent(h -> ledger.changeTerms(h, h.used + part(h.charge.amount)));
    return hold.isPresent();
  }

  /** Networks allow the new hold to be up to 115 % of what was first authorised. */
  private boolean reauthorize() {
    Optional<Hold> hold = any(ledger.holds, h -> h.alive && h.used == 0);
    hold.ifPresent(h -> ledger.reauthorize(h, part(h.charge.amount * 115 / 100)));
    return hold.isPresent();
  }

  private boolean endHold() {
    Optional<Hold> hold = any(ledger.holds, h -> h.alive);
    boolean voided = random.nextBoolean();
    hold.ifPresent(h -> ledger.end(h, voided ? AuthorizationEnd.VOIDED : AuthorizationEnd.EXPIRED));
    return hold.isPresent();
  }

  private boolean refund() {
    Optional<Transfer> capture = any(ledger.transfers, t -> isCaptured(t) && left(t) > 0);
    if (capture.isEmpty()) {
      return false;
    }
    long left = left(capture.get());
    Transfer refund = ledger.refund(capture.get(), random.nextInt(3) == 0 ? left : part(left));
    if (!habits().listsRefunds() || random.nextBoolean()) {
      ledger.finish(refund);
      remember(refund);
    }
    return true;
  }

  private boolean undoRefund() {
    Predicate<Transfer> isDone = t -> t.isAt(MovementKind.REFUND, MovementStep.DONE);
    Optional<Transfer> refund = any(ledger.transfers, isDone);
    if (!habits().listsRefunds() || refund.isEmpty()) {
      return false;
    }
    ledger.undo(refund.get());
    if (habits().saysOnlyFailed()) {
      revealing.add(doneAt.get(refund.get().id));
    }
    return true;
  }

  private boolean dispute() {
    Optional<Transfer> capture = any(ledger.transfers, PaymentHistory::isCaptured);
    if (capture.isEmpty() || ledger.cases.size() > 1 || random.nextInt(2) == 0) {
      return false;
    }
    boolean inquiry = random.nextInt(3) == 0;
    DisputeStatus status = inquiry ? DisputeStatus.INQUIRY : DisputeStatus.NEEDS_RESPONSE;
    Case opened = ledger.dispute(capture.get(), part(capture.get().amount), status);
    if (!inquiry && random.nextBoolean()) {
      ledger.withdraw(opened);
    }
    return true;
  }

  private boolean moveDispute() {
    Optional<Case> open = any(ledger.cases, c -> !c.decided);
    boolean review = random.nextBoolean();
    DisputeStatus next = review ? DisputeStatus.UNDER_REVIEW : DisputeStatus.NEEDS_RESPONSE;
    open.ifPresent(c -> ledger.move(c, next));
    return open.isPresent();
  }

  private boolean withdraw() {
    Optional<Case> open = any(ledger.cases, c -> !c.decided && c.withdrawal.isEmpty());
    open.ifPresent(ledger::withdraw);
    return open.isPresent();
  }

  /** A case that was decided may be taken up again, and money that was lost may come back. */
  private boolean decide() {
    Optional<Case> found = any(ledger.cases, c -> c.reinstatement.isEmpty());
    if (found.isEmpty()) {
      return false;
    }
    boolean won = random.nextBoolean();
    ledger.move(found.get(), won ? DisputeStatus.WON : DisputeStatus.LOST);
    if (won && found.get().withdrawal.isPresent()) {
      ledger.reinstate(found.get());
    }
    return true;
  }

  private static boolean isCaptured(Transfer transfer) {
    return transfer.isAt(MovementKind.CAPTURE, MovementStep.DONE);
  }

  private static long left(Transfer capture) {
    return capture.amount - capture.takenBack;
  }

  /** Remembers at which moment the transfer is seen to be done: the picture about to be taken. */
  private void remember(Transfer done) {
    doneAt.put(done.id, pictures.size());
  }

  private long part(long whole) {
    return 1 + (long) random.nextInt((int) whole);
  }

  private <T> Optional<T> any(List<T> all, Predicate<T> wanted) {
    List<T> candidates = all.stream().filter(wanted).toList();
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(candidates.get(random.nextInt(candidates.size())));
  }
}
