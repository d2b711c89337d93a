package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Methods that are kept with one charge, for charges without the customer. */
final class StoredMethodRules {
  static final String FORM = "[A-Za-z0-9._:/+=|~-]{1,255}";

  private StoredMethodRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-STORE-01", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule(
                "A charge or a hold that is to store its method says under which id, in a lookup, too.")
            .why("Without the id, the next month's charge can't be made.")
            .remedy(
                "Ask the provider to store where request.storeMethod() says so; show its id of the"
                    + " method with Attempt.storing().")
            .by(StoredMethodRules::stored),
        Rule.must("GW-STORE-02", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule("A charge that is not to store its method stores nothing.")
            .why("Keeping a card without consent breaks the law and the networks' rules.")
            .remedy("Ask the provider to store only where request.storeMethod() says so.")
            .by(StoredMethodRules::notStored),
        Rule.must("GW-STORE-03", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule(
                "A stored method is charged without the customer, by any instance: one charge of"
                    + " its amount under its reference.")
            .why("Subscriptions are renewed at night, by a process that knows only the id.")
            .remedy("Send the stored id and that the merchant starts it; ask for no action.")
            .by(StoredMethodRules::charged),
        Rule.must("GW-STORE-04", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule(
                "A stored method that the customer has revoked is declined, and nothing is taken.")
            .why("A renewal in doubt is looked up for hours, and then the service goes on unpaid.")
            .remedy("Map the provider's refusal of a revoked method to Declined or NotSent.")
            .by(StoredMethodRules::revoked),
        Rule.must("GW-STORE-05", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule(
                "A stored method that the provider does not know is refused, and nothing is taken.")
            .why("Methods are deleted at the console, and shops change accounts.")
            .remedy("Map the provider's refusal to Declined or NotSent; never to Unknown.")
            .by(StoredMethodRules::unknown),
        Rule.must("GW-STORE-06", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule("A charge by the merchant is told as one, and not as the customer's own.")
            .why("Networks decline, or fine, renewals that claim that the customer was there.")
            .remedy("Send what the provider calls merchant-initiated for Initiator.MERCHANT.")
            .by(StoredMethodRules::initiator),
        Rule.must("GW-STORE-07", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule("A stored card that has expired is declined as expired, and nothing is taken.")
            .why("Only who knows that it has expired asks the customer for a new one.")
            .remedy("Map the provider's code to DeclineCode.EXPIRED_CARD.")
            .by(StoredMethodRules::expired));
  }

  private static PaymentFacts storing(Bench bench, ChargeRequest sale) {
    return Expect.outcome(Outcome.Succeeded.class, bench.charge(sale)).snapshot().facts();
  }

  private static ChargeRequest storingSale(Bench bench) {
    return bench.sale(Script.APPROVE).storingMethod().by(Bench.CUSTOMER);
  }

  static Optional<String> idIn(PaymentFacts facts) {
    return facts.attempts().values().stream()
        .flatMap(attempt -> attempt.storedMethod().values().stream())
        .findFirst();
  }

  /**
   * A stored method.
   *
   * @param owner the provider's id of the customer that it is stored for, if it was told
   * @param account the provider's account that it is stored in, if it was told
   */
  record Kept(String id, Optional<String> owner, Optional<String> account) {
    /** One beside it that nobody knows. */
    Kept unknown() {
      return new Kept(id + "x", owner, account);
    }
  }

  static Kept store(Bench bench) {
    return keptIn(storing(bench, storingSale(bench)));
  }

  /** What these facts show to be stored, which has to be something. */
  static Kept keptIn(PaymentFacts facts) {
    String id =
        idIn(facts)
            .orElseThrow(
                () ->
                    new AssertionError("The snapshot shows no id of the method that was stored."));
    Credential shown = facts.credentials().getOrDefault(id, Credential.stored());
    return new Kept(id, shown.owner().value(), shown.account().value());
  }

  private static void stored(Bench bench) {
    ChargeRequest sale = storingSale(bench);
    demandStored(bench, sale);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.AUTHORIZE)) {
      demandStored(bench, storingSale(bench).holdOnly());
    }
  }

  private static void demandStored(Bench bench, ChargeRequest sale) {
    PaymentFacts told = storing(bench, sale);
    String id = idIn(told).orElse("");
    Expect.that(
        id.matches(FORM),
        "The id of the stored method is '" + id + "', which is not " + FORM + ".");
    bench.settle();
    Expect.equal(
        "The id that a lookup shows",
        Optional.of(id),
        idIn(bench.found(bench.another(), sale, told)));
  }

  private static void notStored(Bench bench) {
    PaymentFacts facts = storing(bench, bench.sale(Script.APPROVE));
    Expect.equal("The method that was stored", Optional.empty(), idIn(facts));
  }

  /** A renewal: another payment, with the customer away. */
  static ChargeRequest renewal(Bench bench, Kept stored) {
    return renewal(bench, stored, false);
  }

  static ChargeRequest renewal(Bench bench, Kept stored, boolean present) {
    ChargeRequest sale = bench.sale(Script.APPROVE, bench.money(7));
    return new ChargeRequest(
        sale.reference(),
        sale.idempotencyKey(),
        sale.amount(),
        sale.capture(),
        new PaymentMethod.Stored(sale.method().type(), stored.id()),
        false,
        present ? Initiator.CUSTOMER : Initiator.MERCHANT,
        sale.description(),
        present ? sale.returnUrl() : Optional.empty(),
        Bench.CUSTOMER.knownAs(stored.owner()));
  }

  private static void charged(Bench bench) {
    ChargeRequest renewal = renewal(bench, store(bench));
    Expect.outcome(Outcome.Succeeded.class, Bench.told("charge", bench.another().charge(renewal)));
    List<Ledger.Charge> charges = bench.ledger().chargesOf(renewal.reference());
    Expect.equal("The charges under the renewal's reference", 1, charges.size());
    Expect.equal("What the provider has taken", renewal.amount(), charges.get(0).captured());
  }

  private static void revoked(Bench bench) {
    Kept kept = store(bench);
    bench.happens(Happening.METHOD_REVOKED, kept.id());
    Outcome outcome =
        demandRefused(bench, renewal(bench, kept), "a method that the customer has revoked");
    Expect.that(
        !(outcome instanceof Outcome.Declined declined) || !declined.decline().isRetryable(),
        "The decline of a method that the customer has revoked may be tried again.");
  }

  private static void unknown(Bench bench) {
    Kept unknown = store(bench).unknown();
    demandRefused(bench, renewal(bench, unknown), "a method that nobody knows");
  }

  static Outcome demandRefused(Bench bench, ChargeRequest renewal, String what) {
    Outcome outcome = bench.charge(renewal);
    Expect.that(
        outcome instanceof Outcome.Declined || outcome instanceof Outcome.NotSent,
        "A charge of " + what + " was answered with " + Words.of(outcome) + ".");
    demandNothingTaken(bench, renewal, what);
    return outcome;
  }

  static void demandNothingTaken(Bench bench, ChargeRequest renewal, String what) {
    Expect.that(
        bench.ledger().chargesOf(renewal.reference()).stream()
            .allMatch(charge -> charge.captured().isZero()),
        "The provider has taken money by " + what + ".");
  }

  /** Told somehow: what the two requests have, apart from who starts them, is the same. */
  private static void initiator(Bench bench) {
    Expect.that(
        !requestBy(bench, true).equals(requestBy(bench, false)),
        "The merchant's charge of a stored method is the same request as the customer's.");
  }

  private static String requestBy(Bench like, boolean merchant) {
    try (Bench bench = like.fresh()) {
      ChargeRequest renewal = renewal(bench, store(bench), !merchant);
      int before = bench.network.acting().size();
      bench.gateway().charge(renewal);
      List<HttpRequest> sent = bench.network.acting();
      Expect.that(sent.size() > before, "A charge of a stored method sent nothing.");
      HttpRequest last = sent.get(sent.size() - 1);
      return last.uri() + " " + new String(last.body(), StandardCharsets.UTF_8);
    }
  }

  private static void expired(Bench bench) {
    Kept kept = store(bench);
    if (!bench.provider.methodExpires(kept.id())) {
      throw new NotVerifiable("no stored method expires at the target's provider");
    }
    ChargeRequest renewal = renewal(bench, kept);
    Outcome.Declined declined = Expect.outcome(Outcome.Declined.class, bench.charge(renewal));
    Expect.equal("The decline's code", DeclineCode.EXPIRED_CARD, declined.decline().code());
    demandNothingTaken(bench, renewal, "a card that has expired");
  }
}
