package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a person can decide, and what a person may ask to be forgotten. */
class OperatorScenariosTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_person_says_that_a_charge_in_doubt_was_never_made_and_the_customer_may_pay_again() {
    GatewayInstanceId unsure = new GatewayInstanceId("unsure");
    shop.with(new UnsureGateway(), new GatewayConfig(unsure, "unsure", Mode.TEST, Map.of()));
    CheckoutView checkout = shop.start10();
    shop.house()
        .pay(Pay.sale(checkout.id(), "k", unsure, new PaymentMethod.Token("card", "tok_1")));
    shop.pass(Duration.ofMinutes(30), 10);
    Payment doubted = shop.payment(checkout);
    Operation charge = doubted.operations().get(0);
    assertThatEvents(shop.events()).containsOnce(OperationLeftToPerson.class);

    Payment settled = shop.house().operations().settle(settling(doubted, charge, Optional.empty()));

    assertThat(settled.status(charge)).isEqualTo(OperationStatus.NO_EFFECT);
    assertThat(settled.notes()).extracting(Note::actor).containsExactly("Olga");
    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.FAILED);
    assertThatEvents(shop.events()).containsOnce(PaymentFailed.class);
    assertThat(shop.pay(checkout, TestToken.APPROVE).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_person_says_under_which_id_a_refund_in_doubt_was_made() {
    CheckoutView checkout = shop.paid10();
    shop.door.losesTheRequest();
    shop.refund(shop.payment(checkout), "EUR 4.00");
    shop.door.down(true);
    shop.pass(Duration.ofDays(3), 60);
    Payment doubted = shop.payment(checkout);
    Operation refund = doubted.operations().get(1);
    assertThatEvents(shop.events()).containsOnce(OperationLeftToPerson.class);

    Payment settled =
        shop.house().operations().settle(settling(doubted, refund, Optional.of("re_console")));

    assertThat(settled.status(refund)).isEqualTo(OperationStatus.SUCCEEDED);
    assertThat(settled.refundable().orElseThrow()).isEqualTo(Money.parse("EUR 6.00"));
    assertThatEvents(shop.events()).containsOnce(PaymentRefunded.class);
  }

  @Test
  void what_is_not_in_doubt_is_not_settled() {
    CheckoutView checkout = shop.paid10();
    Payment paid = shop.payment(checkout);
    Operation charge = paid.operations().get(0);

    assertThatThrownBy(
            () -> shop.house().operations().settle(settling(paid, charge, Optional.empty())))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("is not in doubt");
    SettleOperation unknown =
        new SettleOperation(paid.id(), "no-such-operation", Optional.empty(), "Olga", "mistake");
    assertThatThrownBy(() -> shop.house().operations().settle(unknown))
        .isInstanceOf(NotFoundException.class);
    assertThat(shop.payment(checkout)).isCaptured();
    assertThat(shop.payment(checkout).notes()).isEmpty();
  }

  @Test
  void an_erased_customer_is_nobody_any_more_while_payments_and_events_stay() {
    CheckoutView checkout = shop.paid10();
    Payment before = shop.payment(checkout);
    int events = shop.events().size();

    shop.erase(checkout.checkout().customer());

    assertThat(shop.house().customer(checkout.checkout().customer()).person()).isEmpty();
    assertThat(shop.house().customer(checkout.checkout().customer()).metadata()).isEmpty();
    assertThat(shop.payment(checkout)).isEqualTo(before);
    assertThat(shop.events()).hasSize(events + 1).last().isInstanceOf(CustomerErased.class);
  }

  private static SettleOperation settling(
      Payment payment, Operation operation, Optional<String> effect) {
    return new SettleOperation(
        payment.id(), operation.key(), effect, "Olga", "looked at the provider's console");
  }
}
