package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Answer;
import dev.gatehouse.operations.Discrepancy;
import dev.gatehouse.operations.Page;
import dev.gatehouse.operations.Search;
import dev.gatehouse.operations.Verdict;
import dev.gatehouse.payment.OpenConflict;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.OperatorReport.Finding;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second half of docs/taking-payments.md: holds, refunds, transfers, doubt, forgetting. */
class AfterThePaymentTest {
  private final DocsShop shop = new DocsShop();
  private final Gatehouse gatehouse = shop.gatehouse;
  private final CustomerId ada = DocsShop.ADA;
  private final GatewayInstanceId cards = DocsShop.CARDS;
  private final GatewayInstanceId bank = DocsShop.BANK;
  private final PaymentMethod card = new PaymentMethod.Token("card", "tok_approve");

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_key_counts_within_its_customer_checkout_or_payment_and_kind() {
    CheckoutId first = shop.checkout("EUR 30.00").id();
    CheckoutId second = shop.checkout("EUR 30.00").id();

    PaymentId one = hold(first);
    PaymentId two = hold(second);
    gatehouse.capture(new Capture(one, "k", Money.parse("EUR 30.00"), true));
    gatehouse.capture(new Capture(two, "k", Money.parse("EUR 30.00"), true));
    gatehouse.refund(Refund.of(one, "k", Money.parse("EUR 30.00")));

    assertThat(one).as("the key 'try-1' within two checkouts").isNotEqualTo(two);
    assertThat(gatehouse.payment(one).state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(gatehouse.payment(two).state()).isEqualTo(PaymentState.CAPTURED);
    CustomerId bob = new CustomerId("bob");
    gatehouse.register(new RegisterCustomer(bob, new Person("Bob", "bob@example.org", Locale.UK)));
    List<Line> lines = List.of(Line.of("Another thing", 1, Money.parse("EUR 1.00")));
    assertThat(gatehouse.startCheckout(StartCheckout.forLines(bob, "order-1", lines)).id())
        .as("the key 'order-1' of two customers")
        .isNotIn(first, second);
  }

  private PaymentId hold(CheckoutId checkout) {
    // snippet: Hold
    CheckoutView held = gatehouse.pay(Pay.sale(checkout, "try-1", cards, card).holdOnly());
    PaymentId payment = held.lastPayment().orElseThrow().id();
    // end snippet
    assertThat(held.state()).isEqualTo(CheckoutState.AUTHORIZED);
    return payment;
  }

  @Test
  void held_money_is_taken_in_parts_and_the_rest_let_go() {
    CheckoutId checkout = shop.checkout("EUR 30.00").id();
    PaymentId payment = hold(checkout);
    // snippet: CaptureParts
    gatehouse.capture(new Capture(payment, "parcel-1", Money.parse("EUR 10.00"), false));
    gatehouse.capture(new Capture(payment, "parcel-2", Money.parse("EUR 15.00"), true));
    // end snippet
    assertThat(gatehouse.checkout(checkout).isCompleted()).isTrue();
    var charge = shop.provider.ledger().charge(shop.charge()).orElseThrow();
    assertThat(charge.captured()).isEqualTo(Money.parse("EUR 25.00"));
    assertThat(charge.captures()).hasSize(2);
    assertThat(gatehouse.payment(payment).state()).isEqualTo(PaymentState.CAPTURED);
  }

  @Test
  void held_money_is_let_go() {
    CheckoutId checkout = shop.checkout("EUR 30.00").id();
    PaymentId payment = hold(checkout);
    // snippet: Void
    gatehouse.voidPayment(new VoidPayment(payment, "out-of-stock"));
    // end snippet
    assertThat(gatehouse.payment(payment).state()).isEqualTo(PaymentState.VOIDED);
    assertThat(gatehouse.checkout(checkout).state()).isEqualTo(CheckoutState.FAILED);
  }

  @Test
  void calling_a_checkout_off_lets_held_money_go() {
    CheckoutId checkout = shop.checkout("EUR 30.00").id();
    PaymentId payment = hold(checkout);

    gatehouse.cancelCheckout(checkout);
    shop.pass(Duration.ofMinutes(5), 10);

    assertThat(gatehouse.payment(payment).state()).isEqualTo(PaymentState.VOIDED);
  }

  @Test
  void a_stored_method_is_charged_without_the_customer() {
    CheckoutId first = shop.checkout("EUR 10.00").id();
    CheckoutId next = shop.checkout("EUR 10.00").id();
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    // snippet: Stored
    Agreement agreed =
        new Agreement(Agreement.Use.RECURRING, "Gold is EUR 10 a month until I cancel.", now);
    gatehouse.pay(Pay.sale(first, "try-1", cards, card).storingMethod(agreed));
    StoredMethod stored = gatehouse.customer(ada).storedMethods().first();
    PaymentMethod method = new PaymentMethod.Stored("card", stored.method());
    gatehouse.pay(Pay.sale(next, "try-1", stored.gateway(), method).withoutCustomer());
    // end snippet
    assertThat(gatehouse.checkout(next).isCompleted()).isTrue();
    assertThat(stored.gateway()).isEqualTo(cards);
  }

  @Test
  void a_method_is_stored_without_a_charge_and_removed() {
    Agreement agreed =
        new Agreement(
            Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T12:00:00Z"));
    // snippet: StoreWithoutCharge
    StoreMethod command = new StoreMethod(ada, "card-of-the-trial", cards, card, agreed);
    Payment setUp = gatehouse.storeMethod(command);
    if (setUp.state() == PaymentState.ACTION_REQUIRED) {
      // Send the customer to setUp.action(); when they are back:
      setUp = gatehouse.customerReturned(setUp.id());
    }
    // end snippet
    assertThat(setUp.state()).isEqualTo(PaymentState.DONE);
    // snippet: RemoveStored
    for (StoredMethod method : gatehouse.storedMethods(ada)) {
      gatehouse.removeStoredMethod(new RemoveStoredMethod(ada, method.gateway(), method.method()));
    }
    // end snippet
    assertThat(gatehouse.storedMethods(ada)).isEmpty();
  }

  @Test
  void several_refunds_add_up_and_can_not_exceed_what_is_left() {
    PaymentId payment = shop.paid("EUR 49.00").lastPayment().orElseThrow().id();
    // snippet: Refunds
    gatehouse.refund(Refund.of(payment, "return-1", Money.parse("EUR 9.00")));
    Money left = gatehouse.payment(payment).refundable().orElseThrow();
    Payment refunded = gatehouse.refund(Refund.of(payment, "return-2", left));
    // end snippet
    assertThat(left).isEqualTo(Money.parse("EUR 40.00"));
    assertThat(refunded.state()).isEqualTo(PaymentState.REFUNDED);
  }

  @Test
  void a_transfer_is_reported_by_a_person_and_so_is_its_refund() {
    CheckoutId checkout = shop.checkout("EUR 10.00").id();
    // snippet: Transfer
    CheckoutView waiting =
        gatehouse.pay(Pay.sale(checkout, "try-1", bank, new PaymentMethod.OfType("bank_transfer")));
    PaymentId transfer = waiting.lastPayment().orElseThrow().id();
    // end snippet
    assertThat(waiting.state()).isEqualTo(CheckoutState.AWAITING_CUSTOMER);
    // snippet: MoneyArrived
    gatehouse
        .operations()
        .report(
            new ReportMoney(
                transfer,
                Finding.MONEY_ARRIVED,
                Money.parse("EUR 10.00"),
                Optional.empty(),
                "olga",
                "statement of 3 March, line 7"));
    // end snippet
    assertThat(gatehouse.checkout(checkout).isCompleted()).isTrue();
    assertThat(gatehouse.payment(transfer).notes().get(0).actor()).isEqualTo("olga");
    // snippet: RefundSent
    Payment asked = gatehouse.refund(Refund.of(transfer, "return-1", Money.parse("EUR 4.00")));
    String refund =
        asked.facts().movements().entrySet().stream()
            .filter(movement -> movement.getValue().is(MovementKind.REFUND))
            .map(movement -> movement.getKey())
            .findFirst()
            .orElseThrow();
    gatehouse
        .operations()
        .report(
            new ReportMoney(
                transfer,
                Finding.REFUND_SENT,
                Money.parse("EUR 4.00"),
                Optional.of(refund),
                "olga",
                "transferred on 4 March"));
    // end snippet
    assertThat(gatehouse.payment(transfer).state()).isEqualTo(PaymentState.PARTLY_REFUNDED);
  }

  @Test
  void at_night_the_view_the_timeline_and_the_operations_say_what_is_known() {
    CheckoutId checkout = shop.paid("EUR 10.00").id();
    Payment paid = gatehouse.checkout(checkout).lastPayment().orElseThrow();
    shop.shutDoor();
    gatehouse.refund(Refund.of(paid.id(), "return-1", Money.parse("EUR 4.00")));
    shop.pass(Duration.ofDays(3), 60);

    List<String> told = new ArrayList<>();
    // snippet: AtNight
    CheckoutView view = gatehouse.checkout(checkout);
    told.add(view.toString());
    for (Payment payment : view.payments()) {
      told.add(payment.state() + ", paid: " + payment.isPaid() + ", " + payment.totals());
      for (Operation operation : payment.operations()) {
        told.add(operation.key() + " " + payment.status(operation) + " " + operation.failure());
      }
    }
    for (LifecycleEvent event : gatehouse.timeline(view.checkout().customer())) {
      told.add(event.header().at() + " " + event.getClass().getSimpleName());
    }
    // end snippet
    assertThat(told)
        .anyMatch(line -> line.contains("COMPLETED"))
        .anyMatch(line -> line.contains("paid: true"))
        .anyMatch(line -> line.contains("IN_DOUBT"))
        .anyMatch(line -> line.endsWith("OperationLeftToPerson"));
    settle(view.payments().get(0));
  }

  private void settle(Payment payment) {
    // snippet: Settle
    List<Operation> mine = payment.leftToPerson();
    for (Operation operation : mine) {
      gatehouse
          .operations()
          .settle(
              new SettleOperation(
                  payment.id(), operation.key(), Optional.empty(), "olga", "not in the console"));
    }
    // end snippet
    assertThat(mine).hasSize(1);
    Payment settled = gatehouse.payment(payment.id());
    assertThat(settled.status(settled.operation(mine.get(0).key()).orElseThrow()))
        .isEqualTo(OperationStatus.NO_EFFECT);
    assertThat(gatehouse.timeline(ada)).anyMatch(OperationLeftToPerson.class::isInstance);
  }

  @Test
  void one_call_says_whether_a_customer_was_charged() {
    shop.pay(shop.checkout("EUR 10.00"), "tok_decline_insufficient_funds");
    shop.paid("EUR 10.00");
    List<String> told = new ArrayList<>();
    // snippet: WasCharged
    Answer answer = gatehouse.operations().charged(Search.email("ada@example.org"));
    told.add(answer.summary());
    for (Verdict verdict : answer.payments()) {
      String since = verdict.since().map(at -> " since " + at).orElse("");
      told.add(verdict.charged() + since + ": " + verdict.reason());
    }
    // end snippet
    assertThat(told)
        .containsExactlyInAnyOrder(
            "charged once, EUR 10.00 is with us; 2 payments looked at",
            "CHARGED since 2026-03-01T12:00:00Z: EUR 10.00 was taken",
            "NOT_CHARGED since 2026-03-01T12:00:00Z: declined: insufficient funds"
                + " (insufficient_funds)");
  }

  @Test
  void a_conflict_that_a_person_looked_into_leaves_the_list() {
    PaymentId payment = shop.paid("EUR 10.00").payments().get(0).id();
    shop.showElsewhere(payment);
    List<String> seen = new ArrayList<>();
    // snippet: ConflictSettled
    for (Discrepancy each : gatehouse.operations().discrepancies(Page.first())) {
      for (OpenConflict conflict : each.conflicts()) {
        seen.add(each.payment() + ": " + conflict.fact() + " is " + conflict.values());
        gatehouse
            .operations()
            .settle(new SettleConflict(each.payment(), conflict.id(), "olga", "ticket 4712"));
      }
    }
    // end snippet
    assertThat(seen).containsExactly(payment + ": account is [acct_of_somebody, acct_shop]");
    assertThat(gatehouse.operations().discrepancies(Page.first())).isEmpty();
  }

  @Test
  void an_erased_customer_is_forgotten_and_what_was_paid_is_not() {
    CheckoutId checkout = shop.paid("EUR 10.00").id();
    // snippet: Erase
    Customer nobody = gatehouse.operations().erase(new EraseCustomer(ada, "olga", "ticket 4711"));
    // end snippet
    assertThat(nobody.person()).isEmpty();
    assertThat(gatehouse.checkout(checkout).isCompleted()).isTrue();
  }
}
