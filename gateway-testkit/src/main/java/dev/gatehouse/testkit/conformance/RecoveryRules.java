package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.conformance.Network.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Limits of time, interrupts, and how well what is in doubt is found again. */
final class RecoveryRules {
  /** Whoever rounds to milliseconds may be that much off. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private RecoveryRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-DOUBT-15", Group.UNKNOWN_OUTCOME)
            .rule("A provider whose name leads to no address is NotSent.")
            .why("A resolver that is down for a minute would leave every payment to be looked up.")
            .remedy("Answer Outcome.NotSent for TransportException.NotSent, whatever its cause.")
            .by(RecoveryRules::noName),
        Rule.must("GW-DOUBT-16", Group.UNKNOWN_OUTCOME)
            .rule("All the requests of one call share its limit of time.")
            .why(
                "A call of six requests that may each take ten seconds holds the customer, and a"
                    + " thread of the shop, for a minute.")
            .remedy("Take environment.deadline() when a call begins, and send by it each time.")
            .by(RecoveryRules::deadline),
        Rule.must("GW-DOUBT-17", Group.UNKNOWN_OUTCOME)
            .rule(
                "An interrupt is kept; a call that it ends is Unknown once its request was sent, a"
                    + " lookup CannotTell.")
            .why("A server that is shut down interrupts payments whose money is being taken.")
            .remedy("Map TransportException by its type; never call Thread.interrupted().")
            .by(RecoveryRules::interrupted),
        Rule.must("GW-DOUBT-18", Group.UNKNOWN_OUTCOME)
            .rule(
                "A payment is found by our reference alone, if lists are declared, and by the"
                    + " provider's ids alone.")
            .why("After a crash there is a reference and no id; a webhook may bring just an id.")
            .remedy(
                "Look up by whatever the trace has, as its reference or its ids may be missing;"
                    + " compare references whole.")
            .by(RecoveryRules::everyRoute),
        Rule.must("GW-DOUBT-19", Group.UNKNOWN_OUTCOME)
            .rule(
                "That nothing is there is settled when the declared time since the send has passed,"
                    + " and not before.")
            .why("Too early, the customer pays twice; never, and the payment is never made.")
            .remedy(
                "Take the time before you ask; compare it with operation.lastSentAt() and the"
                    + " declared settle time, for complete(ATTEMPTS), too.")
            .by(RecoveryRules::settled),
        Rule.must("GW-DOUBT-20", Group.UNKNOWN_OUTCOME)
            .rule("A lookup by a list reads every page of it.")
            .why("On a busy day the charge in doubt is on the second page.")
            .remedy("Go on while the provider says that there is more, or answer CannotTell.")
            .by(RecoveryRules::everyPage),
        Rule.must("GW-DOUBT-21", Group.UNKNOWN_OUTCOME)
            .needs(Capability.CHANGES)
            .rule("The changes since a time have every payment that changed, on every page.")
            .why("Whoever was down for a day learns of all of it from this list alone.")
            .remedy("Read every page, or answer with an upTo that stops where you did.")
            .by(RecoveryRules::everyChange));
  }

  private static void noName(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    bench.network.strikeNext(Fault.NO_NAME);
    Expect.outcome(Outcome.NotSent.class, bench.charge(sale));
    if (Taking.isApprovedElsewhere(sale)) {
      Outcome struck = bench.struck(Fault.NO_NAME, bench.sale(Script.APPROVE));
      Expect.outcome(Outcome.NotSent.class, struck);
    }
  }

  private static void deadline(Bench bench) {
    bench.provider.listsInPagesOf(1);
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Taking taking = bench.taking(sale);
    PaymentFacts facts = PaymentFacts.none();
    for (int i = 0; i < 3; i++) {
      facts = bench.charge(bench.sale(Script.APPROVE)).snapshot().facts();
    }
    bench.network.drag();
    PaymentFacts known = facts;
    demandShared(bench, "charge", () -> taking.call(bench.another()));
    bench.settle();
    demandShared(bench, "lookup", () -> taking.lookup(bench.another()));
    demandShared(bench, "lookup", () -> bench.another().lookup(byIds(known)));
    if (bench.capabilities().contains(Capability.CHANGES)) {
      ListsChanges lists = Bench.as(bench.another(), ListsChanges.class);
      demandShared(bench, "changesSince", () -> lists.changesSince(Bench.START));
    }
  }

  /** What was left when a request was sent is what was left before, less what that one took. */
  private static void demandShared(Bench bench, String call, Runnable made) {
    int before = bench.network.legs().size();
    made.run();
    List<Network.Leg> legs = bench.network.legs();
    Duration left = Bench.TIME_LIMIT;
    for (Network.Leg leg : legs.subList(before, legs.size())) {
      Expect.that(
          leg.limit().compareTo(left.plus(ROUNDING)) <= 0,
          call + "() sent a request that might take " + leg.limit() + " with " + left + " left.");
      left = (leg.limit().compareTo(left) < 0 ? leg.limit() : left).minus(leg.took());
    }
  }

