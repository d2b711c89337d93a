package dev.gatehouse.stripe;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The emulated Stripe for the kit, with some cards that speak of the future. */
final class StripeTarget implements TestTarget {
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
    String token =
        switch (script) {
          case APPROVE -> StripeToken.VISA.id();
          case DECLINE_FUNDS -> StripeToken.INSUFFICIENT_FUNDS.id();
          case ACTION, ACTION_TWICE -> StripeToken.THREE_D_SECURE_2.id();
          case ACTION_DECLINED -> StripeToken.THREE_D_SECURE_DECLINED.id();
          case WRONG_AMOUNT -> FutureStripe.OTHER_AMOUNT.id();
          case DECLINE_UNKNOWN -> FutureStripe.NEW_REASON.id();
          case PENDING -> FutureStripe.SLOW.id();
          case UNKNOWN_STATUS -> FutureStripe.NEW_STATUS.id();
          // How a pending refund ends, the kit says in time.
          case REFUND_PENDING, REFUND_FAILS -> StripeToken.PENDING_REFUND.id();
          case ACTION_EACH_TIME -> StripeToken.AUTHENTICATION_REQUIRED.id();
          // Cards are decided at once: nothing that is slow here goes on to fail.
          case PENDING_FAILS -> "";
        };
    return token.isEmpty() ? Optional.empty() : Optional.of(new PaymentMethod.Token("card", token));
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
