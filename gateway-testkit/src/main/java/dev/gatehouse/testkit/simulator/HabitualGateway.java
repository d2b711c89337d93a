package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A gateway with this seed's habits: it shows what this seed's provider is in the habit of showing,
 * and looks at what it is about to change, or has changed. Each of its calls is counted.
 */
final class HabitualGateway extends GatewayAround {
  private final World world;

  HabitualGateway(PaymentGateway behind, World world) {
    super(behind);
    this.world = world;
  }

  @Override
  public Lookup lookup(Trace trace) {
    Lookup answer = world.counts.call(GatewayCall.LOOKUP, () -> super.lookup(trace));
    if (!(answer instanceof Lookup.Found found)) {
      return answer;
    }
    return new Lookup.Found(
        trace.operation().isPresent()
            ? world.habits.shownInPart(found.snapshot())
            : world.habits.shown(found.snapshot()));
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return operation(
        OperationKind.CHARGE,
        GatewayCall.CHARGE,
        seen -> traceOf(request, seen),
        () -> super.charge(request));
  }

  /** What is known of a charge that has just been made. */
  private Trace traceOf(ChargeRequest request, Snapshot seen) {
    return new Trace(
        Optional.of(request.reference()), world.clock.instant(), Optional.empty(), seen.facts());
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return operation(
        OperationKind.COMPLETE,
        GatewayCall.COMPLETE,
        seen -> request.trace(),
        () -> super.complete(request));
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return operation(
        OperationKind.CAPTURE,
        GatewayCall.CAPTURE,
        seen -> request.trace(),
        () -> super.capture(request));
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return operation(
        OperationKind.VOID,
        GatewayCall.VOID,
        seen -> request.trace(),
        () -> super.voidAuthorization(request));
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return operation(
        OperationKind.REFUND,
        GatewayCall.REFUND,
        seen -> request.trace(),
        () -> super.refund(request));
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return world.counts.call(GatewayCall.WEBHOOK, () -> super.receive(request));
  }

  @Override
  public Changes changesSince(Instant since) {
    return world.counts.call(GatewayCall.CHANGES, () -> super.changesSince(since));
  }

  private Outcome operation(
      OperationKind kind,
      GatewayCall call,
      Function<Snapshot, Trace> trace,
      Supplier<Outcome> act) {
    return world.counts.call(
        call,
        () -> {
          boolean first = world.habits.looksBefore(kind);
          if (first && isUntold(trace.apply(Snapshot.empty()))) {
            return new Outcome.NotSent(
                Failure.of(ErrorCategory.NOT_SENT, "look.failed", "it can't be seen now"));
          }
          Outcome outcome = act.get();
          boolean certain =
              !(outcome instanceof Outcome.NotSent) && !(outcome instanceof Outcome.Unknown);
          if (certain
              && world.habits.looksAfter(kind)
              && isUntold(trace.apply(outcome.snapshot()))) {
            return new Outcome.Unknown(
                Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "look.failed", "it can't be seen now"));
          }
          return shown(outcome);
        });
  }

  private boolean isUntold(Trace trace) {
    return behind.lookup(trace) instanceof Lookup.CannotTell;
  }

  private Outcome shown(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return new Outcome.Succeeded(world.habits.shown(succeeded.snapshot()));
    }
    if (outcome instanceof Outcome.Pending pending) {
      return new Outcome.Pending(world.habits.shown(pending.snapshot()));
    }
    if (outcome instanceof Outcome.ActionRequired required) {
      return new Outcome.ActionRequired(world.habits.shown(required.snapshot()), required.action());
    }
    if (outcome instanceof Outcome.Declined declined) {
      return new Outcome.Declined(world.habits.shown(declined.snapshot()), declined.decline());
    }
    return outcome;
  }
}
