package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.membership.MembershipTrigger;
import dev.gatehouse.money.Allocation;
import dev.gatehouse.money.MoneyMath;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Customers, checkouts and memberships, up to the point where money comes in. Thread-safe. */
final class Checkouts {
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Store store;
  private final Committer committer;
  private final Caller caller;
  private final EnginePolicy policy;
  private final Clock clock;
  private final IdSource ids;

  Checkouts(
      Store store,
      Committer committer,
      Caller caller,
      EnginePolicy policy,
      Clock clock,
      IdSource ids) {
    this.store = store;
    this.committer = committer;
    this.caller = caller;
    this.policy = policy;
    this.clock = clock;
    this.ids = ids;
  }

  Customer register(RegisterCustomer command) {
    Optional<Customer> known = store.customer(command.customer());
    if (known.isPresent()) {
      return sameCustomer(known.get(), command);
    }
    Instant now = clock.instant();
    Customer customer =
        new Customer(command.customer(), 0, Optional.of(command.person()), new TreeMap<>(), now);
    EventHeader header =
        new EventHeader(
            customer.id().value() + "/created",
            now,
            customer.id().value(),
            Optional.of(customer.id()),
            Optional.empty());
    LifecycleEvent created = new CustomerCreated(header, customer.id());
    try {
      store.commit(
          Commit.builder().save(customer).raise(created, committer.hooksFor(created)).build());
    } catch (StaleVersionException e) {
      return sameCustomer(store.customer(command.customer()).orElseThrow(), command);
    }
    return customer.atVersion(1);
  }

  Customer erase(CustomerId id) {
    while (true) {
      Customer customer =
          store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
      try {
        store.commit(Commit.builder().save(customer.erased()).build());
        return customer.erased().atVersion(customer.version() + 1);
      } catch (StaleVersionException e) {
        continue;
      }
    }
  }

  CheckoutView start(StartCheckout command) {
    Customer customer =
        store
            .customer(command.customer())
            .orElseThrow(() -> Committer.notFound("customer", command.customer().value()));
    List<Line> lines = linesOf(command);
    Optional<Checkout> known = store.checkoutByCommand(customer.id(), command.key());
    if (known.isPresent()) {
      return sameCheckout(known.get(), command, lines);
    }
    CheckoutId id = new CheckoutId("chk_" + ids.next());
    Instant now = clock.instant();
    Optional<Membership> membership =
        command.plan().map(plan -> membership(command, plan, id, now));
    Checkout checkout =
        new Checkout(
            id,
            0,
            command.key(),
            customer.id(),
            command.plan(),
            lines,
            total(lines),
            membership.map(Membership::id),
            CheckoutState.OPEN,
            List.of(),
            Optional.empty(),
            new TreeSet<>(),
            now,
            now.plus(lifetime(command)),
            Optional.empty());
    Case fresh = new Case(Optional.of(checkout), List.of(), membership);
    try {
      committer.create(fresh, List.of(), Optional.empty());
    } catch (StaleVersionException e) {
      Checkout first = store.checkoutByCommand(customer.id(), command.key()).orElseThrow(() -> e);
      return sameCheckout(first, command, lines);
    }
    return view(id);
  }

  /** Completes a checkout that costs nothing. */
  CheckoutView completeFree(CheckoutId id) {
    committer.change(
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
    caller.run(
        committer.change(
            id,
            known -> {
              Checkout checkout = known.checkout().orElseThrow();
              Decider.CHECKOUT.demand(checkout.state(), CheckoutTrigger.CANCEL);
              demandNothingKept(checkout, known.payments());
              return known.with(
                  checkout.in(Decider.CHECKOUT.after(checkout.state(), CheckoutTrigger.CANCEL)));
            }));
    return view(id);
  }

  /** Money that was taken on purpose is given back on purpose, not by calling the checkout off. */
  private static void demandNothingKept(Checkout checkout, List<Payment> payments) {
    CurrencyUnit currency = checkout.total().getCurrencyUnit();
    boolean kept =
        !checkout.state().isTerminal()
            && payments.stream().anyMatch(p -> Totals.of(p.facts(), currency).kept().isPositive());
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
      LifecycleEvent changed =
          CheckoutEvents.changed(membership, to, Optional.of(command.reason()), clock.instant());
      Membership cancelled = membership.cancelledFor(command.reason());
      try {
        store.commit(
            Commit.builder().save(cancelled).raise(changed, committer.hooksFor(changed)).build());
        return cancelled.atVersion(cancelled.version() + 1);
      } catch (StaleVersionException e) {
        continue;
      }
    }
  }

