package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.PaymentMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What the shop's people do with payments. Each says whether it was possible. */
final class ShopSteps {
  private static final Set<PaymentState> HELD =
      Set.of(PaymentState.AUTHORIZED, PaymentState.PARTLY_CAPTURED);
  private static final Set<PaymentState> TAKEN =
      Set.of(PaymentState.CAPTURED, PaymentState.PARTLY_CAPTURED, PaymentState.PARTLY_REFUNDED);

  private final World world;
  private int commands;
  private @Nullable Refund lastRefund;

  ShopSteps(World world) {
    this.world = world;
  }

  boolean capture(boolean isFinal) {
    Optional<Payment> payment = one(HELD);
    if (payment.isEmpty() || payment.get().totals().isEmpty()) {
      return false;
    }
    Payment held = payment.get();
    Money left = held.totals().get().authorized();
    Money amount = isFinal && world.random.nextBoolean() ? left : part(left);
    if (!amount.isPositive()) {
      return false;
    }
    Capture capture = new Capture(held.id(), "capture-" + ++commands, amount, isFinal);
    world.by(
        "shop captures " + amount + " of " + held.id() + (isFinal ? " finally" : ""),
        node -> tell(node.engine().capture(capture)));
    return true;
  }

  boolean release() {
    Optional<Payment> payment = one(HELD);
    payment.ifPresent(
        held ->
            world.by(
                "shop voids " + held.id(),
                node ->
                    tell(
                        node.engine()
                            .voidPayment(new VoidPayment(held.id(), "void-" + ++commands)))));
    return payment.isPresent();
  }

  boolean refund(boolean all) {
    Refund last = lastRefund;
    if (last != null && world.random.nextInt(8) == 0) {
      refund(last);
      return true;
    }
    Optional<Payment> payment = one(TAKEN);
    if (payment.isEmpty()) {
      return false;
    }
    Totals totals = payment.get().totals().orElseThrow();
    Money amount = all ? payment.get().refundable().orElseThrow() : part(totals.captured());
    if (!amount.isPositive()) {
      return false;
    }
    Refund refund = Refund.of(payment.get().id(), "refund-" + ++commands, amount);
    lastRefund = refund;
    refund(refund);
    return true;
  }

  private void refund(Refund refund) {
    world.by(
        "shop refunds " + refund.amount() + " of " + refund.payment() + ", " + refund.key(),
        node -> tell(node.engine().refund(refund)));
  }

  /** What a customer stored is charged for a checkout that is not paid, without the customer. */
  boolean renew(Lane lane) {
    Optional<Checkout> due = lane.alive().filter(ShopSteps::isDue);
    List<StoredMethod> stored =
        world.store.customer(lane.customer).stream()
            .flatMap(customer -> customer.storedMethods().stream())
            .toList();
    if (due.isEmpty() || stored.isEmpty()) {
      return false;
    }
    StoredMethod method = world.oneOf(stored);
    String type = method.type().orElseThrow();
    Pay pay =
        Pay.sale(
                due.get().id(),
                lane.nextPayKey(),
                method.gateway(),
                new PaymentMethod.Stored(type, method.method()))
            .withoutCustomer();
    boolean holds = world.random.nextInt(4) == 0 && world.can(type, Capability.AUTHORIZE);
    lane.lastPay = holds ? pay.holdOnly() : pay;
    world.by(
        "shop charges " + method.method() + " for " + due.get().id() + ", " + pay.key(),
        node -> tell(node.engine().pay(Optional.ofNullable(lane.lastPay).orElseThrow())));
    return true;
  }

  private static boolean isDue(Checkout checkout) {
    return !checkout.total().isZero()
        && (checkout.payments().isEmpty() || checkout.state() == CheckoutState.FAILED);
  }

  private void tell(CheckoutView view) {
    world.checks.noSecrets("checkout " + view.id(), view);
    world.tell("= " + view.id() + " is " + view.state());
  }

  private Optional<Payment> one(Set<PaymentState> states) {
    List<Payment> fitting =
        world.store.payments().stream().filter(p -> states.contains(p.state())).toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(fitting));
  }

  /** Some of it, at least the smallest unit. */
  private Money part(Money whole) {
    int minor = (int) whole.getAmountMinorLong();
    return minor < 1
        ? whole
        : Money.ofMinor(whole.getCurrencyUnit(), 1 + world.random.nextInt(minor));
  }

  private void tell(Payment payment) {
    world.checks.noSecrets("payment " + payment.id(), payment);
    world.tell("= " + payment.id() + " is " + payment.state());
  }
}
