package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.SetsUpMethods;
import dev.gatehouse.spi.Trace;
import java.util.Optional;

/** Storing a method without a charge, up to its end where customers are always sent away first. */
final class SettingUp {
  private final Bench bench;
  private final SetUpRequest request;
  private final Script script;

  private SettingUp(Bench bench, SetUpRequest request, Script script) {
    this.bench = bench;
    this.request = request;
    this.script = script;
  }

  static SettingUp of(Bench bench, SetUpRequest request) {
    return new SettingUp(bench, request, Script.APPROVE);
  }

  static SettingUp of(Bench bench, SetUpRequest request, Script script) {
    return new SettingUp(bench, request, script);
  }

  /** What comes of it. */
  Outcome by(PaymentGateway gateway) {
    Outcome begun = begun(gateway);
    return begun instanceof Outcome.ActionRequired action
            && script != Script.ACTION
            && request.method() instanceof PaymentMethod.OfType
        ? goneOn(gateway, action.snapshot())
        : begun;
  }

  /** What the call itself answers. */
  Outcome begun(PaymentGateway gateway) {
    return Bench.told("setUp", Bench.as(gateway, SetsUpMethods.class).setUp(request));
  }

  /** The customer acts as scripted, and it goes on. */
  Outcome goneOn(PaymentGateway gateway, Snapshot seen) {
    String attempt = Expect.attempt(seen.facts()).getKey();
    if (!bench.customerActs(script, attempt)) {
      throw new NotVerifiable("the target's provider has no customer that acts");
    }
    if (!bench.capabilities().contains(Capability.COMPLETION)) {
      bench.settle();
      return Taking.seen(lookup(gateway, seen.facts()));
    }
    String key = request.idempotencyKey() + ".complete";
    Trace trace = trace(OperationKind.COMPLETE, key, seen.facts());
    return Bench.told(
        "complete",
        Bench.as(gateway, CompletesActions.class)
            .complete(new CompleteRequest(trace, key, attempt, CaptureMode.AUTOMATIC)));
  }

  /** What the provider knows of it. */
  Lookup lookup(PaymentGateway gateway, PaymentFacts known) {
    return Bench.told(
        "lookupSetUp",
        Bench.as(gateway, SetsUpMethods.class)
            .lookupSetUp(trace(OperationKind.SET_UP, request.idempotencyKey(), known)));
  }

  /** The facts that a lookup finds, which has to be something. */
  PaymentFacts found(PaymentGateway gateway, PaymentFacts known) {
    return Expect.lookup(Lookup.Found.class, lookup(gateway, known)).snapshot().facts();
  }

  private Trace trace(OperationKind kind, String key, PaymentFacts known) {
    Trace.InDoubt doubt = new Trace.InDoubt(kind, key, bench.clock.instant());
    return new Trace(Optional.of(request.reference()), Bench.START, Optional.of(doubt), known);
  }
}
