package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** What customers do in the shop. Each says whether it was possible. */
final class CustomerSteps {
  private final World world;

  CustomerSteps(World world) {
    this.world = world;
  }

  boolean start(Lane lane) {
    if (!lane.registered) {
      Person person = new Person("Ada " + World.CANARY, World.CANARY + "@shop.test", Locale.UK);
      world.by(
          lane.customer + " registers",
          node -> node.engine().register(new RegisterCustomer(lane.customer, person)));
      lane.registered = world.store.customer(lane.customer).isPresent();
      return true;
    }
    Optional<StartCheckout> command = lane.nextStart();
    command.ifPresent(
        start ->
            world.by(
                lane.customer + " starts a checkout, " + start.key(),
                node -> tell(node.engine().start(start))));
    return command.isPresent();
  }

  boolean pay(Lane lane, StepKind kind) {
    Optional<Checkout> checkout = lane.alive().filter(c -> !c.total().isZero());
    if (checkout.isEmpty() || !fits(kind, checkout.get())) {
      return false;
    }
    PaymentMethod method = world.provider.simulated().method(world.random);
    Pay pay =
        Pay.sale(checkout.get().id(), lane.nextPayKey(), World.GATEWAY, method)
            .returningTo(URI.create("https://shop.test/return"));
    if (world.can(method.type(), Capability.AUTHORIZE) && world.random.nextInt(5) < 2) {
      pay = pay.holdOnly();
    }
    boolean stores =
        world.random.nextInt(4) == 0 && world.can(method.type(), Capability.STORED_METHODS);
    lane.lastPay = stores ? pay.storingMethod() : pay;
    pay(lane, lane.lastPay, told(method));
    return true;
  }

  boolean payByTransfer(Lane lane) {
    Optional<Checkout> checkout = lane.alive().filter(c -> !c.total().isZero());
    if (checkout.filter(c -> c.payments().isEmpty() || mayTryAgain(c)).isEmpty()) {
      return false;
    }
    PaymentMethod method = new PaymentMethod.OfType("bank_transfer");
    lane.lastPay = Pay.sale(checkout.get().id(), lane.nextPayKey(), World.BANK, method);
    pay(lane, lane.lastPay, "transfer");
    return true;
  }

  private static String told(PaymentMethod method) {
    return method instanceof PaymentMethod.Token token ? token.token() : method.type();
  }

  private static boolean mayTryAgain(Checkout checkout) {
    return checkout.state() == CheckoutState.FAILED
        || checkout.state() == CheckoutState.AWAITING_CUSTOMER;
  }

  private boolean fits(StepKind kind, Checkout checkout) {
    boolean first = checkout.payments().isEmpty();
    return switch (kind) {
      case PAY -> first;
      case PAY_AFTER_DECLINE -> !first && checkout.state() == CheckoutState.FAILED;
      default -> !first && checkout.state() == CheckoutState.AWAITING_CUSTOMER;
    };
  }

  boolean repeatPay(Lane lane) {
    Pay last = lane.lastPay;
    if (last == null) {
      return false;
    }
    pay(lane, last, "again");
    return true;
  }

  private void pay(Lane lane, Pay pay, String how) {
    world.by(
        lane.customer
            + " pays "
            + pay.checkout()
            + " ("
            + how
            + ", "
            + pay.capture()
            + "), "
            + pay.key(),
        node -> tell(node.engine().pay(pay)));
  }

  boolean completeFree(Lane lane) {
    Optional<Checkout> checkout = lane.alive().filter(c -> c.total().isZero());
    checkout.ifPresent(
        c ->
            world.by(
                lane.customer + " takes the free " + c.id(),
                node -> tell(node.engine().completeFree(c.id()))));
    return checkout.isPresent();
  }

  boolean cancel(Lane lane) {
    Optional<Checkout> checkout = lane.checkout();
    checkout.ifPresent(
        c ->
            world.by(
                lane.customer + " cancels " + c.id(), node -> tell(node.engine().cancel(c.id()))));
    return checkout.isPresent();
  }

  boolean cancelMembership(Lane lane) {
    Optional<Membership> membership =
        lane.checkout()
            .flatMap(Checkout::membership)
            .flatMap(world.store::membership)
            .filter(m -> m.state() == MembershipState.ACTIVE);
    membership.ifPresent(
        m ->
            world.by(
                lane.customer + " ends " + m.id(),
                node -> node.engine().cancel(new CancelMembership(m.id(), "moved away"))));
    return membership.isPresent();
  }

  /** What is forgotten stays forgotten; payments and hooks go on without it. */
  boolean erase(Lane lane) {
    if (!lane.registered) {
      return false;
    }
    world.by(
        lane.customer + " is erased",
        node -> {
          node.engine().erase(lane.customer);
          world.checks.erased(lane.customer);
        });
    return true;
  }

  boolean returns(Lane lane) {
    Optional<Checkout> checkout = lane.checkout().filter(this::hasOpenPayment);
    checkout.ifPresent(
        c ->
            world.by(
                lane.customer + " returns to " + c.id(),
                node -> tell(node.engine().customerReturned(c.id()))));
    return checkout.isPresent();
  }

  private boolean hasOpenPayment(Checkout checkout) {
    return checkout.payments().stream()
        .flatMap(id -> world.store.payment(id).stream())
        .map(Payment::state)
        .anyMatch(s -> s == PaymentState.ACTION_REQUIRED || s == PaymentState.PENDING);
  }

  private void tell(CheckoutView view) {
    world.checks.noSecrets("checkout " + view.id(), view);
    world.tell("= " + view.id() + " is " + view.state());
  }
}
