package dev.gatehouse.testkit.simulator;

import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;

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
    if (!(answer instanceof Lookup.Found found)) {
      return answer;
    }
    return new Lookup.Found(
        trace.operation().isPresent()
            ? habits.shownInPart(found.snapshot())
            : habits.shown(found.snapshot()));
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return shown(super.charge(request));
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return shown(super.complete(request));
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return shown(super.capture(request));
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return shown(super.voidAuthorization(request));
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return shown(super.refund(request));
  }

  private Outcome shown(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return new Outcome.Succeeded(habits.shown(succeeded.snapshot()));
    }
    if (outcome instanceof Outcome.Pending pending) {
      return new Outcome.Pending(habits.shown(pending.snapshot()));
    }
    if (outcome instanceof Outcome.ActionRequired required) {
      return new Outcome.ActionRequired(habits.shown(required.snapshot()), required.action());
    }
    if (outcome instanceof Outcome.Declined declined) {
      return new Outcome.Declined(habits.shown(declined.snapshot()), declined.decline());
    }
    return outcome;
  }
}
