package dev.gatehouse.json;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.InboxItem;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * What the fixtures of the current version stand for: of each kind of document one in which
 * everything is filled and one in which everything is left out that may be. Never changed: a shape
 * that changes gets another version, and these become what the earlier fixtures are read as.
 */
final class Samples {
  static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");
  static final Instant LATER = Instant.parse("2026-03-02T23:59:59.5Z");
  static final GatewayInstanceId GATEWAY = new GatewayInstanceId("stripe-eu");
  static final CustomerId CUSTOMER = new CustomerId("cus_1");
  static final CheckoutId CHECKOUT = new CheckoutId("chk_1");
  static final PaymentId PAYMENT = new PaymentId("pay_1");
  static final MembershipId MEMBERSHIP = new MembershipId("mem_1");
  static final PlanId PLAN = new PlanId("gold");

  private Samples() {}

  static Money eur(String amount) {
    return Money.parse("EUR " + amount);
  }

  static List<Sample<?>> all() {
    List<Sample<?>> all = new ArrayList<>(records());
    for (LifecycleEvent event : EventSamples.all()) {
      all.add(new Sample<>("event-" + event.type(), Json.EVENT, event));
    }
    all.add(bareCompleted());
    return List.copyOf(all);
  }

  private static Sample<LifecycleEvent> bareCompleted() {
    return new Sample<>("event-CheckoutCompleted-bare", Json.EVENT, EventSamples.bare());
  }

  /** What the fixtures of earlier versions stand for, by version. */
  static Map<Integer, List<Sample<?>>> ofEarlierVersions() {
    List<Sample<?>> first = new ArrayList<>(payments(PaymentSamples.fullInVersion1()));
    first.addAll(checkouts(checkoutInVersion1()));
    first.addAll(deliveries(delivery(0)));
    first.addAll(customers(customerInVersion1()));
    EventSamples.inVersion1().stream()
        .filter(event -> EventCatalogue.version(event.type()) > 1)
        .forEach(e -> first.add(new Sample<>("event-" + e.type(), Json.EVENT, e)));
    first.add(bareCompleted());
    List<Sample<?>> second = new ArrayList<>(payments(PaymentSamples.fullInVersion2()));
    second.addAll(customers(customerInVersion2()));
    second.add(beingForgotten(customerInVersion2()));
    List<Sample<?>> third = new ArrayList<>(payments(PaymentSamples.fullInVersion3()));
    third.addAll(customers(customerInVersion3()));
    third.add(beingForgotten(customerInVersion3()));
    return Map.of(1, first, 2, second, 3, third);
  }

  private static Sample<Customer> beingForgotten(Customer full) {
    return new Sample<>(
        "customer-being-forgotten", Json.CUSTOMER, full.erased(Set.of("crm", "ga4")));
  }

  private static List<Sample<DeliveryState>> deliveries(Delivery full) {
    return List.of(
        new Sample<>("delivery", Json.DELIVERY, DeliveryState.of(full)),
        new Sample<>("delivery-bare", Json.DELIVERY, DeliveryState.of(bareDelivery())));
  }

  private static List<Sample<Payment>> payments(Payment full) {
    return List.of(
        new Sample<>("payment", Json.PAYMENT, full),
        new Sample<>("payment-bare", Json.PAYMENT, PaymentSamples.bare()),
        new Sample<>(
            "payment-by-stored-method",
            Json.PAYMENT,
            PaymentSamples.by(new PaymentMethod.Stored("card", "pm_1"))),
        new Sample<>(
            "payment-by-transfer",
            Json.PAYMENT,
            PaymentSamples.by(new PaymentMethod.OfType("bank_transfer"))));
  }

  private static List<Sample<Customer>> customers(Customer full) {
    return List.of(
        new Sample<>("customer", Json.CUSTOMER, full),
        new Sample<>("customer-bare", Json.CUSTOMER, full.erased()));
  }

  private static List<Sample<Checkout>> checkouts(Checkout full) {
    return List.of(
        new Sample<>("checkout", Json.CHECKOUT, full),
        new Sample<>("checkout-bare", Json.CHECKOUT, bareCheckout()));
  }

  static List<Sample<?>> records() {
    List<Sample<?>> all = new ArrayList<>(others());
    all.addAll(checkouts(checkout()));
    all.addAll(payments(PaymentSamples.full()));
    all.addAll(deliveries(delivery()));
    all.addAll(customers(customer()));
    all.add(beingForgotten(customer()));
    return List.copyOf(all);
  }

  private static List<Sample<?>> others() {
    return List.of(
        new Sample<>("membership", Json.MEMBERSHIP, membership().cancelledFor("moves abroad")),
        new Sample<>("membership-bare", Json.MEMBERSHIP, membership()),
        new Sample<>("inbox-item", Json.INBOX_ITEM, inboxItem()),
        new Sample<>("inbox-item-bare", Json.INBOX_ITEM, bareInboxItem()),
        new Sample<>("cursor", Json.CURSOR, new Cursor(GATEWAY, 4, TIME, LATER)));
  }