  private static void interrupted(Bench bench) {
    Taking early = bench.taking(bench.sale(Script.APPROVE));
    bench.network.interruptNext(Interruption.BEFORE);
    Outcome unsent = keeping(bench, "A charge", () -> early.by(bench.gateway()));
    Expect.that(
        unsent instanceof Outcome.NotSent || unsent instanceof Outcome.Unknown,
        "A charge that was interrupted before it was sent was answered with "
            + Words.of(unsent)
            + ".");
    Taking late = bench.taking(bench.sale(Script.APPROVE));
    bench.network.interruptNext(Interruption.AFTER);
    Expect.outcome(
        Outcome.Unknown.class, keeping(bench, "A charge", () -> late.by(bench.gateway())));
    MoveDoubtRules.declared(bench)
        .forEach(
            (what, call) -> {
              bench.network.interruptNext(Interruption.AFTER);
              Expect.outcome(Outcome.Unknown.class, keeping(bench, what, call));
            });
    bench.settle();
    bench.network.interruptAny(Interruption.AFTER);
    if (bench.description().recoveryOf(late.kind()).lookup().isPresent()) {
      Expect.lookup(
          Lookup.CannotTell.class, keeping(bench, "A lookup", () -> late.lookup(bench.gateway())));
    }
  }

  /** The interrupt is taken back here, so that it ends neither this check nor what comes after. */
  private static <T> T keeping(Bench bench, String what, Supplier<T> call) {
    boolean kept;
    T answer;
    try {
      answer = call.get();
    } finally {
      kept = Thread.interrupted();
    }
    if (bench.network.isInterruptLeft()) {
      throw new NotVerifiable("the gateway sends no request that could be interrupted");
    }
    Expect.that(kept, what + " that was interrupted swallowed the interrupt.");
    return answer;
  }

