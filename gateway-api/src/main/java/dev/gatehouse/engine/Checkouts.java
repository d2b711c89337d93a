package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.membership.MembershipTrigger;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;

/** Checkouts and memberships, up to the point where money comes in. Thread-safe. */
final class Checkouts {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MAX_ROUNDS = 50;

  /** How what is known of a checkout is changed, and what follows is done. */
  interface Changes {
    void change(CheckoutId id, Committer.Change change);

    void create(Case fresh, Optional<Customer> attributed);
  }

  private final Store store;
  private final Committer committer;
  private final Changes changes;
  private final EnginePolicy policy;
  private final Clock clock;
  private final IdSource ids;

  Checkouts(
      Store store,
      Committer committer,
      Changes changes,
      EnginePolicy policy,
      Clock clock,
      IdSource ids) {
    this.store = store;
    this.committer = committer;
    this.changes = changes;
    this.policy = policy;
    this.clock = clock;
    this.ids = ids;
  }

  CheckoutView start(StartCheckout command) {
    List<Line> lines = Pricing.linesOf(command);
    for (int round = 1; ; round++) {
      Customer customer =
          store
              .customer(command.customer())
              .orElseThrow(() -> Committer.notFound("customer", command.customer().value()));
      Optional<Checkout> known = store.checkoutByCommand(customer.id(), command.key());
      if (known.isPresent()) {
        return sameCheckout(known.get(), command, lines);
      }
      CheckoutId id = new CheckoutId("chk_" + ids.next());
      try {
        changes.create(fresh(command, lines, id), attributed(customer, command, id));
        return view(id);
      } catch (StaleVersionException e) {
        // Somebody was quicker: with this command, or with something of the customer's.
        boolean isKnown = store.checkoutByCommand(customer.id(), command.key()).isPresent();
        if (round == MAX_ROUNDS || !isKnown && command.attribution().isEmpty()) {
          throw e;
        }
      }
    }
  }

  private Case fresh(StartCheckout command, List<Line> lines, CheckoutId id) {
    Instant now = clock.instant();
    Optional<Membership> membership =
        command.plan().map(plan -> membership(command, plan, id, now));
    Checkout checkout =
        new Checkout(
            id,
            0,
            command.key(),
            command.customer(),
            command.plan(),
            lines,
            Pricing.total(lines),
            membership.map(Membership::id),
            CheckoutState.OPEN,
            List.of(),
            Optional.empty(),
            new TreeSet<>(),
            now,
            now.plus(lifetime(command)),
            Optional.empty());
    return new Case(Optional.of(checkout), List.of(), membership);
  }

  /** The visit is the customer's; of one who was erased nothing is kept. */
  private static Optional<Customer> attributed(
      Customer customer, StartCheckout command, CheckoutId id) {
    return command
        .attribution()
        .filter(visit -> !customer.isErased())
        .map(visit -> customer.with(new Attributed(id, visit)));
  }

  /** Completes a checkout that costs nothing. */
  CheckoutView completeFree(CheckoutId id) {
    changes.change(
        id,
        known -> {
          Checkout checkout = known.checkout().orElseThrow();
          if (!checkout.total().isZero()) {
            throw new InvalidStateException(
                new Problem(
                    "checkout", "checkout.not-free", "is not free", "pay it through a gateway"));
          }
          if (checkout.state() == CheckoutState.COMPLETED) {
            return known;
          }
          Decider.demand(checkout, CheckoutTrigger.PAY_NOTHING, clock.instant());
          return known.with(checkout.in(CheckoutState.COMPLETED));
        });
    return view(id);
  }

  CheckoutView cancel(CheckoutId id) {
    changes.change(
        id,
        known -> {
          Checkout checkout = known.checkout().orElseThrow();
          Decider.CHECKOUT.demand(checkout.state(), CheckoutTrigger.CANCEL);
          demandNothingKept(checkout, known.payments());
          return known.with(
              checkout.in(Decider.CHECKOUT.after(checkout.state(), CheckoutTrigger.CANCEL)));
        });
    return view(id);
  }

  /** Money that was taken on purpose is given back on purpose, not by calling the checkout off. */
  private static void demandNothingKept(Checkout checkout, List<Payment> payments) {
    CurrencyUnit currency = checkout.total().getCurrencyUnit();
    boolean kept =
        !checkout.state().isTerminal()
            && payments.stream().anyMatch(p -> p.totals(currency).kept().isPositive());
    if (kept) {
      throw new InvalidStateException(
          new Problem(
              "checkout",
              "checkout.money-taken",
              "has taken money already",
              "refund the payment first, or capture finally to complete it"));
    }
  }

  Membership cancel(CancelMembership command) {
    while (true) {
      Membership membership =
          store
              .membership(command.membership())
              .orElseThrow(() -> Committer.notFound("membership", command.membership().value()));
      Decider.MEMBERSHIP.demand(membership.state(), MembershipTrigger.CANCEL);
      MembershipState to = Decider.MEMBERSHIP.after(membership.state(), MembershipTrigger.CANCEL);
      if (to == membership.state()) {
        return membership;
      }
      Optional<Customer> member = store.customer(membership.customer());
      boolean erased = member.filter(Customer::isErased).isPresent();
      Membership cancelled = erased ? membership.in(to) : membership.cancelledFor(command.reason());
      LifecycleEvent changed =
          CheckoutEvents.changed(
              membership, to, store.caseOf(membership.checkout()), clock.instant());
      Commit.Builder commit = Commit.builder().save(cancelled);
      // Saved as it is, so that an erasure at the same time does not miss the reason.
      member.ifPresent(commit::save);
      try {
        store.commit(commit.raise(changed, committer.hooksFor(changed)).build());
        return cancelled.atVersion(cancelled.version() + 1);
      } catch (StaleVersionException e) {
        continue;
      }
    }
  }

  CheckoutView view(CheckoutId id) {
    return CheckoutView.of(store.caseOf(id).orElseThrow(() -> Committer.noCheckout(id)));
  }

  private CheckoutView sameCheckout(Checkout known, StartCheckout command, List<Line> lines) {
    if (!known.lines().equals(lines) || !known.plan().equals(command.plan())) {
      throw new IdempotencyConflictException(
          new Problem(
              "key",
              "checkout.other-content",
              "was used before for a checkout with other content",
              "use a new key for a new checkout"));
    }
    return view(known.id());
  }

  private Membership membership(
      StartCheckout command, Plan plan, CheckoutId checkout, Instant now) {
    return new Membership(
        new MembershipId("mem_" + ids.next()),
        0,
        command.customer(),
        plan.id(),
        plan.name(),
        checkout,
        MembershipState.PENDING,
        now,
        Optional.empty());
  }

  private Duration lifetime(StartCheckout command) {
    Duration lifetime = command.lifetime().orElse(policy.checkoutLifetime());
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw new InvalidInputException(
          new Problem(
              "lifetime",
              "checkout.lifetime",
              "is not between now and a year from now",
              "use a duration of up to " + LONGEST.toDays() + " days",
              Map.of("max", String.valueOf(LONGEST.toDays()))));
    }
    return lifetime;
  }
}
