package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What is refused before it is sent, and that nothing more is. The refusing is the framework's, so
 * these checks have it stand before the gateway; what they find is a description that says too
 * much, and a gateway that shortens what it is given.
 */
final class ValidationRules {
  /** No request of ours has a longer one. */
  private static final int LONGEST_DESCRIPTION = 1024;

  private static final String WORDS = "Zq5Kv 1, with best thanks ";

  private static final int LONGEST_REFERENCE = 64;
  private static final int LONGEST_KEY = 100;

  /** What {@link Taking} puts behind the key of a charge to complete it. */
  private static final int ROOM = 10;

  private ValidationRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-VALID-01", Group.VALIDATION)
            .rule(
                "From opening on until a malformed or undeclared charge is refused, not one"
                    + " request is sent.")
            .why("What is certain to be wrong must not depend on whether a provider notices it.")
            .remedy("Declare what the provider takes and no more; send nothing in open().")
            .by(ValidationRules::refusedUnsent),
        Rule.must("GW-VALID-02", Group.VALIDATION)
            .rule(
                "A description as long as is declared is taken whole; one that is longer is refused,"
                    + " and not sent.")
            .why("A charge that fails for the length of its words fails while a customer waits.")
            .remedy("Declare the provider's own limit as descriptionLimit(), or cut the words.")
            .by(ValidationRules::descriptions),
        Rule.must("GW-VALID-03", Group.VALIDATION)
            .rule("A reference of 64 characters reaches the provider whole.")
            .why("A reference that was cut finds another payment, or none.")
            .remedy(
                "Send it where the provider takes 64 characters of A-Z, a-z, 0-9, '.', '_', '-'.")
            .by(ValidationRules::references),
        Rule.must("GW-VALID-04", Group.VALIDATION)
            .rule(
                "Keys of full length that differ in the last character, be it in its case, are as"
                    + " many charges.")
            .why("A key that was cut makes one charge of two, and one of the orders is not paid.")
            .remedy("Send the key as it is; where the provider takes less, send a digest of it.")
            .by(ValidationRules::keys));
  }

  private static void refusedUnsent(Bench bench) {
    try (Gateways gateways = Framework.open(bench)) {
      GatewayHandle handle = gateways.gateway(Framework.MAIN);
      wrong(bench).forEach((what, request) -> demandRefused(handle, what, request));
    }
    Expect.equal("The requests that were sent", 0, bench.network.sent().size());
    Expect.equal("The charges in the provider's books", 0, bench.ledger().charges().size());
  }

  /** Charges that are wrong in one way each. */
  private static Map<String, ChargeRequest> wrong(Bench bench) {
    ChargeRequest good = bench.sale(Script.APPROVE);
    Money ten = good.amount();
    Map<String, ChargeRequest> wrong = new LinkedHashMap<>();
    wrong.put("no amount", of(good, good.idempotencyKey(), ValidationRules.<Money>none()));
    wrong.put("an amount of zero", of(good, good.idempotencyKey(), ten.minus(ten)));
    wrong.put("a negative amount", of(good, good.idempotencyKey(), ten.negated()));
    wrong.put("no key", of(good, "", ten));
    wrong.put("a key that is too long", of(good, "k".repeat(LONGEST_KEY + 1), ten));
    wrong.put("a return address of plain http", returning(good, "http://shop.example/back"));
    wrong.put("a return address that is a script", returning(good, "javascript:alert(1)"));
    wrong.put("two lines of description", good.describedAs("Order\n1"));
    wrong.put(
        "a payment method that nobody declares",
        ChargeRequest.sale(
            good.reference(), good.idempotencyKey(), ten, new PaymentMethod.OfType("no_such")));
    undeclared(bench)
        .ifPresent(
            currency ->
                wrong.put(
                    "a currency that is not declared",
                    of(good, good.idempotencyKey(), Money.ofMajor(currency, 10))));
    return wrong;
  }

  private static Optional<CurrencyUnit> undeclared(Bench bench) {
    return CurrencyUnit.registeredCurrencies().stream()
        .filter(currency -> !bench.description().currencies().supports(currency))
        .findFirst();
  }

  private static void demandRefused(GatewayHandle handle, String what, ChargeRequest request) {
    try {
      Outcome outcome = handle.charge(demandedBefore(handle, request));
      Expect.that(
          outcome instanceof Outcome.NotSent notSent
              && notSent.failure().category() == ErrorCategory.VALIDATION,
          "A charge with " + what + " was answered with " + Words.of(outcome) + ".");
    } catch (InvalidInputException | UnsupportedCapabilityException refused) {
      // As good as an answer: it is typed.
    }
  }

  /** The engine asks this before it makes a request whose parts are all there. */
  private static ChargeRequest demandedBefore(GatewayHandle handle, ChargeRequest request) {
    if (request.amount() != null) {
      handle.demandCan(request);
    }
    return request;
  }

  private static ChargeRequest returning(ChargeRequest good, String address) {
    return good.returningTo(URI.create(address));
  }

  /** What the types forbid and callers do all the same. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  private static ChargeRequest of(ChargeRequest one, String key, Money amount) {
    return of(one, one.reference(), key, amount);
  }

  private static ChargeRequest of(ChargeRequest one, String reference, String key, Money amount) {
    return new ChargeRequest(
        reference,
        key,
        amount,
        one.capture(),
        one.method(),
        one.storeMethod(),
        one.initiator(),
        one.description(),
        one.returnUrl(),
        one.customer());
  }

  private static void descriptions(Bench bench) {
    int longest = Math.min(bench.description().descriptionLimit(), LONGEST_DESCRIPTION);
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Outcome outcome = bench.charge(longest == 0 ? sale : sale.describedAs(words(longest)));
    Expect.that(
        outcome instanceof Outcome.Succeeded,
        "A description of "
            + longest
            + " characters, as is declared, was answered with "
            + Words.of(outcome)
            + ".");
    demandWhole(bench);
    int before = bench.network.sent().size();
    try (Gateways gateways = Framework.open(bench)) {
      demandRefused(
          gateways.gateway(Framework.MAIN),
          "a description of " + (longest + 1) + " characters",
          bench.sale(Script.APPROVE).describedAs(words(longest + 1)));
    }
    Expect.equal("The requests that were sent", 0, bench.network.sent().size() - before);
  }

  /** It may be left out; a part of it is neither what was declared nor what was said. */
  private static void demandWhole(Bench bench) {
    for (HttpRequest request : bench.network.acting()) {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      boolean begun = body.contains(WORDS.substring(0, 5));
      // A form has it escaped.
      Expect.that(
          !begun || body.contains("!") || body.contains("%21"),
          "A request has a part of the description.");
    }
  }

  private static String words(int length) {
    return WORDS.repeat(length / 20 + 1).substring(0, length - 1) + "!";
  }

  private static void references(Bench bench) {
    ChargeRequest any = bench.sale(Script.APPROVE);
    String reference = "Re.f_-0" + "x".repeat(LONGEST_REFERENCE - 8) + "9";
    ChargeRequest sale = of(any, reference, any.idempotencyKey(), any.amount());
    Expect.outcome(Outcome.Succeeded.class, bench.charge(sale));
    Expect.equal(
        "The reference in the provider's books",
        reference,
        bench.theCharge().reference().orElse("missing"));
  }

  private static void keys(Bench bench) {
    List<String> ends = List.of("1", "2", "A", "a", ".", "_", "-");
    for (String last : ends) {
      ChargeRequest any = bench.sale(Script.APPROVE);
      int length = Taking.isApprovedElsewhere(any) ? LONGEST_KEY - ROOM : LONGEST_KEY;
      String key = "Ke.y_-0" + "y".repeat(length - 8) + last;
      Outcome outcome = bench.charge(of(any, any.reference(), key, any.amount()));
      Expect.outcome(Outcome.Succeeded.class, outcome);
    }
    Expect.equal(
        "The charges in the provider's books", ends.size(), bench.ledger().charges().size());
  }
}
