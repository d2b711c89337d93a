package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.emulator.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.joda.money.Money;

/** One key, one effect. */
final class IdempotencyRules {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private IdempotencyRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-IDEM-01", Group.IDEMPOTENCY)
            .rule("The same request again makes no second charge, and has the same result.")
            .why(
                "After a time-out the framework sends again. Without this, the customer pays"
                    + " twice.")
            .remedy("Send request.idempotencyKey() where the provider looks for it, unchanged.")
            .by(bench -> again(bench, false)),
        Rule.must("GW-IDEM-02", Group.IDEMPOTENCY)
            .rule("So it is after a restart, from a fresh instance, for as long as is declared.")
            .why("Recovery happens in another process than the one that died.")
            .remedy(
                "Keep nothing in the gateway that a key depends on; do not make keys up; declare"
                    + " no longer than the provider keeps them.")
            .by(IdempotencyRules::afterARestart),
        Rule.must("GW-IDEM-03", Group.IDEMPOTENCY)
            .rule(
                "Every request that may change something carries a key, and the same one when it"
                    + " is sent again: charges, captures, voids, refunds and completions.")
            .why("One step of several without a key is enough to be done twice.")
            .remedy(
                "Derive the key of each step from request.idempotencyKey(), such as by a"
                    + " suffix of the step.")
            .by(IdempotencyRules::keys),
        Rule.must("GW-IDEM-04", Group.IDEMPOTENCY)
            .rule("The gateway does not send again by itself.")
            .why(
                "A retry that the framework knows nothing of happens after it has decided that"
                    + " nothing was sent.")
            .remedy(
                "Switch off the SDK's retries. Answer Unknown; the framework looks up and sends"
                    + " again.")
            .by(IdempotencyRules::noBlindRetry),
        Rule.must("GW-IDEM-05", Group.IDEMPOTENCY)
            .rule(
                "The same key with another amount takes nothing, is not said to have, and is no"
                    + " decline.")
            .why("Two orders under one key by mistake are one charge that two are shipped for.")
            .remedy(
                "Send the key as it is, without the amount in it; show what the provider"
                    + " answers, or map its conflict to NotSent.")
            .by(IdempotencyRules::otherAmount),
        Rule.must("GW-IDEM-06", Group.IDEMPOTENCY)
            .rule(
                "Sent again after the answer was lost, a charge, a capture and a refund have one"
                    + " effect, and tell it.")
            .why("This is the moment that keys are for; a new key now is a second charge.")
            .remedy("Take the key from the request each time, whatever became of the last send.")
            .by(IdempotencyRules::afterALostAnswer));
  }

  private static void afterARestart(Bench bench) {
    again(bench, true);
    try (Bench fresh = bench.fresh()) {
      Optional<Duration> kept = fresh.description().recoveryOf(OperationKind.CHARGE).replay();
      // Where customers act first, what they did has ended long before.
      if (kept.isPresent() && !Taking.isApprovedElsewhere(fresh.sale(Script.APPROVE))) {
        ChargeRequest sale = fresh.sale(Script.APPROVE);
        fresh.charge(sale);
        fresh.clock.advance(kept.get().minus(MARGIN));
        fresh.charge(fresh.another(), sale);
        Expect.equal(
            "The charges in the provider's books of one that was sent again after " + kept.get(),
            1,
            fresh.ledger().charges().size());
      }
    }
  }

  private static void again(Bench bench, boolean restarted) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Outcome first = bench.charge(sale);
    Outcome second = bench.charge(restarted ? bench.another() : bench.gateway(), sale);
    Expect.outcome(Outcome.Succeeded.class, second);
    Expect.equal("The charges in the provider's books", 1, bench.ledger().charges().size());
    Expect.equal(
        "The attempt of the second answer",
        first.snapshot().facts().attempts().keySet(),
        second.snapshot().facts().attempts().keySet());
  }

  private static void keys(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    sameKeys(bench, Taking.direct(bench, sale));
    if (Taking.isApprovedElsewhere(sale)) {
      sameKeys(bench, bench.taking(sale));
    }
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.CAPTURE)) {
      HoldRules.Held held = HoldRules.hold(bench);
      sameKeys(bench, "capture", HoldRules.capturing(bench, held, bench.ten(), true));
      otherKeys(bench, "capture", HoldRules.capturing(bench, held, bench.ten(), true));
    }
    if (declared.contains(Capability.VOID)) {
      HoldRules.Held held = HoldRules.hold(bench);
      sameKeys(bench, "void", HoldRules.releasing(bench, held));
      otherKeys(bench, "void", HoldRules.releasing(bench, held));
    }
    if (declared.contains(Capability.REFUND)) {
      RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
      String key = bench.newKey();
      sameKeys(bench, "refund", () -> RefundRules.refund(bench, sold, key, bench.ten()));
      String next = bench.newKey();
      otherKeys(bench, "refund", () -> RefundRules.refund(bench, sold, next, bench.ten()));
    }
    if (declared.contains(Capability.COMPLETION)
        && bench.target.paying(Script.ACTION).isPresent()) {
      Taking completing = CustomerActionRules.approvedTaking(bench);
      sameKeys(bench, "completion", () -> completing.by(bench.gateway()));
    }
  }

  private static void sameKeys(Bench bench, Taking taking) {
    sameKeys(bench, "charge", () -> taking.by(bench.gateway()));
  }

  private static void sameKeys(Bench bench, String what, Supplier<Outcome> sending) {
    List<String> first = keysOf(bench, sending);
    List<String> second = keysOf(bench, sending);
    Expect.equal("The keys of the second send of a " + what, first, second);
    bench.restart();
    List<String> third = keysOf(bench, sending);
    Expect.equal("The keys of a " + what + " that is sent again after a restart", first, third);
  }

  /** What is another operation is not taken for the one before, by its key. */
  private static void otherKeys(Bench bench, String what, Supplier<Outcome> sending) {
    List<String> before = keysOf(bench, bench.network.acting());
    Expect.that(
        keysOf(bench, sending).stream().noneMatch(before::contains),
        "Another " + what + " has the key of one before.");
  }

  private static List<String> keysOf(Bench bench, Supplier<Outcome> sending) {
    int before = bench.network.acting().size();
    sending.get();
    List<HttpRequest> acting = bench.network.acting();
    return keysOf(bench, acting.subList(before, acting.size()));
  }

  private static List<String> keysOf(Bench bench, List<HttpRequest> requests) {
    return requests.stream()
        .map(
            request ->
                bench
                    .provider
                    .key(request)
                    .orElseThrow(
                        () ->
                            new AssertionError(
                                request.method()
                                    + " "
                                    + request.uri().getPath()
                                    + " may change something and carries no key.")))
        .toList();
  }

  private static void noBlindRetry(Bench bench) {
    for (Fault fault : List.of(Fault.LOST_ANSWER, Fault.FAILS_BEFORE, Fault.UNAVAILABLE)) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      Taking taking = bench.taking(sale);
      int before = bench.network.acting().size();
      bench.network.strikeNext(fault);
      taking.by(bench.gateway());
      Expect.equal(
          "How often the charge was sent that met " + fault,
          1,
          bench.network.acting().size() - before);
    }
  }

  /**
   * No bank has declined it; a provider may answer with what it did the first time, and that has to
   * be what is shown.
   */
  private static void otherAmount(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.PARTIAL_REFUND)) {
      otherPart(bench);
    }
    Outcome first = Expect.outcome(Outcome.Succeeded.class, bench.charge(sale));
    ChargeRequest other = bench.sale(Script.APPROVE, bench.money(11));
    ChargeRequest same =
        new ChargeRequest(
            other.reference(),
            sale.idempotencyKey(),
            other.amount(),
            other.capture(),
            other.method(),
            other.storeMethod(),
            other.initiator(),
            other.description(),
            other.returnUrl(),
            other.customer());
    Outcome second = Bench.told("charge", bench.gateway().charge(same));
    Expect.equal("What the provider has taken", sale.amount(), bench.theCharge().captured());
    demandConflict(second);
    if (second instanceof Outcome.Succeeded || second instanceof Outcome.Pending) {
      Expect.equal(
          "What the second answer shows as moved",
          first.snapshot().facts().movements().keySet(),
          second.snapshot().facts().movements().keySet());
      second
          .snapshot()
          .facts()
          .movements()
          .values()
          .forEach(
              movement ->
                  Expect.equal(
                      "The amount that the second answer shows",
                      sale.amount(),
                      movement.amount().value().orElse(null)));
    }
  }

  /** No bank has declined it, and what was asked for is not what was done before. */
  private static void demandConflict(Outcome outcome) {
    Expect.that(
        !(outcome instanceof Outcome.Declined)
            && !(outcome instanceof Outcome.NotSent notSent
                && notSent.failure().category() == ErrorCategory.DUPLICATE),
        "The same key with another amount was answered with " + Words.of(outcome) + ".");
  }

  private static void otherPart(Bench like) {
    try (Bench bench = like.fresh()) {
      RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
      String key = bench.newKey();
      RefundRules.refund(bench, sold, key, bench.money(3));
      demandConflict(RefundRules.refund(bench, sold, key, bench.money(4)));
      Expect.equal(
          "What the provider has given back", bench.money(3), bench.theCharge().refunded());
    }
  }

  private static void afterALostAnswer(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Taking taking = bench.taking(sale);
    lostAndSentAgain(bench, () -> taking.by(bench.gateway()));
    Ledger.Charge sold = theOne(bench, sale);
    Expect.equal("What the provider has taken", sale.amount(), sold.captured());
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.CAPTURE)) {
      HoldRules.Held held = HoldRules.hold(bench);
      lostAndSentAgain(bench, HoldRules.capturing(bench, held, bench.ten(), true));
      Ledger.Charge taken = theOne(bench, held.request());
      Expect.equal("What the provider has captured", bench.ten(), taken.captured());
    }
    if (declared.contains(Capability.REFUND)) {
      RefundRules.Sold back = RefundRules.sell(bench, Script.APPROVE);
      boolean parts = declared.contains(Capability.PARTIAL_REFUND);
      Money amount = parts ? bench.money(3) : bench.ten();
      String key = bench.newKey();
      lostAndSentAgain(bench, () -> RefundRules.refund(bench, back, key, amount));
      Ledger.Charge refunded = theOne(bench, back.request());
      Expect.equal("What the provider has given back", amount, refunded.refunded());
    }
  }

  private static void lostAndSentAgain(Bench bench, Supplier<Outcome> sending) {
    bench.network.strikeNext(Fault.LOST_ANSWER);
    Expect.outcome(Outcome.Unknown.class, sending.get());
    Expect.outcome(Outcome.Succeeded.class, sending.get());
  }

  private static Ledger.Charge theOne(Bench bench, ChargeRequest request) {
    List<Ledger.Charge> charges = bench.ledger().chargesOf(request.reference());
    Expect.equal("The charges of one reference in the provider's books", 1, charges.size());
    return charges.get(0);
  }
}
