package com.nordlicht.emulator;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

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
  public Optional<PaymentMethod> paying(Script script) {
    String token =
        switch (script) {
          case APPROVE -> "tok_good";
          case DECLINE_FUNDS -> "tok_reject_51";
          case DECLINE_UNKNOWN -> "tok_reject_99";
          case ACTION -> "tok_ask";
          case PENDING -> "tok_clearing";
          case PENDING_FAILS -> "tok_clearing_fails";
          case UNKNOWN_STATUS -> "tok_desk";
          case REFUND_PENDING -> "tok_slow_return";
          case REFUND_FAILS -> "tok_failing_return";
        };
    return Optional.of(new PaymentMethod.Token("card", token));
  }
}
