package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** One customer and the checkout that they are in. */
final class Lane {
  private static final int MOST_CHECKOUTS = 6;

  private final World world;
  final CustomerId customer;
  private int checkouts;
  private int pays;
  private @Nullable StartCheckout start;
  @Nullable Pay lastPay;
  boolean registered;

  Lane(World world, int number) {
    this.world = world;
    this.customer = new CustomerId("cust-" + number);
  }

  int checkouts() {
    return checkouts;
  }

  /** The checkout that is under way. */
  Optional<Checkout> checkout() {
    return start == null ? Optional.empty() : world.store.checkoutByCommand(customer, start.key());
  }

  Optional<Checkout> alive() {
    return checkout().filter(checkout -> !checkout.state().isTerminal());
  }

  /** The command to start a checkout: the one that got no answer, or the next. */
  Optional<StartCheckout> nextStart() {
    boolean wanted = start == null || checkout().filter(c -> c.state().isTerminal()).isPresent();
    if (wanted && checkouts < MOST_CHECKOUTS) {
      start = newCheckout(world.random);
      lastPay = null;
      return Optional.of(start);
    }
    boolean repeat = start != null && (checkout().isEmpty() || world.random.nextInt(20) == 0);
    return repeat ? Optional.ofNullable(start) : Optional.empty();
  }

  private StartCheckout newCheckout(Random random) {
    checkouts++;
    CurrencyUnit currency = world.oneOf(world.provider.simulated().currencies());
    Money price = Money.ofMinor(currency, random.nextInt(10) == 0 ? 0 : 100 + random.nextInt(9900));
    Duration lifetime = Duration.ofMinutes(world.oneOf(List.of(15, 60, 24 * 60)));
    boolean plan = random.nextInt(3) > 0;
    return new StartCheckout(
        customer,
        "start-" + checkouts,
        plan
            ? Optional.of(new Plan(new PlanId("plan-" + checkouts), "Plan", price))
            : Optional.empty(),
        plan ? List.of() : List.of(Line.of("Goods", 1 + random.nextInt(3), price)),
        Optional.empty(),
        Optional.of(lifetime));
  }

  String nextPayKey() {
    return "pay-" + ++pays;
  }
}
