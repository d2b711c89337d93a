package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deviations and violations are planted; each must be found. */
class ChecksCanFailTest {
  private static final Plan PLAN = plan("Basic", "USD 9.00");

  private final Site site = open();
  private final Visit visit = new Visit(site, signup(PLAN));

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void without_anything_planted_nothing_is_found() {
    play();

    assertThat(deviations(signup(PLAN))).isEmpty();
    assertThat(violations()).isEmpty();
  }

  @Test
  void crm_and_analytics_that_were_told_something_else_are_deviations() {
    play();

    assertThat(deviations(signup(plan("Other", "USD 9.01"))))
        .contains(
            "CRM plan: expected Other, seen Basic",
            "item name: expected Other, seen Basic",
            "purchase value: expected USD 9.01, seen USD 9.00",
            "item price: expected USD 9.01, seen USD 9.00");
  }

  @Test
  void another_scenario_than_the_one_played_is_a_deviation() {
    play();
    Signup other =
        new Signup(
            signup(PLAN).registration(),
            PLAN,
            Instances.MAIN,
            Scenario.MEMBERSHIP_CANCELLED,
            CheckoutState.COMPLETED,
            PLAN.price());

    assertThat(deviations(other))
        .anySatisfy(found -> assertThat(found).startsWith("events: expected"))
        .contains("churn: expected 1, seen 0", "CRM member: expected false, seen true");
  }

  @Test
  void a_refund_of_which_the_shop_never_heard_is_a_violation() {
    play();
    Ledger.Charge charge = site.provider().ledger().charges().get(0);
    site.provider()
        .controls()
        .consoleRefund(charge.captures().get(0).id(), Money.parse("USD 1.00"));

    assertThat(violations())
        .anySatisfy(found -> assertThat(found).contains("refunded: ledger USD 1.00, shop USD 0.00"))
        .anySatisfy(found -> assertThat(found).contains("kept: ledger USD 8.00, shop USD 9.00"));
  }

  @Test
  void a_charge_that_nobody_knows_is_a_violation() {
    play();
    String charge =
        site.provider()
            .controls()
            .foreignCharge("acct_main", Money.parse("USD 5.00"), Optional.empty());

    assertThat(violations()).containsExactly("nobody knows charge " + charge);
  }

  @Test
  void money_that_comes_twice_and_stays_is_a_violation() {
    play();
    site.bank().receive(visit.checkout().lastPayment().orElseThrow().id(), PLAN.price());

    assertThat(violations())
        .anySatisfy(found -> assertThat(found).contains("is paid too much: USD 18.00"));
  }

  private void play() {
    Scenario.APPROVED.play(visit);
    site.comeToRest();
  }

  private List<String> deviations(Signup signup) {
    return Audit.deviations(site, signup, visit.checkout());
  }

  private List<String> violations() {
    return Invariants.violations(site, List.of(visit.checkout()));
  }

  private static Site open() {
    MembershipSite.prepare();
    Records records = StoreOption.open("memory", Map.of());
    Logbook log = Logbook.none(Site.newClock());
    return Site.open(records, log, Course.of(log, List.of(signup(PLAN)), records.store()));
  }

  private static Plan plan(String name, String price) {
    return new Plan(new PlanId("basic"), name, Money.parse(price));
  }

  private static Signup signup(Plan plan) {
    Person person = new Person("Ada", "ada@example.com", Locale.ENGLISH);
    return new Signup(
        new RegisterCustomer(new CustomerId("ada"), person),
        plan,
        Instances.MAIN,
        Scenario.APPROVED,
        CheckoutState.COMPLETED,
        plan.price());
  }
}