  static Customer customer() {
    return customerStoring(Optional.of("acct_1"));
  }

  /** As it was when it was not known in which account a method is stored. */
  private static Customer customerInVersion3() {
    return customerStoring(Optional.empty());
  }

  private static Customer customerStoring(Optional<String> account) {
    return customerInVersion2()
        .with(
            new StoredMethod(
                GATEWAY,
                "pm_1",
                Optional.of("card"),
                card(),
                Optional.of("cus_1"),
                account,
                Optional.of(agreement())));
  }

  static MethodDetails card() {
    return MethodDetails.none()
        .brand("visa")
        .lastDigits("4242")
        .expiring(YearMonth.of(2030, 4))
        .fingerprint("Xt5EWLLDS7FJjR1c");
  }

  static Agreement agreement() {
    return new Agreement(Agreement.Use.RECURRING, "Gold is EUR 14 a month until I cancel.", TIME);
  }

  /** As it was when nothing but ids was known of stored methods. */
  private static Customer customerInVersion2() {
    return customerInVersion1()
        .with(
            new Attributed(
                CHECKOUT,
                Attribution.none()
                    .client("1234567890.1700000000")
                    .session("1700000001")
                    .granting(Purpose.ANALYTICS)
                    .denying(Purpose.AD_USER_DATA, Purpose.AD_PERSONALIZATION)))
        .with(new Attributed(new CheckoutId("chk_2"), Attribution.none()));
  }

  private static Customer customerInVersion1() {
    return new Customer(
        CUSTOMER,
        7,
        Optional.of(new Person("Zoë \"Zed\" 山田 😀", "zoe@shop.example", Locale.CANADA_FRENCH)),
        new TreeMap<>(Map.of("crm_contact_id", "003-7", "segment", "b2b")),
        new TreeSet<>(Set.of(new StoredMethod(GATEWAY, "pm_1"), new StoredMethod(GATEWAY, "pm_2"))),
        TIME);
  }

  static Checkout checkout() {
    return checkout(lines());
  }

  static List<Line> lines() {
    return List.of(
        Line.of("Gold, a month", 1, eur("10.00")),
        Line.of("Stickers", 20, eur("0.25")).less(eur("4.45")),
        Line.shipping("Postage", eur("1.50")),
        Line.tax("VAT", eur("1.95")));
  }

  /** As it was when a line did not say its kind. */
  private static Checkout checkoutInVersion1() {
    return checkout(linesInVersion1());
  }

  static List<Line> linesInVersion1() {
    return List.of(
        Line.of("Gold, a month", 1, eur("10.00")),
        Line.of("Stickers", 20, eur("0.25")).less(eur("1.00")));
  }

  private static Checkout checkout(List<Line> lines) {
    return new Checkout(
        CHECKOUT,
        3,
        "cmd-1",
        CUSTOMER,
        Optional.of(new Plan(PLAN, "Gold", eur("10.00"))),
        lines,
        eur("14.00"),
        Optional.of(MEMBERSHIP),
        CheckoutState.COMPLETED,
        List.of(new PaymentId("pay_0"), PAYMENT),
        Optional.of(PAYMENT),
        new TreeSet<>(Set.of("completed", "created")),
        TIME,
        LATER,
        Optional.of(LATER));
  }

  private static Checkout bareCheckout() {
    return new Checkout(
        CHECKOUT,
        0,
        "cmd-1",
        CUSTOMER,
        Optional.empty(),
        List.of(),
        Money.parse("JPY 500"),
        Optional.empty(),
        CheckoutState.OPEN,
        List.of(),
        Optional.empty(),
        new TreeSet<>(),
        TIME,
        LATER,
        Optional.empty());
  }

  static Membership membership() {
    return new Membership(
        MEMBERSHIP,
        2,
        CUSTOMER,
        PLAN,
        "Gold",
        CHECKOUT,
        MembershipState.ACTIVE,
        TIME,
        Optional.empty());
  }

  static InboxItem inboxItem() {
    return new InboxItem(
        GATEWAY,
        "evt_1",
        2,
        "payment_intent.succeeded",
        new PaymentHint(
            Optional.of("pay_1"),
            Set.of(new ProviderId("payment_intent", "pi_1"), new ProviderId("charge", "ch_1"))),
        TIME,
        1,
        Optional.of(LATER));
  }

  private static InboxItem bareInboxItem() {
    return new InboxItem(
        GATEWAY,
        "evt_2",
        0,
        "ping",
        new PaymentHint(Optional.empty(), Set.of()),
        TIME,
        0,
        Optional.empty());
  }

  static Delivery delivery() {
    return delivery(2);
  }

  private static Delivery delivery(int unanswered) {
    return new Delivery(
        "crm",
        EventSamples.bare(),
        12,
        40,
        3,
        LATER,
        Optional.of(TIME),
        Optional.of("refused for days"),
        Optional.of("HTTP 503"),
        unanswered);
  }

  static Delivery bareDelivery() {
    return new Delivery(
        "crm",
        EventSamples.bare(),
        1,
        0,
        0,
        TIME,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
