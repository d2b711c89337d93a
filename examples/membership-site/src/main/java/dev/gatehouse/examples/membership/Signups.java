package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.validation.InputValidator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * Reads the list of sign-ups: {@code {"signups": [{"customer": "ada", "name": "Ada Lovelace",
 * "email": "ada@example.com", "plan": "basic", "gateway": "reference", "scenario": "approved"}]}}.
 * May be left out: {@code language} (English), {@code expect} and {@code keep} (what the scenario
 * says).
 */
final class Signups {
  private static final Map<String, Scenario> SCENARIOS =
      byWord(Stream.of(Scenario.values()), Scenario::word);
  private static final Map<String, CheckoutState> STATES =
      byWord(Stream.of(CheckoutState.values()), state -> state.name().toLowerCase(Locale.ROOT));
  private static final Map<String, GatewayInstanceId> GATEWAYS =
      byWord(Instances.ALL.stream(), GatewayInstanceId::value);

  private static final CurrencyProfile MONEY = CurrencyProfile.iso();
  private static final CustomerId ANYONE = new CustomerId("anyone");

  private final Plans plans;
  private final InputValidator validator;
  private final Set<String> customers = new HashSet<>();

  private Signups(Plans plans, InputValidator validator) {
    this.plans = plans;
    this.validator = validator;
  }

  /** The sign-ups of a file; those that are malformed are left out, and complained about. */
  static List<Signup> read(
      InputFile file, Plans plans, InputValidator validator, Complaints complaints) {
    Signups reader = new Signups(plans, validator);
    List<Signup> signups = new ArrayList<>();
    for (Row row : file.rows("signups", complaints)) {
      reader.signup(row).ifPresent(signups::add);
    }
    return List.copyOf(signups);
  }

  private Optional<Signup> signup(Row row) {
    Optional<RegisterCustomer> registration = registration(row);
    Optional<Plan> plan = plan(row);
    Optional<GatewayInstanceId> gateway = row.oneOf("gateway", row.text("gateway"), GATEWAYS);
    Optional<Scenario> scenario = row.oneOf("scenario", row.text("scenario"), SCENARIOS);
    Optional<CheckoutState> expected = row.oneOf("expect", row.optionalText("expect"), STATES);
    Optional<String> keep = row.optionalText("keep");
    row.demandNothingElse();
    if (scenario.isPresent()) {
      plan.ifPresent(p -> demandFits(row, scenario.get(), p));
      gateway.ifPresent(g -> demandFits(row, scenario.get(), g));
    }
    if (plan.isEmpty() || scenario.isEmpty() || registration.isEmpty() || gateway.isEmpty()) {
      return Optional.empty();
    }
    Money price = plan.get().price();
    Optional<Money> kept =
        keep.isEmpty()
            ? Optional.of(scenario.get().expectation().kept(price))
            : Plans.amount(row, "keep", keep.get(), price.getCurrencyUnit());
    CheckoutState state = expected.orElse(scenario.get().expectation().state());
    return kept.map(
        money ->
            new Signup(
                registration.get(), plan.get(), gateway.get(), scenario.get(), state, money));
  }

  private Optional<RegisterCustomer> registration(Row row) {
    Optional<String> id = row.text("customer");
    Optional<CustomerId> customer =
        id.flatMap(text -> row.made("customer", () -> new CustomerId(text)));
    if (id.isPresent() && !customers.add(id.get())) {
      row.complain("customer", "signup.twice", "signs up twice", "give each customer an own id");
    }
    Optional<String> name = row.text("name");
    Optional<String> email = row.text("email");
    Optional<Locale> language = language(row);
    // What is there is checked even if something else is not: hence the stand-ins.
    Person person =
        new Person(
            name.orElse("-"), email.orElse("any@example.com"), language.orElse(Locale.ENGLISH));
    RegisterCustomer registration = new RegisterCustomer(customer.orElse(ANYONE), person);
    row.complainOf(validator.problems(registration, Locale.ENGLISH));
    if (customer.isEmpty() || name.isEmpty() || email.isEmpty() || language.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(registration);
  }

  private static Optional<Locale> language(Row row) {
    String tag = row.optionalText("language").orElse("en");
    try {
      return Optional.of(new Locale.Builder().setLanguageTag(tag).build());
    } catch (IllformedLocaleException e) {
      row.complain("language", "signup.language", "is not a language tag", "write it like pt-BR");
      return Optional.empty();
    }
  }

  private Optional<Plan> plan(Row row) {
    Optional<String> id = row.text("plan");
    // A plan or a catalogue that is malformed was complained about already.
    if (id.isPresent() && plans.lacks(id.get())) {
      row.complain("plan", "signup.plan", "is not in the catalogue", "use the id of a plan");
    }
    return id.flatMap(plans::plan);
  }

  private static void demandFits(Row row, Scenario scenario, Plan plan) {
    if (scenario.isFree() != plan.price().isZero()) {
      row.complain(
          "plan",
          "signup.price",
          scenario.isFree() ? "costs something" : "costs nothing",
          "scenario 'free' is for free plans, and they are for it");
    } else if (!scenario.isFree()
        && plan.price().isEqual(MONEY.smallest(plan.price().getCurrencyUnit()))) {
      row.complain("plan", "signup.price", "can't be split in two", "use a higher price");
    }
  }

  private static void demandFits(Row row, Scenario scenario, GatewayInstanceId gateway) {
    boolean byTransfer = gateway.equals(Instances.MANUAL);
    if (!scenario.isFree() && byTransfer != (scenario == Scenario.BANK_TRANSFER)) {
      row.complain(
          "gateway",
          "signup.gateway",
          "does not fit scenario '" + scenario.word() + "'",
          "gateway 'manual' is for scenario 'bank-transfer', and that for it");
    }
  }

  private static <T> Map<String, T> byWord(Stream<T> values, Function<T, String> word) {
    return values.collect(Collectors.toMap(word, Function.identity(), (a, b) -> a, TreeMap::new));
  }
}
