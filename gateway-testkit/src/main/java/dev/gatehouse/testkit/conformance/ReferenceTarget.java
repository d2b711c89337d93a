package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/** The reference gateway with its provider, which keep every rule. */
public final class ReferenceTarget implements TestTarget {
  /** Keeps no state. */
  public ReferenceTarget() {}

  @Override
  public String gateway() {
    return new ReferenceGatewayProvider().id();
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    String token =
        switch (script) {
          case APPROVE -> TestToken.APPROVE.value();
          case DECLINE_FUNDS -> TestToken.decline(DeclineCode.INSUFFICIENT_FUNDS);
          case DECLINE_UNKNOWN -> TestToken.DECLINE_UNKNOWN.value();
          case ACTION -> TestToken.ACTION.value();
          case PENDING -> TestToken.PENDING.value();
          case PENDING_FAILS -> TestToken.PENDING_FAILS.value();
          case ACTION_TWICE -> TestToken.ACTION_TWICE.value();
          case ACTION_DECLINED -> TestToken.ACTION_DECLINED.value();
          case WRONG_AMOUNT -> TestToken.WRONG_AMOUNT.value();
          case UNKNOWN_STATUS -> TestToken.UNKNOWN_STATUS.value();
          case REFUND_PENDING -> TestToken.REFUND_PENDING.value();
          case REFUND_FAILS -> TestToken.REFUND_PENDING_FAILS.value();
          case ACTION_EACH_TIME -> TestToken.ACTION_EACH_TIME.value();
        };
    return Optional.of(new PaymentMethod.Token("card", token));
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return SimulatedProvider.reference(clock, secret, random);
  }
}
