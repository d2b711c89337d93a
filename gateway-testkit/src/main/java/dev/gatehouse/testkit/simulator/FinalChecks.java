package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.validation.IdempotencyKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What must hold when everything has come to rest. */
final class FinalChecks {
  private final World world;
  private final Ledger ledger;
  private final Set<String> excessSeen = new HashSet<>();
  private final Set<String> completed = new HashSet<>();

  FinalChecks(World world) {
    this.world = world;
    this.ledger = world.ledger();
  }

  void run() {
    for (LifecycleEvent event : world.store.events()) {
      if (event instanceof Overpaid over) {
        excessSeen.add(over.payment().value());
      } else if (event instanceof LateMoney late) {
        excessSeen.add(late.payment().value());
      } else if (event.type().equals("CheckoutCompleted")) {
        completed.add(event.header().id().substring(0, event.header().id().indexOf('/')));
      }
    }
    for (Payment payment : world.store.payments()) {
      payment.operations().forEach(operation -> resolved(payment, operation));
      viewIsTrue(payment);
      world.checks.noSecrets("payment " + payment.id(), payment);
    }
    everyChargeIsKnown();
    for (Checkout checkout : world.store.checkouts()) {
      paidOnce(checkout);
      completedIffPaid(checkout);
      world.checks.noSecrets("checkout " + checkout.id(), checkout);
    }
    hooksHeardAll();
  }

  private void resolved(Payment payment, Operation operation) {
    OperationStatus status = payment.status(operation);
    // A provider may show for ever that it waits for us, though we gave up going on.
    boolean failed =
        operation.kind() == OperationKind.CHARGE
            && payment.state() == PaymentState.FAILED
            && payment.operations().stream()
                .anyMatch(o -> o.kind() == OperationKind.COMPLETE && o.closed());
    boolean decided =
        status.isOver() || failed || status == OperationStatus.NO_EFFECT && operation.closed();
    if (!decided && !operation.leftToPerson()) {
      throw new ViolationFound(
          Invariant.RESOLVED, operation.key(), "is " + status + " for good, and nobody was told");
    }
    if (operation.kind() == OperationKind.REMOVE) {
      removalIsTrue(operation, status);
      return;
    }
    int effects = ledger.effectsOf(operation.key());
    boolean lie =
        effects > 0 && status == OperationStatus.NO_EFFECT
            || effects == 0 && status == OperationStatus.SUCCEEDED && !mayBeOthers(operation);
    if (lie) {
      throw new ViolationFound(
          Invariant.VIEW_IS_TRUE, operation.key(), "is " + status + ", and had " + effects);
    }
  }

  /** Books do not say who removed a method: one that is gone may be so by another request. */
  private void removalIsTrue(Operation removal, OperationStatus status) {
    boolean there =
        ledger.method(removal.target()).filter(method -> !method.isRemoved()).isPresent();
    if (there && status == OperationStatus.SUCCEEDED) {
      throw new ViolationFound(
          Invariant.VIEW_IS_TRUE, removal.key(), "is SUCCEEDED, and the method is still stored");
    }
  }

  /** What was wanted may have come about without this operation: another did it, or the console. */
  private static boolean mayBeOthers(Operation operation) {
    return operation.kind() == OperationKind.VOID || operation.kind() == OperationKind.COMPLETE;
  }

  private void viewIsTrue(Payment payment) {
    if (payment.purpose() != Purpose.PAYMENT) {
      return;
    }
    List<Ledger.Charge> charges = Checks.charges(payment, ledger).toList();
    if (charges.size() > 1) {
      throw new ViolationFound(
          Invariant.ONE_EFFECT, payment.id().value(), "has " + charges.size() + " charges");
    }
    Set<CurrencyUnit> currencies = new TreeSet<>();
    payment.currency().ifPresent(currencies::add);
    charges.forEach(charge -> currencies.add(charge.amount().getCurrencyUnit()));
    for (CurrencyUnit currency : currencies) {
      Totals seen = payment.totals(currency);
      var captured = Checks.sum(currency, charges.stream().map(Ledger.Charge::captured));
      var refunded = Checks.sum(currency, charges.stream().map(Ledger.Charge::refunded));
      var disputed = Checks.sum(currency, charges.stream().map(Ledger.Charge::disputed));
      same(payment, "captured", seen.captured(), captured);
      same(payment, "refunded", seen.refunded(), refunded);
      same(payment, "disputed", seen.disputed(), disputed);
    }
    PaymentState truth = charges.isEmpty() ? PaymentState.FAILED : Truth.of(charges.get(0));
    if (currencies.size() == 1 && truth != payment.state()) {
      same(payment, "state", payment.state(), truth);
    }
  }

  private static void same(Payment payment, String what, Object seen, Object truth) {
    if (!seen.equals(truth)) {
      throw new ViolationFound(
          Invariant.VIEW_IS_TRUE,
          payment.id().value(),
          what + ": we say " + seen + ", the provider's ledger says " + truth);
    }
  }

  private void everyChargeIsKnown() {
    Set<String> known = new HashSet<>();
    world.store.payments().forEach(p -> known.addAll(p.facts().attempts().keySet()));
    for (Ledger.Charge charge : ledger.charges()) {
      if (!known.contains(charge.id())) {
        throw new ViolationFound(
            Invariant.VIEW_IS_TRUE,
            charge.reference().orElse(charge.id()),
            "charge " + charge.id() + " was never seen");
      }
    }
  }

