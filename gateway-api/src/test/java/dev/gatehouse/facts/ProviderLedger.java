package dev.gatehouse.facts;

import dev.gatehouse.facts.LedgerEntry.Case;
import dev.gatehouse.facts.LedgerEntry.Charge;
import dev.gatehouse.facts.LedgerEntry.Hold;
import dev.gatehouse.facts.LedgerEntry.Transfer;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The books of a provider about one payment: what really happened, and what the provider shows of
 * it now. It never joins anything: it knows, and overwrites what it shows.
 */
final class ProviderLedger {
  private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");

  private static final MethodDetails CARD =
      MethodDetails.none().brand("visa").lastDigits("4242").expiring(YearMonth.of(2030, 4));

  final ProviderHabits habits;
  final List<Charge> charges = new ArrayList<>();
  final List<Hold> holds = new ArrayList<>();
  final List<Transfer> transfers = new ArrayList<>();
  final List<Case> cases = new ArrayList<>();
  final SortedSet<Happened> happened = new TreeSet<>();
  final LedgerBalances balances = new LedgerBalances();

  private final CurrencyUnit currency;
  private Instant now = OPENED;
  private final SortedMap<String, Attempt> shownAttempts = new TreeMap<>();
  private final SortedMap<String, Authorization> shownHolds = new TreeMap<>();
  private final SortedMap<String, Movement> shownTransfers = new TreeMap<>();
  private final SortedMap<String, Dispute> shownCases = new TreeMap<>();
  private final SortedMap<TotalKey, Counter> shownTotals = new TreeMap<>();
  private final SortedMap<String, Chain<SendStep>> ourSends = new TreeMap<>();
  private final SortedMap<String, Credential> shownMethods = new TreeMap<>();

  ProviderLedger(ProviderHabits habits) {
    this.habits = habits;
    this.currency = habits.currency();
  }

  /** Everything that the provider shows now, and what we know of our sends; nothing is stamped. */
  PaymentFacts shown() {
    return new PaymentFacts(
        Flat.of("order-1"),
        Flat.of("acct_1"),
        Flat.of(Mode.TEST),
        Flat.of(currency),
        new TreeSet<>(List.of(new ProviderId("intent", "pi_1"), new ProviderId("order", "or_1"))),
        shownAttempts,
        shownHolds,
        shownTransfers,
        shownCases,
        shownTotals,
        ourSends,
        shownMethods);
  }

  /** Lets a minute pass, so that no two happenings have one update time. */
  void tick() {
    now = now.plusSeconds(60);
  }

  // Charges

  Charge startCharge(long amount) {
    Charge charge = new Charge("ch_" + (charges.size() + 1), amount);
    charges.add(charge);
    ourSends.put("charge:" + charge.id + "#1", Chain.at(SendStep.SAVED));
    showCharge(charge, Attempt.at(charge.step).with(money(amount)).causedBy("charge:" + charge.id));
    return charge;
  }

  void askCustomer(Charge charge, String page) {
    charge.step = AttemptStep.ACTION_NEEDED;
    URI url = URI.create("https://bank.example/" + charge.id + "/" + page);
    showCharge(charge, shown(charge).with(CustomerAction.Redirect.to(url)));
  }

  void move(Charge charge, AttemptStep step) {
    charge.step = step;
    ourSends.put("charge:" + charge.id + "#1", Chain.at(SendStep.SENT));
    showCharge(charge, shown(charge));
  }

  void decline(Charge charge, DeclineCode code) {
    charge.step = AttemptStep.FAILED;
    ourSends.put("charge:" + charge.id + "#1", Chain.at(SendStep.HAD_EFFECT));
    happened.add(new Happened(Happened.What.ATTEMPT_FAILED, charge.id));
    showCharge(charge, shown(charge).with(Decline.of(code)));
  }

  private void succeed(Charge charge) {
    charge.step = AttemptStep.SUCCEEDED;
    ourSends.put("charge:" + charge.id + "#1", Chain.at(SendStep.HAD_EFFECT));
    happened.add(new Happened(Happened.What.ATTEMPT_SUCCEEDED, charge.id));
    showCharge(charge, shown(charge).storing("pm_" + charge.id));
    shownMethods.put("pm_" + charge.id, Credential.stored().with(CARD).ownedBy("cus_1"));
    showTotals(charge);
  }

  Transfer sell(Charge charge) {
    succeed(charge);
    Transfer sale = transfer(MovementKind.CAPTURE, charge, charge.amount);
    Transfer capture = open(sale, "");
    finish(capture);
    return capture;
  }

  Hold authorize(Charge charge) {
    succeed(charge);
    return give(charge, charge.amount);
  }

