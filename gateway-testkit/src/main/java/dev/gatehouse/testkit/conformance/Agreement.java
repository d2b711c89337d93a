package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an answer and a lookup say of the same charge, in which they have to agree. */
final class Agreement {
  private static final List<Script> SCRIPTS =
      List.of(
          Script.APPROVE,
          Script.DECLINE_FUNDS,
          Script.DECLINE_UNKNOWN,
          Script.ACTION,
          Script.PENDING,
          Script.UNKNOWN_STATUS);

  private Agreement() {}

  /** That it is so whatever becomes of a sale; what the target can't script is left out. */
  static void demandAlways(Bench like) {
    demand(like, Script.APPROVE);
    for (Script script : SCRIPTS.subList(1, SCRIPTS.size())) {
      if (like.target.paying(script).isPresent() && isOffered(like, script)) {
        demand(like, script);
      }
    }
  }

  private static boolean isOffered(Bench like, Script script) {
    return script != Script.ACTION
        || capabilities(like, like.sale(script)).contains(Capability.CUSTOMER_ACTION);
  }

  private static Set<Capability> capabilities(Bench bench, ChargeRequest request) {
    return bench.description().capabilitiesOf(request.method().type());
  }

  private static void demand(Bench like, Script script) {
    try (Bench bench = like.fresh()) {
      ChargeRequest sale = bench.sale(script);
      MethodSpec spec = bench.description().methods().get(sale.method().type());
      if (script == Script.ACTION && spec != null) {
        sale = sale.returningTo(Bench.RETURN_URL);
      }
      PaymentFacts told = bench.charge(sale).snapshot().facts();
      if (told.attempts().isEmpty()) {
        // The answer showed nothing that a lookup could go by, or contradict.
        return;
      }
      List<Ledger.Charge> before = bench.ledger().charges();
      bench.settle();
      PaymentFacts seen = bench.found(bench.gateway(), sale, told);
      demandNoConflict(script, told, seen);
      if (before.equals(bench.ledger().charges())) {
        demandSame(script, told, seen);
      }
    }
  }

  private static void demandNoConflict(Script script, PaymentFacts told, PaymentFacts seen) {
    String of = " of a charge that goes as " + script;
    Expect.equal(
        "What answer and lookup" + of + " contradict each other in",
        List.of(),
        Conflict.in(told.join(seen)));
    Expect.equal(
        "The captures that a lookup shows" + of,
        told.movements().keySet(),
        seen.movements().keySet());
  }

  private static void demandSame(Script script, PaymentFacts told, PaymentFacts seen) {
    String of = " of a charge that goes as " + script;
    demandKept("reference", of, told.reference().value(), seen.reference().value());
    demandKept("mode", of, told.mode().value(), seen.mode().value());
    demandKept("currency", of, told.currency().value(), seen.currency().value());
    told.attempts()
        .forEach(
            (id, attempt) -> {
              Attempt again = seen.attempts().get(id);
              if (again == null) {
                throw new AssertionError("A lookup lacks the attempt " + id + of + ".");
              }
              demandSame(of, attempt, again);
            });
  }

  private static void demandSame(String of, Attempt told, Attempt seen) {
    Expect.equal("The attempt's step in a lookup" + of, told.step(), seen.step());
    demandKept("attempt's amount", of, told.amount().value(), seen.amount().value());
    demandKept("decline", of, code(told), code(seen));
    demandKept("customer's action", of, told.action().value(), seen.action().value());
  }

  /** A decline in the provider's own word, which is what tells two of them apart. */
  private static Optional<String> code(Attempt attempt) {
    return attempt.failure().map(decline -> decline.code() + " " + decline.rawCode());
  }

  /** A lookup may tell more than the answer did, and not less. */
  private static <T> void demandKept(String what, String of, Optional<T> told, Optional<T> seen) {
    if (told.isPresent()) {
      Expect.equal("The " + what + " that a lookup shows" + of, told, seen);
    }
  }
}
