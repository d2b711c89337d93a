package dev.gatehouse.paypal;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The emulated PayPal for the kit: whatever the script, the payer goes there and approves. */
final class PayPalTarget implements TestTarget {
  @Override
  public String gateway() {
    return "paypal";
  }

  @Override
  public Set<Lack> lacks() {
    return Set.of(Lack.BATCHES, Lack.SECRET_ROTATION);
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return Optional.of(Bench.PAYPAL);
  }

  @Override
  public boolean customerActs(SimulatedProvider provider, Script script, String charge) {
    SimulatedPayPal paypal = (SimulatedPayPal) provider;
    if (paypal.isSetUp(charge)) {
      return paypal.approvesSetUp(charge, script);
    }
    paypal.approves(charge, script);
    return true;
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return SimulatedPayPal.asTold(clock, secret, random);
  }
}
