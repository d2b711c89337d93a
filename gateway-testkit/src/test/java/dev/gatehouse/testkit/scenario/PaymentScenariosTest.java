package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentMethodStored;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways of a checkout on which nothing goes wrong at the provider. */
class PaymentScenariosTest {
  private final Shop shop = new Shop();

  @Test
  void a_sale_completes_the_checkout_and_begins_the_membership() {
    CheckoutView checkout = shop.startGold(Shop.ANN);
    assertThat(checkout).isOpen().hasMembership(MembershipState.PENDING);

    CheckoutView paid = shop.pay(checkout, TestToken.APPROVE);

    assertThat(paid).isPaidBy(shop.payment(checkout).id()).hasMembership(MembershipState.ACTIVE);
    assertThat(shop.payment(checkout)).isCaptured().isPaid().isSound().hasRefundable(Shop.TEN);
    assertThatEvents(shop.house().timeline(Shop.ANN))
        .areExactly(
            CustomerCreated.class,
            PaymentCaptured.class,
            CheckoutCompleted.class,
            MembershipStatusChanged.class)
        .containsOnce(
            CheckoutCompleted.class,
            event -> {
              assertThat(event.total()).isEqualTo(Shop.TEN);
              assertThat(event.payment().orElseThrow().id()).isEqualTo(shop.payment(checkout).id());
              assertThat(event.payment().orElseThrow().currency()).isEqualTo("EUR");
              assertThat(event.membership().orElseThrow().plan()).isEqualTo(Shop.GOLD.id());
              assertThat(event.header().customer()).contains(Shop.ANN);
              assertThat(event.header().mode()).contains(Mode.TEST);
            })
        .containsOnce(
            MembershipStatusChanged.class,
            event -> {
              assertThat(event.from()).isEqualTo(MembershipState.PENDING);
              assertThat(event.to()).isEqualTo(MembershipState.ACTIVE);
            });
    assertThat(shop.charge(shop.payment(checkout)).captured()).isEqualTo(Shop.TEN);
  }

  @Test
  void a_declined_payment_can_be_tried_again_with_another_card() {
    CheckoutView checkout = shop.startGold(Shop.ANN);

    CheckoutView declined =
        shop.house()
            .pay(
                Pay.sale(
                    checkout.id(),
                    "try-1",
                    Shop.MAIN,
                    new PaymentMethod.Token(
                        "card", TestToken.decline(DeclineCode.INSUFFICIENT_FUNDS))));
    assertThat(declined)
        .isFailed()
        .isDeclinedWith(DeclineCode.INSUFFICIENT_FUNDS)
        .hasMembership(MembershipState.PENDING);
    assertThat(shop.payment(checkout)).isFailed().isNotPaid();

    assertThat(shop.pay(checkout, TestToken.APPROVE)).isCompleted().hasPayments(2);
    assertThatEvents(shop.events())
        .comeInOrder(PaymentFailed.class, CheckoutCompleted.class)
        .containsOnce(PaymentFailed.class)
        .containsOnce(CheckoutCompleted.class);
  }

  @ParameterizedTest
  @EnumSource(DeclineCode.class)
  void every_decline_is_told_with_its_code_and_a_hard_one_is_not_tried_again(DeclineCode code) {
    CheckoutView checkout = shop.start10();
    PaymentMethod method = new PaymentMethod.Token("card", TestToken.decline(code));

    shop.house().pay(Pay.sale(checkout.id(), "try-1", Shop.MAIN, method));

    Payment payment = shop.payment(checkout);
    assertThat(payment).isFailed().isDeclinedWith(code);
    assertThatEvents(shop.events())
        .containsOnce(
            PaymentFailed.class, event -> assertThat(event.decline().code()).isEqualTo(code));
    Pay again = Pay.sale(checkout.id(), "try-2", Shop.MAIN, method);
    if (payment.decline().orElseThrow().isRetryable()) {
      assertThat(shop.house().pay(again)).isFailed().hasPayments(2);
    } else {
      assertThatThrownBy(() -> shop.house().pay(again)).isInstanceOf(InvalidStateException.class);
      assertThat(shop.chargeRequests()).isEqualTo(1);
    }
  }

  @Test
  void there_is_a_limit_to_tries() {
    CheckoutView checkout = shop.start10();
    for (int i = 0; i < 15; i++) {
      shop.pay(checkout, TestToken.DECLINE_UNKNOWN);
    }

    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("15 times");
    assertThat(shop.chargeRequests()).isEqualTo(15);
  }

  @Test
  void an_approved_action_is_completed_when_the_customer_comes_back() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    assertThat(asked).awaitsCustomer();
    shop.controls().approve(shop.charge(shop.payment(asked)).id());

