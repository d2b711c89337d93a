package com.nordlicht.emulator;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Lack;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

// snippet: NordlichtTarget
/** What the conformance kit is told: the emulated bank, and its test tokens. */
public final class NordlichtTarget implements TestTarget {
  /** Keeps no state. */
  public NordlichtTarget() {}

  @Override
  public String gateway() {
    return "nordlicht";
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return new NordlichtBank(clock, secret);
  }

  @Override
  public Set<Lack> lacks() {
    return Set.of(Lack.DISPUTES, Lack.BATCHES);
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return token(script).map(token -> new PaymentMethod.Token("card", token));
  }

  /** Scripts that are added later, this bank can't do until somebody says how. */
  private static Optional<String> token(Script script) {
    return switch (script) {
      case APPROVE -> Optional.of("tok_good");
      case DECLINE_FUNDS -> Optional.of("tok_reject_51");
      case DECLINE_UNKNOWN -> Optional.of("tok_reject_99");
      case ACTION -> Optional.of("tok_ask");
      case ACTION_TWICE -> Optional.of("tok_ask_twice");
      case ACTION_DECLINED -> Optional.of("tok_ask_reject");
      case PENDING -> Optional.of("tok_clearing");
      case PENDING_FAILS -> Optional.of("tok_clearing_fails");
      case UNKNOWN_STATUS -> Optional.of("tok_desk");
      case WRONG_AMOUNT -> Optional.of("tok_wrong_amount");
      case REFUND_PENDING -> Optional.of("tok_slow_return");
      case REFUND_FAILS -> Optional.of("tok_failing_return");
      default -> Optional.empty();
    };
  }
}
// end snippet
