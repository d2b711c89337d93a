package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment through one gateway, or the storing or removal of a payment method: what we asked for
 * and every fact seen. Its state, totals and mismatches are derived, each once for the same terms,
 * facts and operations. Immutable; two with the same parts are equal.
 */
public final class Payment {
  private final PaymentId id;
  private final long version;
  private final GatewayInstanceId gateway;
  private final Mode mode;
  private final Optional<CheckoutId> checkout;
  private final Optional<CustomerId> customer;
  private final Optional<ChargeTerms> terms;
  private final PaymentFacts facts;
  private final List<Operation> operations;
  private final SortedSet<String> raised;
  private final List<Note> notes;
  private final Instant createdAt;
  private final Optional<Instant> wakeAt;
  private final int quietPolls;

  /** No part of it: what follows from the others. */
  private final transient Derived derived;

  /**
   * From its parts. Copies the collections, those that are sorted in natural order.
   *
   * @param id ours; also our reference at the provider
   * @param version the store's version of this record; 0 before it was first saved
   * @param gateway the gateway instance it goes through
   * @param mode the instance's mode
   * @param checkout the checkout that it pays; empty for a payment that we did not start
   * @param customer whose payment it is, where known
   * @param terms what we asked for; empty for a payment that we did not start
   * @param facts everything seen
   * @param operations our calls, oldest first
   * @param raised the keys of the events that were raised; grows only
   * @param notes what people did to it
   * @param createdAt when we first knew of it
   * @param wakeAt when it wants to be looked at again
   * @param quietPolls how many polls in a row showed nothing new
   */
  public Payment(
      PaymentId id,
      long version,
      GatewayInstanceId gateway,
      Mode mode,
      Optional<CheckoutId> checkout,
      Optional<CustomerId> customer,
      Optional<ChargeTerms> terms,
      PaymentFacts facts,
      List<Operation> operations,
      SortedSet<String> raised,
      List<Note> notes,
      Instant createdAt,
      Optional<Instant> wakeAt,
      int quietPolls) {
    this.id = id;
    this.version = version;
    this.gateway = gateway;
    this.mode = mode;
    this.checkout = checkout;
    this.customer = customer;
    this.terms = terms;
    this.facts = facts;
    this.operations = List.copyOf(operations);
    this.raised = sorted(raised);
    this.notes = List.copyOf(notes);
    this.createdAt = createdAt;
    this.wakeAt = wakeAt;
    this.quietPolls = quietPolls;
    this.derived = new Derived();
  }

  /** Another with some parts of its own; whatever follows from the same is not derived again. */
  private Payment(
      Payment origin,
      long version,
      PaymentFacts facts,
      List<Operation> operations,
      SortedSet<String> raised,
      List<Note> notes,
      Optional<Instant> wakeAt,
      int quietPolls) {
    this.id = origin.id;
    this.version = version;
    this.gateway = origin.gateway;
    this.mode = origin.mode;
    this.checkout = origin.checkout;
    this.customer = origin.customer;
    this.terms = origin.terms;
    this.facts = facts;
    this.operations = operations;
    this.raised = raised;
    this.notes = notes;
    this.createdAt = origin.createdAt;
    this.wakeAt = wakeAt;
    this.quietPolls = quietPolls;
    boolean same = facts == origin.facts && operations == origin.operations;
    this.derived = same ? origin.derived : new Derived();
  }