    CheckoutView back = shop.house().customerReturned(asked.id());

    assertThat(back).isCompleted();
    assertThat(shop.charge(shop.payment(asked)).captures()).hasSize(1);
  }

  @Test
  void an_approved_action_is_completed_even_if_the_customer_never_comes_back() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());
    shop.provider.takeWebhooks();

    shop.passMinutes(10);

    assertThat(shop.view(asked)).isCompleted();
    assertThat(shop.ledger().requests("POST", "/v1/charges/{id}/complete")).isEqualTo(1);
  }

  @Test
  void an_approved_action_is_completed_by_its_webhook_alone() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());

    shop.deliverWebhooks();

    assertThat(shop.view(asked)).isCompleted();
  }

  @Test
  void a_completion_whose_response_is_lost_is_looked_up() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());
    shop.door.losesTheResponse();

    shop.house().customerReturned(asked.id());
    shop.passMinutes(2);

    assertThat(shop.view(asked)).isCompleted();
    assertThat(shop.ledger().requests("POST", "/v1/charges/{id}/complete")).isEqualTo(1);
  }

  @Test
  void a_completion_whose_request_is_lost_is_sent_again() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());
    shop.door.losesTheRequest();

    shop.house().customerReturned(asked.id());
    shop.passMinutes(2);

    assertThat(shop.view(asked)).isCompleted();
    assertThat(shop.charge(shop.payment(asked)).captures()).hasSize(1);
  }

  @Test
  void a_customer_who_must_act_twice_is_sent_twice() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION_TWICE);
    var first = asked.action().orElseThrow();
    String charge = shop.charge(shop.payment(asked)).id();
    shop.controls().approve(charge);

    CheckoutView again = shop.house().customerReturned(asked.id());
    assertThat(again).awaitsCustomer();
    assertThat(again.action().orElseThrow()).isNotEqualTo(first);
    shop.controls().approve(charge);

    assertThat(shop.house().customerReturned(asked.id())).isCompleted();
  }

  @Test
  void a_rejected_action_fails_the_checkout_and_another_card_may_be_tried() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.controls().reject(shop.charge(shop.payment(asked)).id());

    assertThat(shop.house().customerReturned(asked.id()))
        .isFailed()
        .isDeclinedWith(DeclineCode.ABANDONED);
    assertThat(shop.pay(asked, TestToken.APPROVE)).isCompleted();
  }

  @Test
  void a_completion_that_is_declined_fails_the_checkout() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION_DECLINED);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());

    assertThat(shop.house().customerReturned(asked.id()))
        .isFailed()
        .isDeclinedWith(DeclineCode.DO_NOT_HONOR);
    assertThatEvents(shop.events()).containsOnce(PaymentFailed.class);
  }

  @Test
  void a_pending_charge_is_completed_by_its_webhook() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.PENDING);
    assertThat(asked).isPending();
    shop.controls().settle(shop.charge(shop.payment(asked)).id());

    shop.deliverWebhooks();

    assertThat(shop.view(asked)).isCompleted();
  }

  @Test
  void a_status_that_nobody_knows_is_pending_until_it_is_one_that_is_known() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.UNKNOWN_STATUS);
    assertThat(asked).isPending();
    shop.controls().settle(shop.charge(shop.payment(asked)).id());

    shop.deliverWebhooks();

    assertThat(shop.view(asked)).isCompleted();
  }

  @Test
  void held_money_is_captured_in_parts_and_the_checkout_is_completed_by_the_last() {
    CheckoutView held = shop.hold(shop.startGold(Shop.ANN), TestToken.APPROVE);
    assertThat(held).isAuthorized().hasMembership(MembershipState.PENDING);
    assertThat(shop.payment(held)).isAuthorized();
    assertThatEvents(shop.events())
        .containsOnce(PaymentAuthorized.class)
        .containsNo(CheckoutCompleted.class);

    Payment part = shop.capture(shop.payment(held), "EUR 4.00", false);
    assertThat(part).isPartlyCaptured().isNotPaid().hasCaptured(Money.parse("EUR 4.00"));
    assertThat(shop.view(held)).isAuthorized();
    assertThatEvents(shop.events()).containsNo(CheckoutCompleted.class);

    assertThat(shop.capture(part, "EUR 6.00", false)).isCaptured().isPaid();
    assertThat(shop.view(held)).isCompleted().hasMembership(MembershipState.ACTIVE);
    assertThatEvents(shop.events())
        .contains(2, PaymentCaptured.class)
        .containsOnce(CheckoutCompleted.class);
    assertThat(shop.charge(part).captured()).isEqualTo(Shop.TEN);
  }

  @Test
  void a_final_partial_capture_completes_the_checkout_and_releases_the_rest() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);

    Payment captured = shop.capture(shop.payment(held), "EUR 7.00", true);

    assertThat(captured).isCaptured().isPaid().hasCaptured(Money.parse("EUR 7.00"));
    assertThat(shop.view(held)).isCompleted();
    assertThatThrownBy(() -> shop.capture(captured, "EUR 3.00", false))
        .isInstanceOf(InvalidStateException.class);
    assertThat(shop.charge(captured).captured()).isEqualTo(Money.parse("EUR 7.00"));
  }

  @Test
  void more_than_is_held_can_not_be_captured() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);

    assertThatThrownBy(() -> shop.capture(shop.payment(held), "EUR 10.01", true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("EUR 10.00");
    assertThatThrownBy(() -> shop.capture(shop.payment(held), "USD 1.00", true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("EUR");
    assertThatThrownBy(() -> shop.capture(shop.payment(held), "EUR 0.00", true))
        .isInstanceOf(InvalidInputException.class);
    assertThat(shop.ledger().requests()).isEqualTo(1);
  }

  @Test
  void a_void_releases_the_money_and_the_customer_may_pay_in_another_way() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);

    Payment voided =
        shop.house().voidPayment(new VoidPayment(shop.payment(held).id(), shop.newKey()));

    assertThat(voided).isVoided().isNotPaid();
    assertThat(shop.view(held)).isFailed();
    assertThatEvents(shop.events()).containsOnce(AuthorizationEnded.class);
    assertThatThrownBy(() -> shop.capture(voided, "EUR 1.00", false))
        .isInstanceOf(InvalidStateException.class);
    assertThat(shop.pay(held, TestToken.APPROVE)).isCompleted();
  }

  @Test
  void a_hold_that_runs_out_is_seen_and_the_checkout_failed() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.EXPIRES_EARLY);

    shop.passMinutes(10);

    assertThat(shop.view(held)).isFailed();
    assertThatEvents(shop.events()).containsOnce(AuthorizationEnded.class);
  }

  @Test
  void several_refunds_add_up_and_never_to_more_than_was_taken() {
    Payment payment = shop.payment(shop.paid10());

    assertThat(shop.refund(payment, "EUR 3.00")).isPartlyRefunded();
    assertThat(shop.refund(payment, "EUR 3.00")).hasRefundable(Money.parse("EUR 4.00"));
    assertThatThrownBy(() -> shop.refund(payment, "EUR 4.01")).hasMessageContaining("EUR 4.00");
    assertThat(shop.refund(payment, "EUR 4.00")).isRefunded().isPaid();
    assertThatThrownBy(() -> shop.refund(payment, "EUR 0.01"))
        .isInstanceOf(InvalidStateException.class);

    assertThatEvents(shop.events()).contains(3, PaymentRefunded.class);
    assertThat(shop.charge(payment).refunded()).isEqualTo(Shop.TEN);
  }

  @Test
  void one_refund_may_be_spread_over_several_captures() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.capture(shop.payment(held), "EUR 4.00", false);
    shop.capture(shop.payment(held), "EUR 6.00", false);

    Payment refunded = shop.refund(shop.payment(held), "EUR 9.00");

    assertThat(refunded).isPartlyRefunded().hasRefunded(Money.parse("EUR 9.00"));
    assertThat(shop.charge(refunded).refunds()).hasSize(2);
  }

  @Test
  void a_refund_that_comes_back_can_be_made_again() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.REFUND_UNDONE);
    Payment refunded = shop.refund(shop.payment(checkout), "EUR 10.00");
    assertThat(refunded).isRefunded();
    shop.controls().undoRefund(shop.charge(refunded).refunds().get(0).id());

    shop.deliverWebhooks();

    assertThat(shop.payment(checkout)).isCaptured().hasRefundable(Shop.TEN);
    assertThatEvents(shop.events())
        .containsOnce(PaymentRefunded.class)
        .containsOnce(RefundFailed.class);
    shop.refund(shop.payment(checkout), "EUR 2.00");
    assertThat(shop.charge(refunded).refunds()).hasSize(2);
  }

  @Test
  void a_pending_refund_that_fails_makes_the_money_refundable_again() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.REFUND_PENDING_FAILS);
    Payment asked = shop.refund(shop.payment(checkout), "EUR 10.00");
    assertThat(asked).hasRefundable(Shop.TEN.multipliedBy(0));

    shop.passMinutes(10);

    assertThat(shop.payment(checkout)).isCaptured().hasRefundable(Shop.TEN);
    assertThatEvents(shop.events())
        .containsNo(PaymentRefunded.class)
        .containsOnce(RefundFailed.class);
  }

  @Test
  void a_stored_method_pays_without_a_token() {
    CheckoutView first = shop.start10();
    shop.house().pay(shop.sale(first, TestToken.APPROVE).storingMethod());
    String method =
        shop.payment(first)
            .facts()
            .attempts()
            .values()
            .iterator()
            .next()
            .storedMethod()
            .value()
            .orElseThrow();
    CheckoutView second = shop.start10();

    CheckoutView paid =
        shop.house()
            .pay(Pay.sale(second.id(), "k", Shop.MAIN, new PaymentMethod.Stored("card", method)));

    assertThat(paid).isCompleted();
    assertThatEvents(shop.events()).containsOnce(PaymentMethodStored.class);
  }

  @Test
  void a_discount_is_spread_over_the_lines_and_paid_exactly() {
    CheckoutView checkout =
        shop.house()
            .startCheckout(
                StartCheckout.forLines(
                        Shop.ANN,
                        "k",
                        List.of(
                            Line.of("One", 1, Money.parse("EUR 0.01")),
                            Line.of("Three", 3, Money.parse("EUR 3.33"))))
                    .lessDiscount(Money.parse("EUR 1.00")));

    shop.pay(checkout, TestToken.APPROVE);

    assertThat(shop.charge(shop.payment(checkout)).captured()).isEqualTo(Money.parse("EUR 9.00"));
  }

  @Test
  void a_gateway_without_recovery_is_never_sent_a_second_time_and_a_person_is_told() {
    GatewayInstanceId unsure = new GatewayInstanceId("unsure");
    UnsureGateway gateway = new UnsureGateway();
    shop.with(gateway, new GatewayConfig(unsure, "unsure", Mode.TEST, Map.of()));
    CheckoutView checkout = shop.start10();

    shop.house()
        .pay(Pay.sale(checkout.id(), "k", unsure, new PaymentMethod.Token("card", "tok_1")));
    shop.pass(Duration.ofDays(3), 300);

    assertThat(gateway.charges()).isEqualTo(1);
    assertThat(shop.view(checkout)).isPending();
    assertThatEvents(shop.events())
        .containsOnce(OperationLeftToPerson.class)
        .containsNo(PaymentFailed.class);
  }

  @Test
  void a_gateway_that_throws_or_answers_nothing_has_left_us_in_doubt() {
    List<Supplier<Outcome>> broken =
        List.of(
            () -> null,
            () -> {
              throw new IllegalStateException("boom");
            },
            () -> {
              throw new NoClassDefFoundError("acme/Client");
            });
    for (Supplier<Outcome> answer : broken) {
      Shop own = new Shop();
      GatewayInstanceId unsure = new GatewayInstanceId("unsure");
      own.with(new UnsureGateway(answer), new GatewayConfig(unsure, "unsure", Mode.TEST, Map.of()));
      CheckoutView checkout = own.start10();
      own.house()
          .pay(Pay.sale(checkout.id(), "k", unsure, new PaymentMethod.Token("card", "tok_1")));
      assertThat(own.payment(checkout)).isInDoubt();
      assertThat(own.view(checkout)).isPending();
    }
  }

  @Test
  void what_a_gateway_does_not_declare_is_refused_before_anything_is_sent_or_saved() {
    CheckoutView checkout = shop.start10();
    Pay wallet = Pay.sale(checkout.id(), "k", Shop.MAIN, new PaymentMethod.OfType("wallet"));

    assertThatThrownBy(() -> shop.house().pay(wallet.holdOnly()))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(
            () ->
                shop.house()
                    .pay(Pay.sale(checkout.id(), "k", Shop.MAIN, new PaymentMethod.OfType("cash"))))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                shop.house()
                    .pay(Pay.sale(checkout.id(), "k", Shop.MAIN, new PaymentMethod.OfType("card"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs a token");

    assertThat(shop.view(checkout)).isOpen().hasPayments(0);
    assertThat(shop.ledger().requests()).isZero();
    assertThat(shop.house().pay(wallet)).awaitsCustomer();
  }

  @Test
  void held_money_can_be_captured_while_the_provider_is_down_once_it_is_up_again() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.door.down(true);
    shop.house().capture(new Capture(shop.payment(held).id(), "c", Shop.TEN, true));
    assertThat(shop.payment(held)).isAuthorized();
    shop.pass(Duration.ofHours(1), 60);
    shop.door.down(false);

    shop.pass(Duration.ofDays(1), 200);

    assertThat(shop.payment(held)).isCaptured();
    assertThat(shop.view(held)).isCompleted();
    assertThat(shop.charge(shop.payment(held)).captures()).hasSize(1);
    assertThat(Optional.of(shop.payment(held).operations().get(1).key()))
        .isEqualTo(shop.charge(shop.payment(held)).captures().get(0).key());
  }
}
