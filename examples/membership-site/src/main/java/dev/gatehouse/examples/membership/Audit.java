package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.emulator.Ledger;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Holds one sign-up against what was expected: what the shop believes, what the provider's ledger
 * and the bank's statement say, and what CRM and analytics were told. Not thread-safe.
 */
final class Audit {
  private final Site site;
  private final Signup signup;
  private final CheckoutView checkout;
  private final List<LifecycleEvent> events;
  private final List<String> deviations = new ArrayList<>();

  private Audit(Site site, Signup signup, CheckoutView checkout) {
    this.site = site;
    this.signup = signup;
    this.checkout = checkout;
    this.events = site.gatehouse().timeline(signup.customer());
  }

  /** Every deviation of a sign-up from what was expected; empty if all is as it should be. */
  static List<String> deviations(Site site, Signup signup, CheckoutView checkout) {
    Audit audit = new Audit(site, signup, checkout);
    audit.state();
    audit.money();
    audit.events();
    audit.crm();
    audit.analytics();
    return List.copyOf(audit.deviations);
  }

  /** What the world outside says that the shop has of a checkout. */
  static Money keptOutside(Site site, CheckoutView checkout) {
    CurrencyUnit currency = checkout.checkout().total().getCurrencyUnit();
    Ledger ledger = site.provider().ledger();
    Money sum = Money.zero(currency);
    for (Payment payment : checkout.payments()) {
      // Whose ledger nobody here can read: what the gateway told is all that is known.
      if (site.isDropped(payment.gateway())) {
        sum = sum.plus(payment.totals().map(Totals::kept).orElse(Money.zero(currency)));
      }
      sum = sum.plus(ledger.kept(payment.id().value(), currency));
      sum = sum.plus(site.bank().received(payment.id(), currency));
    }
    return sum;
  }

  private void state() {
    expect("state", signup.expected(), checkout.state());
  }

  private void money() {
    CurrencyUnit currency = signup.keep().getCurrencyUnit();
    Money believed =
        checkout.payments().stream()
            .flatMap(payment -> payment.totals().stream())
            .map(Totals::kept)
            .reduce(Money.zero(currency), Money::plus);
    expect("money by the ledger", signup.keep(), keptOutside(site, checkout));
    expect("money by the shop", signup.keep(), believed);
  }

  private void events() {
    List<String> types = events.stream().map(LifecycleEvent::type).sorted().toList();
    expect("events", signup.scenario().expectation().events(), types);
  }

  private void crm() {
    String email = signup.registration().person().email();
    JsonNode contact = site.receiver().contact(email).orElseGet(Json::object);
    expect("CRM name", signup.name(), contact.path("firstname").asString(""));
    expect(
        "CRM plan",
        completes() ? signup.plan().name() : "",
        contact.path(Receiver.PLAN).asString(""));
    boolean member = completes() && !signup.scenario().expectation().churns();
    expect("CRM member", member, contact.path(Receiver.STATUS).asString("").equals("active"));
    // Registering the same customer again does nothing, and says what is known of the customer.
    String kept =
        site.gatehouse()
            .customer(signup.registration().customer())
            .metadata()
            .get(SiteHooks.CONTACT_ID);
    expect("CRM id kept", site.receiver().contactId(email), Optional.ofNullable(kept));
  }

  private void analytics() {
    Expectation expectation = signup.scenario().expectation();
    List<Receiver.Tracked> tracked = site.receiver().trackedOf(signup.customer().value());
    expect("purchases", completes() ? 1 : 0, count(tracked, "purchase"));
    expect("churn", expectation.churns() ? 1 : 0, count(tracked, "churn"));
    expect(
        "payment failures",
        expectation.count(PaymentFailed.class),
        count(tracked, "payment_failed"));
    tracked.stream().filter(t -> t.name().equals("purchase")).forEach(t -> purchase(t.params()));
  }

  private void purchase(JsonNode params) {
    Money price = signup.plan().price();
    String transaction =
        checkout.checkout().paidBy().map(Object::toString).orElse(checkout.id().value());
    expect("purchase transaction", transaction, params.path("transaction_id").asString(""));
    expect("purchase value", Optional.of(price), amount(params.path("value")));
    expect(
        "purchase currency",
        price.getCurrencyUnit().getCode(),
        params.path("currency").asString(""));
    JsonNode items = params.path("items");
    expect("purchase items", 1, items.size());
    JsonNode item = items.path(0);
    expect("item id", signup.plan().id().value(), item.path("item_id").asString(""));
    expect("item name", signup.plan().name(), item.path("item_name").asString(""));
    expect("item category", "subscription", item.path("item_category").asString(""));
    expect("item quantity", 1, item.path("quantity").asInt(0));
    expect("item price", Optional.of(price), amount(item.path("price")));
  }

  private Optional<Money> amount(JsonNode number) {
    CurrencyUnit currency = signup.plan().price().getCurrencyUnit();
    return Optional.of(number)
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .map(BigDecimal::stripTrailingZeros)
        .filter(value -> value.scale() <= currency.getDecimalPlaces())
        .map(value -> Money.of(currency, value));
  }

  private boolean completes() {
    return signup.scenario().expectation().state() == CheckoutState.COMPLETED;
  }

  private static int count(List<Receiver.Tracked> tracked, String name) {
    return (int) tracked.stream().filter(event -> event.name().equals(name)).count();
  }

  private void expect(String what, Object expected, Object seen) {
    if (!expected.equals(seen)) {
      deviations.add(what + ": expected " + shown(expected) + ", seen " + shown(seen));
    }
  }

  private static String shown(Object value) {
    Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    return plain == null || plain.toString().isEmpty() ? "nothing" : plain.toString();
  }
}
