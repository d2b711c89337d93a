package dev.gatehouse.testkit.simulator;

import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Trace;

/** The reference gateway, showing what this seed's provider is in the habit of showing. */
final class HabitualGateway extends GatewayAround {
  private final Habits habits;

  HabitualGateway(PaymentGateway behind, Habits habits) {
    super(behind);
    this.habits = habits;
  }

  @Override
  public Lookup lookup(Trace trace) {
    Lookup answer = super.lookup(trace);
    return answer instanceof Lookup.Found found && trace.operation().isPresent()
        ? new Lookup.Found(habits.seen(found.snapshot()))
        : answer;
  }
}
