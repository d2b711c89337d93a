package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The call that takes the money of a charge, ready to be made. Mostly it is the charge itself.
 * Where customers are always sent to the provider first, it is what we do after that; if the
 * provider goes on by itself then, it is the charge again, as nothing else of ours could get lost.
 */
final class Taking {
  private final Bench bench;
  private final ChargeRequest request;
  private final PaymentFacts known;
  private final Stage stage;

  /** How far it is. */
  private enum Stage {
    /** The charge takes the money. */
    CHARGES,
    /** The charge sends the customer to the provider, which takes the money by itself. */
    OPENS,
    /** The customer was there. */
    APPROVED
  }

  private Taking(Bench bench, ChargeRequest request, PaymentFacts known, Stage stage) {
    this.bench = bench;
    this.request = request;
    this.known = known;
    this.stage = stage;
  }

  /** The charge itself. */
  static Taking direct(Bench bench, ChargeRequest request) {
    return new Taking(bench, request, PaymentFacts.none(), Stage.CHARGES);
  }

  /**
   * The call that takes the money of this charge, after whatever has to happen before.
   *
   * @param script what is to become of it
   */
  static Taking of(Bench bench, ChargeRequest request, Script script) {
    if (!isApprovedElsewhere(request)) {
      return direct(bench, request);
    }
    if (!bench.capabilities().contains(Capability.COMPLETION)) {
      return new Taking(bench, request, PaymentFacts.none(), Stage.OPENS);
    }
    Outcome begun = Bench.told("charge", bench.gateway().charge(request));
    return after(
        bench, request, script, Expect.outcome(Outcome.ActionRequired.class, begun).snapshot());
  }

  /** What is left to be done where the customer was sent to the provider. */
  static Taking after(Bench bench, ChargeRequest request, Script script, Snapshot begun) {
    String attempt = Expect.attempt(begun.facts()).getKey();
    if (!bench.customerActs(script, attempt)) {
      throw new NotVerifiable("the target's provider has no customer that acts");
    }
    return new Taking(bench, request, begun.facts(), Stage.APPROVED);
  }

  /** What would be left to be done if the customer had approved, which is not so. */
  static Taking unapproved(Bench bench, ChargeRequest request, Snapshot begun) {
    return new Taking(bench, request, begun.facts(), Stage.APPROVED);
  }

  /** Whether no token says what the customer pays with, so that the provider's page asks. */
  static boolean isApprovedElsewhere(ChargeRequest request) {
    return request.method() instanceof PaymentMethod.OfType;
  }

  /** Whether nothing happens until the customer has been where it leads. */
  boolean isForTheCustomer() {
    return stage == Stage.OPENS;
  }

  /** What kind of operation it is. */
  OperationKind kind() {
    return completes() ? OperationKind.COMPLETE : OperationKind.CHARGE;
  }

  /** What was known of the payment before it. */
  PaymentFacts known() {
    return known;
  }

  private boolean completes() {
    return stage == Stage.APPROVED && bench.capabilities().contains(Capability.COMPLETION);
  }

  private String key() {
    return completes() ? request.idempotencyKey() + ".complete" : request.idempotencyKey();
  }

  /** Makes the call, by any instance of the gateway, and lets the customer do what it asks for. */
  Outcome by(PaymentGateway gateway) {
    return isForTheCustomer() ? bench.charge(gateway, request) : call(gateway);
  }

  /** Makes the call, by any instance of the gateway, and nothing else. */
  Outcome call(PaymentGateway gateway) {
    if (completes()) {
      CompleteRequest completion =
          new CompleteRequest(
              bench.trace(request, kind(), key(), known),
              key(),
              Expect.attempt(known).getKey(),
              request.capture());
      return Bench.told("complete", Bench.as(gateway, CompletesActions.class).complete(completion));
    }
    if (stage == Stage.APPROVED) {
      bench.settle();
      return seen(bench.lookup(gateway, request, known));
    }
    return Bench.told("charge", gateway.charge(request));
  }

  /**
   * What a lookup finds of it that says that the money was taken. A customer whose way to the
   * provider is found goes there, and does as scripted.
   */
  PaymentFacts found(PaymentGateway asked) {
    Snapshot snapshot = Expect.lookup(Lookup.Found.class, lookup(asked)).snapshot();
    boolean isOpen =
        snapshot.facts().attempts().values().stream()
            .anyMatch(attempt -> attempt.step().isAt(AttemptStep.ACTION_NEEDED));
    return isForTheCustomer() && isOpen
        ? after(bench, request, bench.scripted(request), snapshot).by(asked).snapshot().facts()
        : snapshot.facts();
  }

  /** What a lookup says of it, when its outcome is in doubt. */
  Lookup lookup(PaymentGateway asked) {
    return Bench.told("lookup", asked.lookup(bench.trace(request, kind(), key(), known)));
  }

  /** The same, of one that was last sent at this time. */
  Lookup lookup(PaymentGateway asked, Instant sent) {
    return lookup(asked, Bench.START, sent);
  }

  /** The same, of one that was begun and last sent at these times. */
  Lookup lookup(PaymentGateway asked, Instant begun, Instant sent) {
    Trace.InDoubt doubt = new Trace.InDoubt(kind(), key(), sent);
    return Bench.told(
        "lookup",
        asked.lookup(
            new Trace(Optional.of(request.reference()), begun, Optional.of(doubt), known)));
  }

  /** The provider went on by itself when the customer had approved; perhaps at a second try. */
  static Outcome seen(Lookup lookup) {
    Snapshot snapshot = Expect.lookup(Lookup.Found.class, lookup).snapshot();
    Collection<Attempt> attempts = snapshot.facts().attempts().values();
    if (attempts.stream().anyMatch(attempt -> attempt.step().isAt(AttemptStep.SUCCEEDED))) {
      return new Outcome.Succeeded(snapshot);
    }
    return attempts.stream()
        .filter(attempt -> attempt.step().isAt(AttemptStep.FAILED))
        .findFirst()
        .<Outcome>map(attempt -> new Outcome.Declined(snapshot, attempt.failure().orElseThrow()))
        .orElseGet(() -> new Outcome.Pending(snapshot));
  }
}