  private void paidOnce(Checkout checkout) {
    for (PaymentId id : checkout.payments()) {
      Payment payment = tried(checkout, id);
      for (Ledger.Charge charge : ledger.chargesOf(id.value())) {
        Money excess = charge.captured().minus(due(checkout, id, charge));
        if (checkout.state().isTerminal() && excess.isPositive()) {
          handled(payment, charge, excess);
        }
      }
    }
  }

  private Payment tried(Checkout checkout, PaymentId id) {
    return world
        .store
        .payment(id)
        .orElseThrow(
            () ->
                new ViolationFound(
                    Invariant.VIEW_IS_TRUE, checkout.id().value(), "lost its payment " + id));
  }

  private static Money due(Checkout checkout, PaymentId id, Ledger.Charge charge) {
    CurrencyUnit currency = charge.amount().getCurrencyUnit();
    boolean pays =
        checkout.paidBy().filter(id::equals).isPresent()
            && checkout.total().getCurrencyUnit().equals(currency);
    return pays ? checkout.total() : Money.zero(currency);
  }

  private void handled(Payment payment, Ledger.Charge charge, Money excess) {
    String id = payment.id().value();
    boolean inPersonsHands =
        !payment.mismatches().isEmpty()
            || payment.operations().stream().anyMatch(Operation::leftToPerson);
    boolean gone = !charge.captured().minus(charge.kept()).isLessThan(excess);
    // What the shop itself gave back in time was never too much.
    boolean neverThere = gone && payment.operations().stream().noneMatch(FinalChecks::isForExcess);
    if (!excessSeen.contains(id) && !inPersonsHands && !neverThere) {
      throw new ViolationFound(Invariant.PAID_ONCE, id, excess + " too much, and not seen");
    }
    if (!gone && !inPersonsHands) {
      throw new ViolationFound(Invariant.PAID_ONCE, id, excess + " too much, and kept");
    }
  }

  private static boolean isForExcess(Operation operation) {
    return operation.command().startsWith(IdempotencyKey.RESERVED + "excess:");
  }

  private void completedIffPaid(Checkout checkout) {
    String id = checkout.id().value();
    boolean done = checkout.state() == CheckoutState.COMPLETED;
    boolean paid =
        checkout.total().isZero()
            || checkout.payments().stream()
                .flatMap(p -> ledger.chargesOf(p.value()).stream())
                .anyMatch(c -> c.captured().isPositive());
    boolean paidInFull =
        checkout.payments().stream()
            .flatMap(p -> ledger.chargesOf(p.value()).stream())
            .filter(charge -> charge.amount().equals(checkout.total()))
            .filter(FinalChecks::isWhole)
            .anyMatch(charge -> charge.captured().equals(checkout.total()));
    if (done != completed.contains(id) || done && !paid) {
      throw new ViolationFound(
          Invariant.COMPLETED_IFF_PAID, id, "is " + checkout.state() + ", and paid: " + paid);
    }
    if (!checkout.state().isTerminal() && (paidInFull || !waitsForPerson(checkout))) {
      throw new ViolationFound(
          Invariant.COMPLETED_IFF_PAID, id, "is " + checkout.state() + " for good");
    }
    checkout.membership().flatMap(world.store::membership).ifPresent(m -> follows(checkout, m));
  }

  /** Money that arrives in parts may have gone back in parts before all of it was there. */
  private static boolean isWhole(Ledger.Charge charge) {
    return charge.authorization().isPresent() || charge.captures().size() == 1;
  }

  private boolean waitsForPerson(Checkout checkout) {
    return checkout.payments().stream()
        .map(p -> tried(checkout, p))
        .anyMatch(
            p ->
                !p.mismatches().isEmpty()
                    || p.operations().stream().anyMatch(Operation::leftToPerson));
  }

  private void follows(Checkout checkout, Membership membership) {
    boolean active = membership.state() == MembershipState.ACTIVE;
    boolean ended = membership.cancelReason().isPresent() || isErased(membership.customer());
    boolean fits =
        switch (checkout.state()) {
          case COMPLETED -> active || ended;
          case EXPIRED, CANCELLED -> membership.state() == MembershipState.CANCELLED;
          default -> membership.state() == MembershipState.PENDING;
        };
    if (!fits) {
      throw new ViolationFound(
          Invariant.COMPLETED_IFF_PAID,
          membership.id().value(),
          "is " + membership.state() + " with a checkout that is " + checkout.state());
    }
  }

  /** Then nobody can say any more that the member ended it. */
  private boolean isErased(CustomerId id) {
    return world.store.customer(id).filter(Customer::isErased).isPresent();
  }

  private void hooksHeardAll() {
    Set<String> subjects = new TreeSet<>();
    world.store.events().forEach(event -> subjects.add(event.header().subject()));
    for (Audience audience : world.audiences) {
      for (String subject : subjects) {
        List<String> wanted = world.checks.timeline(audience, subject);
        if (!wanted.equals(audience.firsts(subject))) {
          throw new ViolationFound(
              Invariant.HOOKS_HEAR_ALL,
              subject,
              "hook " + audience.id() + " heard " + audience.firsts(subject) + " of " + wanted);
        }
      }
    }
  }
}