  // Holds

  private Hold give(Charge charge, long amount) {
    Hold hold = new Hold("au_" + (holds.size() + 1), charge, amount);
    holds.add(hold);
    balances.hold(amount);
    happened.add(new Happened(Happened.What.AUTHORIZATION_GIVEN, hold.id));
    Authorization shown = Authorization.of(money(amount)).causedBy("charge:" + charge.id);
    shownHolds.put(hold.id, shown.with(register(terms(hold))));
    return hold;
  }

  /** Raises or lowers what may be captured, never below what was. */
  void changeTerms(Hold hold, long capturable) {
    balances.hold(capturable - hold.capturable);
    hold.capturable = capturable;
    shownHolds.computeIfPresent(hold.id, (id, shown) -> shown.with(register(terms(hold))));
  }

  void end(Hold hold, AuthorizationEnd how) {
    close(hold);
    show(hold, how);
    // What releases a renewed hold releases those before with it.
    holds.stream()
        .filter(before -> how == AuthorizationEnd.VOIDED && leadsTo(before, hold))
        .forEach(before -> show(before, how));
  }

  private void show(Hold hold, AuthorizationEnd how) {
    hold.end = Optional.of(how);
    shownHolds.computeIfPresent(hold.id, (id, shown) -> shown.ended(how));
  }

  private static boolean leadsTo(Hold before, Hold hold) {
    return before.next.filter(next -> next == hold || leadsTo(next, hold)).isPresent();
  }

  /** Another hold, at an id of its own, takes the place of this one. */
  Hold reauthorize(Hold hold, long amount) {
    close(hold);
    Hold next = give(hold.charge, amount);
    hold.next = Optional.of(next);
    shownHolds.computeIfPresent(hold.id, (id, shown) -> shown.supersededBy(next.id));
    return next;
  }

  private void close(Hold hold) {
    hold.alive = false;
    balances.release(hold.left());
    happened.add(new Happened(Happened.What.AUTHORIZATION_ENDED, hold.id));
  }

  private void use(Hold hold, long amount) {
    hold.used += amount;
    if (hold.alive) {
      balances.release(amount);
    }
  }

  // Transfers

  Transfer capture(Hold hold, long amount) {
    use(hold, amount);
    Optional<Hold> held = Optional.of(hold);
    Transfer capture =
        new Transfer(
            nextTransfer(), MovementKind.CAPTURE, hold.charge, held, Optional.empty(), amount);
    return open(capture, hold.id);
  }

  Transfer refund(Transfer capture, long amount) {
    capture.takenBack += amount;
    Optional<Transfer> refunded = Optional.of(capture);
    Transfer refund =
        new Transfer(
            nextTransfer(),
            MovementKind.REFUND,
            capture.charge,
            Optional.empty(),
            refunded,
            amount);
    return open(refund, habits.listsCaptures() ? capture.id : "");
  }

  private Transfer open(Transfer transfer, String parent) {
    transfers.add(transfer);
    balances.opened(transfer.kind, transfer.amount);
    if (isListed(transfer.kind)) {
      shownTransfers.put(transfer.id, firstShown(transfer, parent));
    }
    return transfer;
  }

  private Transfer transfer(MovementKind kind, Charge charge, long amount) {
    Optional<Hold> noHold = Optional.empty();
    return new Transfer(nextTransfer(), kind, charge, noHold, Optional.empty(), amount);
  }

  private int nextTransfer() {
    return transfers.size() + 1;
  }

  private Movement firstShown(Transfer transfer, String parent) {
    Movement shown = Movement.of(transfer.kind, MovementStep.OPEN).with(money(transfer.amount));
    boolean namesCharge = habits.namesCharges() || transfers.size() % 2 == 0;
    shown = namesCharge ? shown.ofCharge(transfer.charge.id) : shown;
    return parent.isEmpty() ? shown : shown.outOf(parent).causedBy("op:" + transfer.id);
  }

  void finish(Transfer transfer) {
    transfer.step = MovementStep.DONE;
    balances.closed(transfer.kind, transfer.amount);
    balances.done(transfer.kind, transfer.amount);
    if (transfer.kind == MovementKind.CAPTURE) {
      transfer.charge.grossCaptured += transfer.amount;
    } else if (transfer.kind == MovementKind.REFUND) {
      transfer.charge.grossRefunded += transfer.amount;
    }
    showTotals(transfer.charge);
    show(transfer, MovementStep.DONE);
    if (habits.settlesElsewhere()) {
      Money settled = Money.ofMinor(CurrencyUnit.GBP, transfer.amount * 4 / 5);
      shownTransfers.computeIfPresent(transfer.id, (id, shown) -> shown.settledAs(settled));
    }
    note(transfer, transfer.whenDone());
  }

