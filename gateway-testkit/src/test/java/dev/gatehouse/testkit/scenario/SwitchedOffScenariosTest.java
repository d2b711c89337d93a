package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.TestToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that is switched off takes no new payments; whatever has begun goes on. */
class SwitchedOffScenariosTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_new_payment_is_refused_before_anything_is_sent_or_saved() {
    CheckoutView checkout = shop.start10();
    shop.house().switchOff(Shop.MAIN);
    int sent = shop.chargeRequests();

    InvalidStateException refused =
        catchThrowableOfType(
            InvalidStateException.class, () -> shop.pay(checkout, TestToken.APPROVE));

    assertThat(refused.problems()).extracting(Problem::code).containsExactly("gateway.off");
    assertThat(shop.chargeRequests()).isEqualTo(sent);
    assertThat(shop.view(checkout).payments()).isEmpty();
    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.OPEN);
  }

  @Test
  void switched_on_again_it_takes_payments_again() {
    assertThat(shop.house().switchOff(Shop.MAIN).takesNewPayments()).isFalse();
    assertThat(shop.house().switchOn(Shop.MAIN).takesNewPayments()).isTrue();
    assertThat(shop.paid10()).isCompleted();
  }

  @Test
  void the_others_go_on() {
    CheckoutView checkout = shop.start10();
    shop.house().switchOff(Shop.MAIN);
    Pay transfer =
        Pay.sale(
            checkout.id(),
            "k",
            Shop.BANK,
            new dev.gatehouse.spi.PaymentMethod.OfType("bank_transfer"));
    assertThat(shop.house().pay(transfer).payments()).hasSize(1);
  }

  @Test
  void a_command_that_was_carried_out_already_is_answered_as_before() {
    CheckoutView checkout = shop.start10();
    Pay sale = shop.sale(checkout, TestToken.APPROVE);
    shop.house().pay(sale);
    shop.house().switchOff(Shop.MAIN);
    assertThat(shop.house().pay(sale)).isCompleted();
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void held_money_is_taken_and_given_back() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    CheckoutView other = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.house().switchOff(Shop.MAIN);
    Payment taken = shop.capture(shop.payment(held), "EUR 10", true);
    assertThat(taken.state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(shop.refund(taken, "EUR 4").state()).isEqualTo(PaymentState.PARTLY_REFUNDED);
    Payment released =
        shop.house().voidPayment(new VoidPayment(shop.payment(other).id(), shop.newKey()));
    assertThat(released.state()).isEqualTo(PaymentState.VOIDED);
  }

  @Test
  void a_payment_under_way_is_looked_up_and_comes_to_its_end() {
    CheckoutView pending = shop.pay(shop.start10(), TestToken.PENDING);
    shop.house().switchOff(Shop.MAIN);
    shop.controls().settle(shop.charge(shop.payment(pending)).id());
    shop.passMinutes(30);
    assertThat(shop.view(pending)).isCompleted();
  }

  @Test
  void a_webhook_is_taken_in() {
    CheckoutView pending = shop.pay(shop.start10(), TestToken.PENDING);
    shop.house().switchOff(Shop.MAIN);
    shop.controls().settle(shop.charge(shop.payment(pending)).id());
    shop.deliverWebhooks();
    assertThat(shop.view(pending)).isCompleted();
  }

  @Test
  void what_the_customer_approved_is_completed() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    shop.house().switchOff(Shop.MAIN);
    shop.controls().approve(shop.charge(shop.payment(asked)).id());
    assertThat(shop.house().customerReturned(asked.id())).isCompleted();
  }

  @Test
  void an_instance_may_start_switched_off_by_its_settings() {
    shop.with(
        new Twin(new ReferenceGatewayProvider()),
        new GatewayConfig(
                new GatewayInstanceId("twin"),
                "twin",
                Mode.TEST,
                shop.settingsWithSecrets("whsec_1", "whsec_0"))
            .off());
    assertThat(shop.house().gateways())
        .filteredOn(view -> !view.takesNewPayments())
        .extracting(view -> view.id().value())
        .containsExactly("twin");
  }
}
