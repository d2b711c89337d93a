package dev.gatehouse.store.jdbc;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.InboxItem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/** Something in every table. */
final class KeptRecords {
  static final List<String> TABLES =
      List.of(
          "customer",
          "checkout",
          "payment",
          "provider_id",
          "membership",
          "inbox",
          "cursor",
          "subject",
          "event",
          "delivery",
          "action");

  static final GatewayInstanceId MAIN = new GatewayInstanceId("main");
  static final ProviderId CHARGE = new ProviderId("charge", "ch_1");
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final CustomerId ANNS_ID = new CustomerId("ann");
  private static final CheckoutId CHECKOUT_ID = new CheckoutId("chk_1");
  private static final MembershipId MEMBERSHIP_ID = new MembershipId("mem_1");

  static final Customer ANN =
      Customer.registered(
          ANNS_ID, new Person("Ann O'Żółć 山田", "ann@example.org", Locale.ENGLISH), Events.NOW);

  static final Payment PAYMENT =
      new Payment(
          new PaymentId("pay_1"),
          0,
          MAIN,
          Mode.TEST,
          Optional.of(CHECKOUT_ID),
          Optional.of(ANNS_ID),
          Optional.empty(),
          Snapshot.builder().providerId(CHARGE.kind(), CHARGE.id()).build().facts(),
          List.of(),
          new TreeSet<>(),
          List.of(),
          Events.NOW,
          Optional.empty(),
          0);

  static final Checkout CHECKOUT =
      new Checkout(
          CHECKOUT_ID,
          0,
          "command-1",
          ANNS_ID,
          Optional.empty(),
          List.of(Line.of("A year; of everything", 1, TEN)),
          TEN,
          Optional.of(MEMBERSHIP_ID),
          CheckoutState.OPEN,
          List.of(PAYMENT.id()),
          Optional.empty(),
          new TreeSet<>(Set.of("seen")),
          Events.NOW,
          Events.NOW.plusSeconds(86_400),
          Optional.empty());

  static final Membership MEMBERSHIP =
      new Membership(
          MEMBERSHIP_ID,
          0,
          ANNS_ID,
          new PlanId("gold"),
          "Gold",
          CHECKOUT_ID,
          MembershipState.PENDING,
          Events.NOW,
          Optional.empty());

  static final InboxItem NOTICE =
      new InboxItem(
          MAIN,
          "evt_1",
          0,
          "charge.succeeded",
          new PaymentHint(Optional.of("pay_1"), Set.of(CHARGE)),
          Events.NOW,
          0,
          Optional.of(Events.NOW));

  static final Cursor CURSOR = new Cursor(MAIN, 0, Events.NOW, Events.NOW.plusSeconds(60));
  static final List<LifecycleEvent> EVENTS =
      List.of(Events.event("ann/1", "ann"), Events.event("ann/2", "ann"));
  static final Action ACTION =
      Action.beginning(Events.NOW, "Olga", "settle", "pay_1", "", "the bank's statement shows it");

  private KeptRecords() {}

  static void keepAll(JdbcStore store) {
    Commit.Builder commit =
        Commit.builder().save(ANN).save(CHECKOUT).save(PAYMENT).save(MEMBERSHIP).save(NOTICE);
    EVENTS.forEach(event -> commit.raise(event, Set.of("crm")));
    store.commit(commit.build());
    store.save(CURSOR);
    store.end(store.begin(ACTION).ended("done"));
  }
}