  private static SortedSet<String> sorted(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Collections.emptySortedSet();
    }
    SortedSet<String> sorted = new TreeSet<>();
    sorted.addAll(keys);
    return Collections.unmodifiableSortedSet(sorted);
  }

  /** One that begins now: nothing was asked for and nothing seen yet. */
  public static Payment begun(
      PaymentId id,
      GatewayInstanceId gateway,
      Mode mode,
      Optional<CheckoutId> checkout,
      CustomerId customer,
      ChargeTerms terms,
      Instant now) {
    return new Payment(
        id,
        0,
        gateway,
        mode,
        checkout,
        Optional.of(customer),
        Optional.of(terms),
        PaymentFacts.none(),
        List.of(),
        new TreeSet<>(),
        List.of(),
        now,
        Optional.empty(),
        0);
  }

  /** Ours; also our reference at the provider. */
  public PaymentId id() {
    return id;
  }

  /** The store's version of this record; 0 before it was first saved. */
  public long version() {
    return version;
  }

  /** The gateway instance it goes through. */
  public GatewayInstanceId gateway() {
    return gateway;
  }

  /** The instance's mode. */
  public Mode mode() {
    return mode;
  }

  /** The checkout that it pays; empty for a payment that we did not start. */
  public Optional<CheckoutId> checkout() {
    return checkout;
  }

  /** Whose payment it is, where known. */
  public Optional<CustomerId> customer() {
    return customer;
  }

  /** What we asked for; empty for a payment that we did not start. */
  public Optional<ChargeTerms> terms() {
    return terms;
  }

  /** Everything seen. */
  public PaymentFacts facts() {
    return facts;
  }

  /** Our calls, oldest first. */
  public List<Operation> operations() {
    return operations;
  }

  /** The keys of the events that were raised; grows only. */
  public SortedSet<String> raised() {
    return raised;
  }

  /** What people did to it. */
  public List<Note> notes() {
    return notes;
  }

  /** When we first knew of it. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it wants to be looked at again. */
  public Optional<Instant> wakeAt() {
    return wakeAt;
  }

  /** How many polls in a row showed nothing new. */
  public int quietPolls() {
    return quietPolls;
  }

  /** What it is about. */
  public Purpose purpose() {
    return operations.isEmpty()
        ? Purpose.PAYMENT
        : switch (operations.get(0).kind()) {
          case SET_UP -> Purpose.SET_UP;
          case REMOVE -> Purpose.REMOVAL;
          case CHARGE, COMPLETE, CAPTURE, VOID, REFUND -> Purpose.PAYMENT;
        };
  }

  /** Where it stands. */
  public PaymentState state() {
    return derived.state(this);
  }

  /** The currency that we asked for, else the one of what was captured or held; empty if none. */
  public Optional<CurrencyUnit> currency() {
    return terms.map(t -> t.amount().getCurrencyUnit()).or(() -> facts.agreedCurrency());
  }

  /**
   * The sums, in the payment's currency; empty when none is known. What the provider did not say of
   * a movement that we asked for is taken to be as we asked.
   */
  public Optional<Totals> totals() {
    return currency().map(this::totals);
  }

  /** The sums in this currency. */
  public Totals totals(CurrencyUnit in) {
    return derived.totals(this, in);
  }

  /**
   * What may still be refunded, in the payment's currency; empty when none is known. Refunds under
   * way and in doubt count as refunded.
   */
  public Optional<Money> refundable() {
    return currency().map(in -> Funds.of(this, in).refundable());
  }

  /**
   * The facts as far as money is concerned, read with our own operations in mind: what the provider
   * does not say of a movement that we asked for is as we asked, and what a person reported gives
   * way to what the provider shows of the same operation.
   */
  public PaymentFacts ledger() {
    return derived.ledger(this);
  }

  /** How what the provider did differs from what we asked for; empty if it does not. */
  public Set<Mismatch> mismatches() {
    return derived.mismatches(this).keySet();
  }

  /** Every conflict in its facts, settled or not, in a stable order. */
  public List<Conflict> conflicts() {
    return derived.conflicts(this);
  }

  /**
   * The conflicts in its facts that no person has settled. Only a person's list knows of that: what
   * follows from the facts is the same before and after.
   */
  public List<OpenConflict> openConflicts() {
    return conflicts().stream().map(OpenConflict::new).filter(this::isOpen).toList();
  }

  /** The mismatches that no person has settled, each with what we asked for and what was seen. */
  public Map<Mismatch, OpenConflict> openMismatches() {
    Map<Mismatch, OpenConflict> open = new EnumMap<>(Mismatch.class);
    derived
        .mismatches(this)
        .forEach((mismatch, seen) -> open.put(mismatch, new OpenConflict(seen)));
    open.values().removeIf(conflict -> !isOpen(conflict));
    return open;
  }

  private boolean isOpen(OpenConflict conflict) {
    return notes.isEmpty()
        || notes.stream().flatMap(note -> note.settles().stream()).noneMatch(conflict.id()::equals);
  }

  /** Why a person may want to look at it; empty if nobody needs to. */
  public Set<Concern> concerns() {
    return Concern.of(this);
  }

  /**
   * The amount that it is known by: what we asked for, else what was taken, else what is held.
   * Empty for a payment that we did not start and of which no money is known, and for what is about
   * no money.
   */
  public Optional<Money> nominal() {
    return terms
        .filter(asked -> purpose() == Purpose.PAYMENT)
        .map(ChargeTerms::amount)
        .or(() -> totals().map(Totals::captured).filter(Money::isPositive))
        .or(() -> totals().map(Totals::authorized).filter(Money::isPositive));
  }

  /** Whether the money that we asked for was taken, beyond doubt; stays true if it goes back. */
  public boolean isPaid() {
    return derived.isPaid(this);
  }

  /** Whether only a part was taken so far, and the rest may come of a hold that lives. */
  public boolean awaitsRest() {
    return Paid.awaitsRest(this);
  }

  /** What one operation came to. */
  public OperationStatus status(Operation operation) {
    return effects().status(operation);
  }

  /** What came of the operations. */
  public Effects effects() {
    return derived.effects(this);
  }

  /** The operation with this idempotency key. */
  public Optional<Operation> operation(String key) {
    for (Operation operation : operations) {
      if (operation.key().equals(key)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  /** The operations of which only a person can say what became, and nobody has yet. */
  public List<Operation> leftToPerson() {
    return operations.stream().filter(Operation::leftToPerson).filter(this::isOpen).toList();
  }

  /**
   * Whether nobody knows yet what became of an operation. A charge that the provider calls done is
   * open as long as nobody knows that it is paid.
   */
  public boolean isOpen(Operation operation) {
    return switch (status(operation)) {
      case IN_DOUBT, UNDER_WAY -> true;
      case SUCCEEDED ->
          operation.kind() == OperationKind.CHARGE
              && (state() == PaymentState.PENDING || state() == PaymentState.CAPTURED && !isPaid());
      case NO_EFFECT, FAILED -> false;
    };
  }

  /**
   * What the provider did not say of money that it took, without which the payment does not count
   * as paid: {@code reference}, {@code mode} or both. Empty for a payment that we did not start, or
   * of which no money was taken.
   */
  public Set<String> unproven() {
    return Paid.lacking(this);
  }

  /** The operations that the caller's command led to. */
  public List<Operation> operationsOf(OperationKind kind, String command) {
    return operations.stream()
        .filter(o -> o.kind() == kind && o.command().equals(command))
        .toList();
  }

  /** What the customer must do now: as fetched last, else as the last response asked. */
  public Optional<CustomerAction> action() {
    if (state() != PaymentState.ACTION_REQUIRED) {
      return Optional.empty();
    }
    Optional<CustomerAction> fetched =
        facts.attempts().values().stream()
            .filter(Attempt::isCurrent)
            .filter(attempt -> attempt.step().isAt(AttemptStep.ACTION_NEEDED))
            .flatMap(attempt -> attempt.action().value().stream())
            .findFirst();
    return fetched.or(this::askedLast);
  }

  /** Why the last failed attempt failed, or else why the charge was never made. */
  public Optional<Decline> decline() {
    return facts.attempts().values().stream()
        .flatMap(attempt -> attempt.failure().stream())
        .reduce((earlier, later) -> later)
        .or(
            () ->
                operations.stream()
                    .flatMap(operation -> whyNotCharged(operation).stream())
                    .reduce((earlier, later) -> later));
  }

  /**
   * Why a charge was never made, or not brought to an end after the customer's approval: the call
   * provably had no effect, and is not sent again. The raw code and words are those of its failure.
   * Empty for every other operation.
   */
  public Optional<Decline> whyNotCharged(Operation operation) {
    boolean neverMade =
        (operation.kind() == OperationKind.CHARGE
                || operation.kind() == OperationKind.SET_UP
                || operation.kind() == OperationKind.COMPLETE)
            && operation.closed()
            && status(operation) == OperationStatus.NO_EFFECT;
    if (!neverMade) {
      return Optional.empty();
    }
    String code = operation.failure().map(Failure::code).orElse("");
    String words = operation.failure().map(Failure::message).orElse("");
    return Optional.of(new Decline(DeclineCode.PROCESSING_ERROR, DeclineAdvice.NONE, code, words));
  }

  /**
   * What the last call that did not do what was asked reported: which kind of trouble, a code, and
   * words for people. Empty when no call is in trouble.
   */
  public Optional<Failure> failure() {
    Effects effects = effects();
    return operations.stream()
        .filter(operation -> effects.status(operation) != OperationStatus.SUCCEEDED)
        .flatMap(operation -> operation.failure().stream())
        .reduce((earlier, later) -> later);
  }

  private Optional<CustomerAction> askedLast() {
    return operations.stream()
        .flatMap(operation -> operation.action().stream())
        .reduce((earlier, later) -> later);
  }

  /** This, with more facts. What a provider shows, nobody needs to have reported. */
  public Payment observing(PaymentFacts seen) {
    List<Operation> list = operations;
    for (Operation operation : operations) {
      if (operation.reportedAs().filter(id -> shows(seen, id)).isPresent()) {
        list = replaced(list, operation.withoutReport());
      }
    }
    return with(facts.join(seen), list);
  }

  /**
   * This, with what a person found out about an operation.
   *
   * @param effect the provider's id of what the operation did; empty if it did nothing
   * @param found the finding, as facts
   */
  public Payment reporting(Operation operation, Optional<String> effect, PaymentFacts found) {
    Operation told = operation.reported(effect.filter(id -> !shows(facts, id)));
    Payment known = with(told);
    return known.with(facts.join(found), known.operations);
  }

  private static boolean shows(PaymentFacts seen, String id) {
    return seen.movements().containsKey(id) || seen.authorizations().containsKey(id);
  }

  /** This, with a new operation whose first send is committed with it. */
  public Payment beginning(Intent intent, Instant now) {
    long number = operations.stream().filter(o -> o.kind() == intent.kind()).count() + 1;
    String key = id.value() + "." + intent.kind().name().toLowerCase(Locale.ROOT) + "." + number;
    Operation operation = Operation.first(key, intent, now);
    return with(operation).observing(PaymentFacts.ofSend(operation.sendKey(1), SendStep.SAVED));
  }

  /** This, with an operation added, or replaced by its key. */
  public Payment with(Operation changed) {
    return with(facts, replaced(operations, changed));
  }

  private static List<Operation> replaced(List<Operation> all, Operation changed) {
    List<Operation> list = new ArrayList<>(all);
    int index = 0;
    while (index < list.size() && !list.get(index).key().equals(changed.key())) {
      index++;
    }
    if (index == list.size()) {
      list.add(changed);
    } else {
      list.set(index, changed);
    }
    return List.copyOf(list);
  }

  private Payment with(PaymentFacts newFacts, List<Operation> newOperations) {
    return new Payment(this, version, newFacts, newOperations, raised, notes, wakeAt, quietPolls);
  }

  /** This, with more events raised. */
  public Payment raising(Set<String> keys) {
    List<String> all = new ArrayList<>(raised);
    all.addAll(keys);
    return new Payment(this, version, facts, operations, sorted(all), notes, wakeAt, quietPolls);
  }

  /** This, to be looked at again at that time, or not at all. */
  public Payment wakingAt(Optional<Instant> time) {
    return time.equals(wakeAt)
        ? this
        : new Payment(this, version, facts, operations, raised, notes, time, quietPolls);
  }

  /** This, after so many polls in a row that showed nothing new. */
  public Payment afterQuietPolls(int polls) {
    return polls == quietPolls
        ? this
        : new Payment(this, version, facts, operations, raised, notes, wakeAt, polls);
  }

  /** This, with what a person did. */
  public Payment noting(Note note) {
    List<Note> all = new ArrayList<>(notes);
    all.add(note);
    return new Payment(
        this, version, facts, operations, raised, List.copyOf(all), wakeAt, quietPolls);
  }

  /** This, as the store holds it after a commit. */
  public Payment atVersion(long stored) {
    return new Payment(this, stored, facts, operations, raised, notes, wakeAt, quietPolls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || other instanceof Payment that && hasPartsOf(that);
  }

  private boolean hasPartsOf(Payment that) {
    return id.equals(that.id)
        && version == that.version
        && quietPolls == that.quietPolls
        && mode == that.mode
        && gateway.equals(that.gateway)
        && wakeAt.equals(that.wakeAt)
        && createdAt.equals(that.createdAt)
        && raised.equals(that.raised)
        && operations.equals(that.operations)
        && facts.equals(that.facts)
        && terms.equals(that.terms)
        && checkout.equals(that.checkout)
        && customer.equals(that.customer)
        && notes.equals(that.notes);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "Payment[id=%s, version=%d, gateway=%s, mode=%s, checkout=%s, customer=%s, terms=%s, facts=%s, operations=%s, raised=%s, notes=%s, createdAt=%s, wakeAt=%s, quietPolls=%d]"
        .formatted(
            id,
            version,
            gateway,
            mode,
            checkout,
            customer,
            terms,
            facts,
            operations,
            raised,
            notes,
            createdAt,
            wakeAt,
            quietPolls);
  }
}