  private static void everyRoute(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(sale)).snapshot().facts();
    PaymentFacts others = bench.charge(namedAlike(bench, sale)).snapshot().facts();
    bench.settle();
    if (isListed(bench)) {
      Lookup lookup = bench.lookup(bench.another(), sale, PaymentFacts.none());
      Expect.that(
          !(lookup instanceof Lookup.Found found)
              || Collections.disjoint(
                  found.snapshot().facts().attempts().keySet(), others.attempts().keySet()),
          "It shows a charge of another payment, whose reference begins with ours.");
      demandFound("our reference", lookup);
    }
    Trace byIds = byIds(facts);
    demandFound("the provider's ids", Bench.told("lookup", bench.another().lookup(byIds)));
  }

  /** A sale of another payment, whose reference begins with that of this one. */
  private static ChargeRequest namedAlike(Bench bench, ChargeRequest sale) {
    return of(sale.reference() + "0", bench.sale(Script.APPROVE));
  }

  /** A charge of the payment with this reference, like another. */
  private static ChargeRequest of(String reference, ChargeRequest like) {
    return new ChargeRequest(
        reference,
        like.idempotencyKey(),
        like.amount(),
        like.capture(),
        like.method(),
        like.storeMethod(),
        like.initiator(),
        like.description(),
        like.returnUrl(),
        like.customer());
  }

  private static void demandFound(String by, Lookup lookup) {
    Expect.that(
        lookup instanceof Lookup.Found,
        "By " + by + " alone, the lookup said " + Words.of(lookup) + " of a charge that was made.");
    PaymentFacts facts = ((Lookup.Found) lookup).snapshot().facts();
    Expect.equal(
        "How many captures a lookup by " + by + " alone shows",
        1,
        Expect.done(facts, MovementKind.CAPTURE).size());
  }

  /** As somebody asks who had a notice and knows the payment by no more than that. */
  static Trace byIds(PaymentFacts facts) {
    Snapshot.Builder ids = Snapshot.builder();
    for (ProviderId id : facts.providerIds()) {
      ids.providerId(id.kind(), id.id());
    }
    PaymentFacts known = facts.providerIds().isEmpty() ? facts : ids.build().facts();
    return new Trace(Optional.empty(), Bench.START, Optional.empty(), known);
  }

  private static boolean isListed(Bench bench) {
    return bench
        .description()
        .recoveryOf(OperationKind.CHARGE)
        .lookup()
        .filter(lookup -> lookup.route() == Recovery.Route.LISTING)
        .isPresent();
  }

  private static void settled(Bench bench) {
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    Optional<Recovery.ByLookup> declared = bench.description().recoveryOf(taking.kind()).lookup();
    if (declared.isEmpty()) {
      throw Lack.of("a lookup of charges");
    }
    Duration settles = declared.get().settles();
    Instant sent = bench.clock.instant();
    bench.network.strikeNext(Fault.FAILS_BEFORE);
    taking.by(bench.gateway());
    demandSettled(bench, taking, sent, sent, settles.isZero());
    bench.network.take(MOMENT.multipliedBy(2));
    demandSettled(bench, taking, sent, sent.plus(settles).minus(MOMENT), settles.isZero());
    bench.network.take(Duration.ZERO);
    demandSettled(bench, taking, sent, sent.plus(settles).plus(MOMENT), true);
    if (!settles.isZero() && taking.kind() == OperationKind.CHARGE) {
      try (Bench fresh = bench.fresh()) {
        demandOpenUntilSettled(fresh, settles);
      }
    }
  }

  /** One charge of a payment was declined, and the next one is in doubt. */
  private static void demandOpenUntilSettled(Bench bench, Duration settles) {
    if (bench.target.paying(Script.DECLINE_FUNDS).isEmpty()) {
      return;
    }
    ChargeRequest declined = bench.sale(Script.DECLINE_FUNDS);
    bench.charge(declined);
    bench.clock.advance(settles.plus(MOMENT));
    ChargeRequest next = of(declined.reference(), bench.sale(Script.APPROVE));
    bench.network.strikeNext(Fault.FAILS_BEFORE);
    Bench.told("charge", bench.gateway().charge(next));
    Lookup lookup = bench.lookup(bench.another(), next, PaymentFacts.none());
    Expect.that(
        !(lookup instanceof Lookup.Found found)
            || !found.snapshot().complete().contains(FactList.ATTEMPTS),
        "Right after a charge was sent, a lookup says that there are no others than it shows.");
  }

  private static void demandSettled(
      Bench bench, Taking taking, Instant sent, Instant now, boolean wanted) {
    if (now.isAfter(bench.clock.instant())) {
      bench.clock.set(now);
    }
    Instant asked = bench.clock.instant();
    Lookup lookup = taking.lookup(bench.another(), sent);
    if (lookup instanceof Lookup.Found && !taking.known().isEmpty()) {
      // It is known by an id, and there; whether that is settled is not asked.
      return;
    }
    Expect.equal(
        "Whether it is settled that nothing is there, "
            + Duration.between(sent, asked)
            + " after the send,",
        wanted,
        Expect.lookup(Lookup.AbsentAsOf.class, lookup).settled());
    Expect.that(
        !((Lookup.AbsentAsOf) lookup).asOf().isAfter(asked),
        "Its time is later than that at which it was asked.");
  }

  private static void everyPage(Bench bench) {
    if (!isListed(bench)) {
      // Nothing of it is found by a list.
      return;
    }
    int many = bench.provider.listsInPagesOf(5) ? 6 : 60;
    ChargeRequest sale = bench.sale(Script.APPROVE);
    others(bench, sale, many);
    Taking taking = Taking.direct(bench, sale);
    bench.network.strikeNext(Fault.LOST_ANSWER);
    taking.by(bench.gateway());
    others(bench, sale, many);
    bench.settle();
    PaymentFacts facts =
        Expect.lookup(Lookup.Found.class, taking.lookup(bench.another())).snapshot().facts();
    Expect.equal(
        "How many attempts a lookup shows of a payment that was tried " + (2 * many + 1) + " times",
        2 * many + 1,
        facts.attempts().size());
  }

  /** Charges of others, and declined ones of the same payment: whatever is listed is on pages. */
  private static void others(Bench bench, ChargeRequest sale, int many) {
    for (int i = 0; i < many; i++) {
      bench.charge(bench.sale(Script.APPROVE));
      bench.gateway().charge(of(sale.reference(), bench.sale(Script.DECLINE_FUNDS)));
    }
  }

  private static void everyChange(Bench bench) {
    int many = bench.provider.listsInPagesOf(5) ? 12 : 120;
    Changed changed = new Changed();
    PaymentGateway gateway = bench.gateway();
    for (int i = 0; i < many; i++) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      changed.add(sale, bench.charge(gateway, sale).snapshot().facts());
      // There are lists whose pages begin with a second.
      bench.clock.advance(MOMENT);
    }
    bench.clock.advance(Duration.ofHours(1));
    changed.demandAll(Bench.as(gateway, ListsChanges.class));
  }
}
