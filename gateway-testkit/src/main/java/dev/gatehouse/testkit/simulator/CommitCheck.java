package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.event.PaymentMethodRemoved;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Commit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds what a commit changed against what was stored before. */
final class CommitCheck {
  private static final Pattern BY_CHECKOUT = Pattern.compile("(overpaid|late-money):[0-9]+");

  private final Commit commit;
  private final Map<CustomerId, Customer> customers = new HashMap<>();
  private final Map<PaymentId, Payment> payments = new HashMap<>();
  private final Map<CheckoutId, Checkout> checkouts = new HashMap<>();
  private final Map<MembershipId, Membership> memberships = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  private CommitCheck(Commit commit) {
    this.commit = commit;
  }

  /** Takes down what is stored before the commit. */
  static CommitCheck before(Records store, Commit commit) {
    CommitCheck check = new CommitCheck(commit);
    for (Customer customer : commit.customers()) {
      store.customer(customer.id()).ifPresent(c -> check.customers.put(c.id(), c));
    }
    for (Payment payment : commit.payments()) {
      store.payment(payment.id()).ifPresent(p -> check.payments.put(p.id(), p));
    }
    for (Checkout checkout : commit.checkouts()) {
      store.checkout(checkout.id()).ifPresent(c -> check.checkouts.put(c.id(), c));
    }
    for (Membership membership : commit.memberships()) {
      store.membership(membership.id()).ifPresent(m -> check.memberships.put(m.id(), m));
    }
    return check;
  }

  /** The commit was kept. */
  void after(World world) {
    for (Commit.NewEvent added : commit.events()) {
      String id = added.event().header().id();
      told.add(id);
      world.checks.noSecrets("event " + id, added.event());
      world.checks.raised(added.event());
      if (added.event() instanceof CustomerErased event) {
        world.checks.erased(event.customer());
      }
    }
    commit.customers().forEach(this::staysErased);
    commit.payments().forEach(this::grew);
    commit.checkouts().forEach(this::grew);
    commit.memberships().forEach(this::moved);
    commit.events().forEach(added -> vouchedFor(world.store, added.event()));
    commit.payments().forEach(p -> world.tell("commit " + describe(p)));
    commit.checkouts().forEach(c -> world.tell("commit " + c.id() + " " + c.state()));
    told.forEach(id -> world.tell("event " + id));
  }

  private static String describe(Payment payment) {
    StringBuilder text = new StringBuilder(payment.id() + " " + payment.state());
    for (Operation operation : payment.operations()) {
      text.append(", ")
          .append(operation.key().substring(operation.key().indexOf('.') + 1))
          .append('#')
          .append(operation.sends())
          .append(' ')
          .append(payment.status(operation));
    }
    return text.toString();
  }

  private void staysErased(Customer now) {
    Customer before = customers.get(now.id());
    boolean wasErased = before != null && before.person().isEmpty();
    if (wasErased && now.person().isPresent()) {
      throw new ViolationFound(
          Invariant.NO_SECRETS, now.id().value(), "was erased, and is known again");
    }
    if (now.isErased() && !wasErased) {
      hasItsEvent(now.id() + "/erased");
    }
  }

  private void grew(Payment now) {
    Payment before = payments.get(now.id());
    Set<String> raised = new TreeSet<>(now.raised());
    if (before != null) {
      String id = now.id().value();
      hold(before.facts().join(now.facts()).equals(now.facts()), id, "facts were forgotten");
      hold(now.raised().containsAll(before.raised()), id, "what was raised was forgotten");
      for (Operation operation : before.operations()) {
        int sends = now.operation(operation.key()).map(Operation::sends).orElse(0);
        hold(sends >= operation.sends(), operation.key(), "a send was forgotten");
      }
      raised.removeAll(before.raised());
    }
    for (String key : raised) {
      hasItsEvent(now.id() + "/" + key);
    }
    raised.removeIf(key -> BY_CHECKOUT.matcher(key).matches());
    raised.removeAll(PaymentEvents.of(now, now.createdAt()).keySet());
    if (!raised.isEmpty()) {
      throw new ViolationFound(
          Invariant.EVENTS_ARE_TRUE, now.id().value(), raised + " does not follow from the facts");
    }
  }

  private void grew(Checkout now) {
    Checkout before = checkouts.get(now.id());
    Set<String> raised = new TreeSet<>(now.raised());
    if (before != null) {
      hold(
          now.raised().containsAll(before.raised())
              && now.payments().containsAll(before.payments()),
          now.id().value(),
          "a payment or what was raised was forgotten");
      hold(
          !before.state().isTerminal() || before.state() == now.state(),
          now.id().value(),
          "went from " + before.state() + " to " + now.state());
      raised.removeAll(before.raised());
    }
    raised.forEach(key -> hasItsEvent(now.id() + "/" + key));
  }

  private void moved(Membership now) {
    Membership before = memberships.get(now.id());
    if (before != null && before.state() != now.state()) {
      hasItsEvent(now.id() + "/" + before.state() + "-" + now.state());
    }
  }

  private void hasItsEvent(String id) {
    if (!told.contains(id)) {
      throw new ViolationFound(
          Invariant.EVENTS_ARE_TRUE, id, "is marked as raised, and no event was committed");
    }
  }

  private void vouchedFor(Records store, LifecycleEvent event) {
    String id = event.header().id();
    String subject = id.substring(0, id.indexOf('/'));
    String key = id.substring(id.indexOf('/') + 1);
    boolean known =
        store
                .payment(new PaymentId(subject))
                .filter(payment -> payment.raised().contains(key))
                .isPresent()
            || store
                .checkout(new CheckoutId(subject))
                .filter(checkout -> checkout.raised().contains(key))
                .isPresent()
            || store.membership(new MembershipId(subject)).filter(m -> moves(m, key)).isPresent()
            || key.equals("created")
            || event instanceof CustomerErased
            || event instanceof PaymentMethodRemoved removed && isTaken(removed);
    if (!known) {
      throw new ViolationFound(
          Invariant.EVENTS_ARE_TRUE, id, "was committed, and no record says that it was raised");
    }
  }

  /** What was removed at the provider is its customer's no more, from this commit on. */
  private boolean isTaken(PaymentMethodRemoved removed) {
    return commit.customers().stream()
        .filter(now -> now.storedMethod(removed.gateway(), removed.method()).isEmpty())
        .flatMap(now -> Optional.ofNullable(customers.get(now.id())).stream())
        .anyMatch(was -> was.storedMethod(removed.gateway(), removed.method()).isPresent());
  }

  private static boolean moves(Membership membership, String key) {
    return key.endsWith("-" + membership.state());
  }

  private static void hold(boolean grew, String subject, String what) {
    if (!grew) {
      throw new ViolationFound(Invariant.FACTS_GROW, subject, what);
    }
  }
}
