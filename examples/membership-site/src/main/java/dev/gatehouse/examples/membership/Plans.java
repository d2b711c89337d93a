package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.Plan;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.validation.InputValidator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The plan catalogue: {@code {"plans": [{"id": "basic", "name": "Basic", "price": "9.00",
 * "currency": "USD"}]}}. Prices are texts, so that no reader makes binary fractions of them, and
 * have at most as many decimals as their currency.
 */
final class Plans {
  private static final CurrencyProfile MONEY = CurrencyProfile.iso();

  private static final PlanId ANY_ID = new PlanId("any");
  private static final Money NOTHING = Money.zero(CurrencyUnit.EUR);

  private final Map<String, Plan> plans = new LinkedHashMap<>();
  private final Set<String> declared = new HashSet<>();

  private Plans() {}

  /** Reads a catalogue; plans that are malformed are left out, and complained about. */
  static Plans read(InputFile file, InputValidator validator, Complaints complaints) {
    Plans read = new Plans();
    for (Row row : file.rows("plans", complaints)) {
      read.add(row, validator);
    }
    return read;
  }

  /** The plan with this id, if it is in the catalogue and in order. */
  Optional<Plan> plan(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  /** Whether the catalogue could be read and does not name this id, neither well nor badly. */
  boolean lacks(String id) {
    return !declared.isEmpty() && !declared.contains(id);
  }

  private void add(Row row, InputValidator validator) {
    Optional<String> id = row.text("id");
    Optional<PlanId> planId = id.flatMap(text -> row.made("id", () -> new PlanId(text)));
    if (id.isPresent() && !declared.add(id.get())) {
      row.complain("id", "plan.twice", "is the id of two plans", "give each plan its own");
    }
    Optional<String> name = row.text("name");
    Optional<Money> price = price(row);
    row.demandNothingElse();
    // What is there is checked even if something else is not: hence the stand-ins.
    Plan plan = new Plan(planId.orElse(ANY_ID), name.orElse("-"), price.orElse(NOTHING));
    row.complainOf(validator.problems(plan, Locale.ENGLISH));
    if (planId.isPresent() && name.isPresent() && price.isPresent()) {
      plans.put(plan.id().value(), plan);
    }
  }

  private static Optional<Money> price(Row row) {
    Optional<String> price = row.text("price");
    Optional<CurrencyUnit> currency =
        row.text("currency")
            .flatMap(code -> row.made("currency", () -> MONEY.currency("currency", code)));
    return price.flatMap(text -> currency.flatMap(unit -> amount(row, "price", text, unit)));
  }

  /** An amount as people write it, such as {@code 9.00}. */
  static Optional<Money> amount(Row row, String field, String text, CurrencyUnit currency) {
    return row.made(field, () -> MONEY.fromDecimal(currency, text));
  }
}
