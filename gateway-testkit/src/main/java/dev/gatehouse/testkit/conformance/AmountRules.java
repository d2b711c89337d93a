package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Every currency that is declared, and amounts that are hard to write. */
final class AmountRules {
  /** In hundredths, a double makes 56.999… of the first, and so on. */
  private static final List<Integer> NO_BINARY_FRACTIONS =
      List.of(57, 58, 113, 115, 201, 435, 812, 1999, 3_330, 110_011, 9_007_203);

  /** Cut to 32 bits, it is an amount that every provider takes. */
  private static final long BEYOND_INT = (1L << 32) + 4_321;

  /** A fraction with a long tail, or a number with an exponent. */
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<![\\w.-])[0-9]+(?:\\.[0-9]{6,}|(?:\\.[0-9]+)?[eE][+-]?[0-9]+)(?![\\w.-])");

  private AmountRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-CURR-03", Group.CURRENCY)
            .rule(
                "In every currency that is declared, a charge is booked and shown exactly, or is"
                    + " refused.")
            .why("Each provider has some currencies of its own ways: yen, dinars, krónur, UF.")
            .remedy(
                "Look up each currency in the provider's documentation; say its decimals and steps"
                    + " in currencies().")
            .by(AmountRules::everyCurrency),
        Rule.must("GW-CURR-04", Group.CURRENCY)
            .rule(
                "The least and the most that may be charged are booked exactly, what is beyond is"
                    + " refused; nothing is raised or cut.")
            .why("A gateway that helps out takes what nobody has agreed to.")
            .remedy(
                "Declare the provider's limits in currencies(); map its refusal of an amount to"
                    + " NotSent.")
            .by(AmountRules::limits),
        Rule.must("GW-CURR-05", Group.CURRENCY)
            .rule("No amount goes through binary fractions on its way.")
            .why("19.99 times 100 is 1998 in double, and the books lack a cent for each.")
            .remedy("Write amounts by toMinor or toDecimal; never use double.")
            .by(AmountRules::noFloats),
        Rule.should("GW-CURR-06", Group.CURRENCY)
            .rule("Every currency that is declared is one that the provider takes.")
            .why("A shop that offers it loses the sale at the checkout.")
            .remedy("Leave it out with only(...), or teach it to the target's provider.")
            .by(AmountRules::taken));
  }

  /** An amount that providers take, with the smallest step in it. */
  private static Money usual(CurrencyProfile profile, CurrencyUnit currency) {
    Money usual = Money.ofMajor(currency, currency.getDecimalPlaces() == 0 ? 1000 : 10);
    Money least = profile.minimum(currency).orElse(usual);
    return (least.isGreaterThan(usual) ? least : usual).plus(profile.smallest(currency));
  }

  private static void everyCurrency(Bench bench) {
    CurrencyProfile profile = bench.description().currencies();
    for (CurrencyUnit currency : profile.currencies()) {
      Money amount = usual(profile, currency);
      demandExact(bench, amount);
    }
  }

  /** That it was booked and shown as it is, or refused and not booked. */
  private static Outcome demandExact(Bench bench, Money amount) {
    ChargeRequest sale = bench.sale(Script.APPROVE, amount);
    Outcome outcome = bench.charge(sale);
    List<Money> booked =
        bench.ledger().chargesOf(sale.reference()).stream().map(c -> c.captured()).toList();
    if (outcome instanceof Outcome.Succeeded) {
      Expect.equal("What the provider took", List.of(amount), booked);
      for (Attempt attempt : outcome.snapshot().facts().attempts().values()) {
        Expect.equal(
            "The amount of the attempt in the snapshot",
            Optional.of(amount),
            attempt.amount().value());
      }
      for (String id : Expect.done(outcome.snapshot().facts(), MovementKind.CAPTURE)) {
        Expect.equal(
            "The captured amount in the snapshot",
            Optional.of(amount),
            Expect.movement(outcome.snapshot().facts(), id).amount().value());
      }
    } else {
      Expect.refused("A charge of " + amount, outcome);
      Expect.that(
          booked.stream().allMatch(Money::isZero),
          "The provider took " + booked + " for a charge of " + amount + " that was refused.");
    }
    return outcome;
  }

  private static void taken(Bench bench) {
    CurrencyProfile profile = bench.description().currencies();
    List<CurrencyUnit> refused = new ArrayList<>();
    for (CurrencyUnit currency : profile.currencies()) {
      Outcome outcome = bench.charge(bench.sale(Script.APPROVE, usual(profile, currency)));
      if (!(outcome instanceof Outcome.Succeeded)) {
        refused.add(currency);
      }
    }
    Expect.equal("What is declared and not taken", List.of(), refused);
  }

  private static void limits(Bench bench) {
    CurrencyProfile profile = bench.description().currencies();
    for (CurrencyUnit currency : bench.provider.currencies()) {
      Money step = profile.smallest(currency);
      Optional<Money> least = profile.minimum(currency);
      Optional<Money> most = profile.maximum(currency);
      demandExact(bench, least.orElse(step));
      most.ifPresent(amount -> demandTaken(bench, amount));
      least.ifPresent(
          amount -> {
            demandTaken(bench, amount);
            demandUnsent(bench, amount.minus(step));
          });
      most.ifPresent(amount -> demandUnsent(bench, amount.plus(step)));
      Money large = step.multipliedBy(BEYOND_INT);
      if (profile.check("amount", large).isEmpty()) {
        demandExact(bench, large);
      }
    }
  }

  private static void demandTaken(Bench bench, Money declared) {
    Outcome outcome = demandExact(bench, declared);
    Expect.that(
        outcome instanceof Outcome.Succeeded,
        "A charge of "
            + declared
            + ", which is declared as a limit, was answered with "
            + Words.of(outcome)
            + ".");
  }

  private static void demandUnsent(Bench bench, Money beyond) {
    int before = bench.network.sent().size();
    try (Gateways gateways = Framework.open(bench)) {
      GatewayHandle handle = gateways.gateway(Framework.MAIN);
      ChargeRequest sale = bench.sale(Script.APPROVE, beyond);
      if (beyond.isPositive()) {
        handle.demandCan(sale);
        throw new AssertionError("A charge of " + beyond + " was let through.");
      }
    } catch (dev.gatehouse.error.InvalidInputException refused) {
      // As it should be.
    }
    Expect.equal("The requests that were sent", 0, bench.network.sent().size() - before);
  }

  private static void noFloats(Bench bench) {
    CurrencyProfile profile = bench.description().currencies();
    CurrencyUnit currency = bench.currency();
    for (int steps : NO_BINARY_FRACTIONS) {
      Money amount = profile.smallest(currency).multipliedBy(steps);
      if (profile.check("amount", amount).isEmpty()
          && demandExact(bench, amount) instanceof Outcome.Succeeded) {
        CurrencyRules.moved(bench, amount);
      }
    }
    for (HttpRequest request : bench.network.acting()) {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      Matcher found = FLOAT.matcher(decoded(body));
      Expect.that(!found.find(), "A request has a number that no amount is written as.");
    }
  }

  /** Forms are decoded; what is no form stays. */
  private static String decoded(String body) {
    try {
      return URLDecoder.decode(body, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return body;
    }
  }
}
