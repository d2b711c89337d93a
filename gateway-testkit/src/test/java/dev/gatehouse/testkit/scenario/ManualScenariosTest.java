package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.command.Pay;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperatorReport.Finding;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Bank transfers that a person reports, and checkouts that cost nothing. */
class ManualScenariosTest {
  private final Shop shop = new Shop();

  @Test
  void the_customer_is_told_where_to_transfer_what_and_with_which_reference() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    assertThat(checkout).awaitsCustomer();
    CustomerAction.Instructions action =
        (CustomerAction.Instructions) checkout.action().orElseThrow();
    assertThat(action.lines())
        .containsExactly(
            "Transfer to", "DE00 0000", "EUR 10.00", shop.payment(checkout).id().value());
    assertThat(shop.ledger().requests()).isZero();
  }

  @Test
  void an_operator_reports_the_money_and_actor_and_reason_are_kept() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    Payment payment = report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());

    assertThat(payment).isCaptured().isPaid().isSound();
    assertThat(shop.view(checkout)).isCompleted().hasMembership(MembershipState.ACTIVE);
    assertThat(payment.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.actor()).isEqualTo("olga");
              assertThat(note.reason()).isEqualTo("statement 7");
              assertThat(note.what()).isEqualTo("MONEY_ARRIVED EUR 10.00");
              assertThat(note.at()).isEqualTo(shop.clock.instant());
            });
  }

  @Test
  void one_report_made_twice_is_one_payment() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());
    Payment again = report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());

    assertThat(again).isCaptured().hasCaptured(Shop.TEN);
    assertThat(again.notes()).hasSize(2);
    assertThatEvents(shop.events())
        .containsOnce(PaymentCaptured.class)
        .containsOnce(CheckoutCompleted.class);
  }

  @Test
  void too_little_money_completes_nothing() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    Payment payment = report(checkout, Finding.MONEY_ARRIVED, "EUR 9.99", Optional.empty());

    assertThat(payment).isNotPaid();
    assertThatEvents(shop.events()).containsNo(CheckoutCompleted.class);
  }

  @Test
  void the_rest_may_arrive_in_a_second_transfer() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    report(checkout, Finding.MONEY_ARRIVED, "EUR 4.00", Optional.of("tr-1"));

    Payment payment = report(checkout, Finding.MONEY_ARRIVED, "EUR 6.00", Optional.of("tr-2"));

    assertThat(payment).isPaid().isSound().hasCaptured(Shop.TEN);
    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void money_in_another_currency_is_refused_before_anything_is_kept() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    assertThatThrownBy(() -> report(checkout, Finding.MONEY_ARRIVED, "USD 10.00", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("EUR");
    assertThat(shop.payment(checkout).notes()).isEmpty();
  }

  @Test
  void money_that_will_not_arrive_fails_the_payment_and_not_the_checkout_for_good() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));

    report(checkout, Finding.MONEY_WILL_NOT_ARRIVE, "EUR 10.00", Optional.empty());

    assertThat(shop.view(checkout)).isFailed();
    assertThatEvents(shop.events()).containsOnce(PaymentFailed.class);
    assertThat(shop.pay(checkout, TestToken.APPROVE)).isCompleted();
  }

  @Test
  void a_refund_by_transfer_waits_until_somebody_reports_that_it_was_made() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());

    Payment asked = shop.refund(shop.payment(checkout), "EUR 4.00");
    assertThat(asked).isCaptured().hasRefundable(Money.parse("EUR 6.00"));
    String refund = asked.operations().get(1).key();
    shop.pass(Duration.ofDays(3), 50);
    assertThat(shop.payment(checkout)).isCaptured();

    Payment refunded = report(checkout, Finding.REFUND_SENT, "EUR 4.00", Optional.of(refund));
    assertThat(refunded).isPartlyRefunded().isSound();
    assertThatEvents(shop.events()).containsOnce(PaymentRefunded.class);
  }

  @Test
  void a_refund_that_was_not_made_is_refundable_again() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());
    Payment asked = shop.refund(shop.payment(checkout), "EUR 4.00");
    String refund = asked.operations().get(1).key();

    Payment after = report(checkout, Finding.REFUND_NOT_SENT, "EUR 4.00", Optional.of(refund));

    assertThat(after).isCaptured().hasRefundable(Shop.TEN);
    assertThatEvents(shop.events()).containsOnce(RefundFailed.class);
  }

  /** The money would count as come back, and could be given back a second time. */
  @Test
  void a_refund_reported_as_not_made_can_not_be_reported_as_sent_and_the_reverse() {
    for (boolean sentFirst : new boolean[] {true, false}) {
      CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
      report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());
      Optional<String> refund = refund(checkout);
      Finding first = sentFirst ? Finding.REFUND_SENT : Finding.REFUND_NOT_SENT;
      Finding second = sentFirst ? Finding.REFUND_NOT_SENT : Finding.REFUND_SENT;
      Payment known = report(checkout, first, "EUR 10.00", refund);

      assertThatThrownBy(() -> report(checkout, second, "EUR 10.00", refund))
          .isInstanceOf(InvalidStateException.class)
          .hasMessageContaining(sentFirst ? "to have been sent" : "not to have been made");

      assertThat(shop.payment(checkout)).isEqualTo(known);
      assertThat(known).hasRefundable(sentFirst ? Money.parse("EUR 0.00") : Shop.TEN);
      assertThat(report(checkout, first, "EUR 10.00", refund).facts()).isEqualTo(known.facts());
    }
  }

  @Test
  void of_two_operators_who_contradict_each_other_at_once_the_second_is_refused() {
    Meanwhile meanwhile = new Meanwhile();
    shop.with(store -> meanwhile.before(commit -> !commit.payments().isEmpty(), store));
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());
    Optional<String> refund = refund(checkout);
    meanwhile.doOnce(() -> report(checkout, Finding.REFUND_SENT, "EUR 10.00", refund));

    assertThatThrownBy(() -> report(checkout, Finding.REFUND_NOT_SENT, "EUR 10.00", refund))
        .isInstanceOf(InvalidStateException.class);

    assertThat(shop.payment(checkout)).isRefunded();
  }

  @Test
  void a_transfer_that_arrived_can_not_be_reported_as_never_to_arrive() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());

    assertThatThrownBy(
            () -> report(checkout, Finding.MONEY_WILL_NOT_ARRIVE, "EUR 10.00", Optional.empty()))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("known to have arrived");

    assertThat(shop.view(checkout)).isCompleted();
    assertThatEvents(shop.events()).containsNo(PaymentFailed.class);
  }

  @Test
  void a_transfer_that_arrives_after_the_checkout_expired_is_late_money() {
    CheckoutView checkout = transfer(shop.startGold(Shop.ANN));
    shop.pass(Duration.ofDays(2), 10);
    assertThat(shop.view(checkout)).isExpired();

    Payment payment = report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());

    assertThat(payment.operations()).as("the charge, and our refund").hasSize(2);
    assertThatEvents(shop.events())
        .containsOnce(LateMoney.class)
        .containsNo(CheckoutCompleted.class);
    assertThat(payment).hasRefundable(Money.parse("EUR 0.00"));
  }

  @Test
  void a_provider_that_can_be_asked_takes_no_reports() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);

    assertThatThrownBy(() -> report(checkout, Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty()))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThat(shop.view(checkout)).isPending();
  }

  @Test
  void a_report_without_actor_or_reason_is_refused() {
    CheckoutView checkout = transfer(shop.start10());

    assertThatThrownBy(
            () ->
                shop.house()
                    .operations()
                    .report(
                        new ReportMoney(
                            shop.payment(checkout).id(),
                            Finding.MONEY_ARRIVED,
                            Shop.TEN,
                            Optional.empty(),
                            " ",
                            null)))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .contains("actor", "reason"));
    assertThat(shop.payment(checkout)).isNotPaid();
  }

  @Test
  void a_free_checkout_is_completed_without_a_gateway() {
    CheckoutView checkout = shop.startFor(Money.parse("EUR 0.00"));

    CheckoutView done = shop.house().completeFree(checkout.id());

    assertThat(done).isCompleted().hasPayments(0);
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class, event -> assertThat(event.payment()).isEmpty());
    assertThat(shop.ledger().requests()).isZero();
    assertThat(shop.house().completeFree(checkout.id())).isCompleted();
    assertThatEvents(shop.events()).containsOnce(CheckoutCompleted.class);
  }

  @Test
  void a_checkout_that_costs_something_can_not_be_had_for_free() {
    CheckoutView checkout = shop.startGold(Shop.ANN);

    assertThatThrownBy(() -> shop.house().completeFree(checkout.id()))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("is not free");

    assertThat(shop.view(checkout)).isOpen().hasMembership(MembershipState.PENDING);
  }

  @Test
  void a_free_checkout_can_not_be_paid() {
    CheckoutView checkout = shop.startFor(Money.parse("EUR 0.00"));

    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("nothing to pay");

    assertThat(shop.ledger().requests()).isZero();
    assertThat(shop.view(checkout)).isOpen().hasPayments(0);
  }

  @Test
  void a_free_checkout_that_is_over_can_not_be_completed() {
    CheckoutView cancelled = shop.startFor(Money.parse("EUR 0.00"));
    shop.house().cancelCheckout(cancelled.id());
    CheckoutView expired = shop.startFor(Money.parse("EUR 0.00"));
    shop.clock.advance(Duration.ofDays(2));

    for (CheckoutView over : new CheckoutView[] {cancelled, expired}) {
      assertThatThrownBy(() -> shop.house().completeFree(over.id()))
          .isInstanceOf(GatehouseException.class);
    }
    assertThatEvents(shop.events()).containsNo(CheckoutCompleted.class);
  }

  private Optional<String> refund(CheckoutView checkout) {
    Payment asked = shop.refund(shop.payment(checkout), "EUR 10.00");
    return Optional.of(asked.operations().get(1).key());
  }

  private CheckoutView transfer(CheckoutView checkout) {
    return shop.house()
        .pay(
            Pay.sale(
                checkout.id(),
                shop.newKey(),
                Shop.BANK,
                new PaymentMethod.OfType("bank_transfer")));
  }

  private Payment report(
      CheckoutView checkout, Finding finding, String amount, Optional<String> movement) {
    return shop.house()
        .operations()
        .report(
            new ReportMoney(
                shop.payment(checkout).id(),
                finding,
                Money.parse(amount),
                movement,
                "olga",
                "statement 7"));
  }
}