  void giveUp(Transfer transfer) {
    transfer.step = MovementStep.NEVER;
    balances.closed(transfer.kind, transfer.amount);
    giveBack(transfer);
    show(transfer, MovementStep.NEVER);
    note(transfer, transfer.whenFailed());
  }

  void undo(Transfer transfer) {
    transfer.step = MovementStep.UNDONE;
    balances.undone(transfer.kind, transfer.amount);
    giveBack(transfer);
    boolean vague = habits.saysOnlyFailed() && transfer.kind == MovementKind.REFUND;
    show(transfer, vague ? MovementStep.NEVER : MovementStep.UNDONE);
    note(transfer, transfer.whenFailed());
    note(transfer, transfer.whenUndone());
  }

  private void giveBack(Transfer transfer) {
    transfer.hold.ifPresent(hold -> use(hold, -transfer.amount));
    transfer.refunded.ifPresent(capture -> capture.takenBack -= transfer.amount);
  }

  // Disputes

  Case dispute(Transfer capture, long amount, DisputeStatus status) {
    Case opened = new Case("dp_" + (cases.size() + 1), capture, amount);
    cases.add(opened);
    happened.add(new Happened(Happened.What.DISPUTE_OPENED, opened.id));
    Dispute shown = Dispute.of(money(amount), capture.charge.id).because("fraudulent");
    shownCases.put(opened.id, shown.with(register(status)));
    return opened;
  }

  void move(Case dispute, DisputeStatus status) {
    dispute.decided = status == DisputeStatus.WON || status == DisputeStatus.LOST;
    shownCases.computeIfPresent(dispute.id, (id, shown) -> shown.with(register(status)));
  }

  void withdraw(Case dispute) {
    dispute.withdrawal = Optional.of(settle(dispute, MovementKind.DISPUTE_WITHDRAWAL));
  }

  void reinstate(Case dispute) {
    dispute.reinstatement = Optional.of(settle(dispute, MovementKind.DISPUTE_REINSTATEMENT));
  }

  private Transfer settle(Case dispute, MovementKind kind) {
    Transfer transfer = open(transfer(kind, dispute.capture.charge, dispute.amount), dispute.id);
    finish(transfer);
    return transfer;
  }

  // What is shown

  private void showCharge(Charge charge, Attempt shown) {
    Attempt moved =
        new Attempt(
            Chain.at(charge.step),
            shown.amount(),
            shown.decline(),
            shown.operation(),
            shown.storedMethod(),
            shown.action(),
            shown.supersededBy());
    shownAttempts.put(charge.id, moved);
  }

  private Attempt shown(Charge charge) {
    return shownAttempts.get(charge.id);
  }

  private void show(Transfer transfer, MovementStep step) {
    shownTransfers.computeIfPresent(transfer.id, (id, shown) -> at(step, shown));
  }

  static Movement at(MovementStep step, Movement shown) {
    return new Movement(
        shown.kind(),
        Chain.at(step),
        shown.amount(),
        shown.charge(),
        shown.parent(),
        shown.operation(),
        shown.settled());
  }

  private void showTotals(Charge charge) {
    if (habits.totalsCaptures()) {
      shownTotals.put(key(MovementKind.CAPTURE, charge), new Counter(charge.grossCaptured));
    }
    if (habits.totalsRefunds()) {
      shownTotals.put(key(MovementKind.REFUND, charge), new Counter(charge.grossRefunded));
    }
  }

  private TotalKey key(MovementKind kind, Charge charge) {
    return new TotalKey(kind, charge.id, currency);
  }

  private Authorization.Terms terms(Hold hold) {
    Instant expires = now.plusSeconds(86_400);
    return new Authorization.Terms(money(hold.capturable), Optional.of(expires));
  }

  private <T> Register<T> register(T value) {
    return habits.datesRegisters() ? Register.updatedAt(now, value) : Register.unstamped(value);
  }

  private Money money(long minor) {
    return Money.ofMinor(currency, minor);
  }

  // What happened

  private boolean isListed(MovementKind kind) {
    return switch (kind) {
      case CAPTURE -> habits.listsCaptures();
      case REFUND -> habits.listsRefunds();
      case DISPUTE_WITHDRAWAL, DISPUTE_REINSTATEMENT -> true;
    };
  }

  private void note(Transfer transfer, Optional<Happened.What> what) {
    if (isListed(transfer.kind)) {
      what.ifPresent(happening -> happened.add(new Happened(happening, transfer.id)));
    }
  }
}
