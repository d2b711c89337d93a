package dev.gatehouse.stripe;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The emulated Stripe for the kit, where the customer always pays on Stripe's own page. */
final class StripeCheckoutTarget implements TestTarget {
  @Override
  public String gateway() {
    return "stripe";
  }

  @Override
  public Set<Lack> lacks() {
    return Set.of(Lack.BATCHES);
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return switch (script) {
      // What the page is for is Stripe's to say when it is made, before the customer chooses.
      case WRONG_AMOUNT, UNKNOWN_STATUS -> Optional.empty();
      default -> Optional.of(SimulatedStripe.CHECKOUT);
    };
  }

  @Override
  public boolean customerActs(SimulatedProvider provider, Script script, String charge) {
    ((SimulatedStripe) provider).customerActs(script, charge);
    return true;
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return new SimulatedStripe(clock, secret, random);
  }
}