  CheckoutView view(CheckoutId id) {
    return CheckoutView.of(
        store.caseOf(id).orElseThrow(() -> Committer.notFound("checkout", id.value())));
  }

  private static Customer sameCustomer(Customer known, RegisterCustomer command) {
    if (!known.person().filter(command.person()::equals).isPresent()) {
      throw new IdempotencyConflictException(
          new Problem(
              "customer",
              "customer.exists",
              "is registered already, with other data",
              "use another id for another customer"));
    }
    return known;
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

  /** Plan and lines, with the discount spread over them. */
  private static List<Line> linesOf(StartCheckout command) {
    List<Line> lines = new ArrayList<>();
    command.plan().ifPresent(plan -> lines.add(Line.of(plan.name(), 1, plan.price())));
    lines.addAll(command.lines());
    if (lines.isEmpty()) {
      throw new InvalidInputException(
          new Problem("lines", "checkout.empty", "nothing is paid for", "give a plan or a line"));
    }
    for (int i = 0; i < command.lines().size(); i++) {
      demandDiscountFits("lines[" + i + "].discount", command.lines().get(i));
    }
    Money sum = total(lines);
    Money off = command.discount().orElse(Money.zero(sum.getCurrencyUnit()));
    if (off.isZero()) {
      return List.copyOf(lines);
    }
    if (!off.getCurrencyUnit().equals(sum.getCurrencyUnit()) || off.isGreaterThan(sum)) {
      throw new InvalidInputException(
          new Problem(
              "discount",
              "checkout.discount",
              "is in another currency, or more than there is to pay",
              "use at most the sum of the lines"));
    }
    return discounted(lines, off);
  }

  private static List<Line> discounted(List<Line> lines, Money off) {
    List<BigDecimal> weights = lines.stream().map(line -> line.amount().getAmount()).toList();
    List<Money> shares = Allocation.byWeights(off, weights);
    List<Line> discounted = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      discounted.add(lines.get(i).less(lines.get(i).discount().plus(shares.get(i))));
    }
    return List.copyOf(discounted);
  }

  private static void demandDiscountFits(String field, Line line) {
    Money discount = line.discount();
    boolean sameCurrency = discount.getCurrencyUnit().equals(line.unitPrice().getCurrencyUnit());
    if (!sameCurrency || discount.isGreaterThan(line.price())) {
      throw new InvalidInputException(
          new Problem(
              field,
              "checkout.discount",
              "is in another currency, or more than the line's price",
              "use at most the line's price"));
    }
  }

  /** The sum of the lines; refuses a mix of currencies, and more than any gateway could write. */
  private static Money total(List<Line> lines) {
    CurrencyUnit currency = lines.get(0).unitPrice().getCurrencyUnit();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).unitPrice().getCurrencyUnit().equals(currency)) {
        throw new InvalidInputException(
            new Problem(
                "lines[" + i + "].unitPrice",
                "money.other-currency",
                "is not in " + currency + " as the others are",
                "use one currency in a checkout",
                Map.of("currency", currency.getCode())));
      }
    }
    Money total = MoneyMath.sum(currency, lines.stream().map(Line::amount).toList());
    if (total.getAmountMinor().unscaledValue().bitLength() > Long.SIZE - 1) {
      throw new InvalidInputException(
          new Problem("lines", "money.overflow", "sum up to too much", "use smaller amounts"));
    }
    return total;
  }
}
