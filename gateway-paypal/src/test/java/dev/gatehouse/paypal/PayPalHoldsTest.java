package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds that grow old, and are renewed before money is taken of them. */
class PayPalHoldsTest {
  private static final String RENEW = "POST /v2/payments/authorizations/{id}/reauthorize";
  private static final String CAPTURE = "POST /v2/payments/authorizations/{id}/capture";

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_hold_that_paypal_vouches_for_is_captured_as_it_is() {
    Payment held = held(Duration.ofDays(2));

    shop.capture(held, "USD 4.00", false);
    shop.clock.advance(Duration.ofDays(5));
    Payment captured = shop.capture(held, "USD 6.00", true);

    assertThat(captured).isCaptured().isPaid().isSound();
    assertThat(requests(RENEW)).isZero();
    assertThat(order(held).authorizations()).hasSize(1);
  }

  @Test
  void an_old_hold_is_renewed_once_and_captured_in_parts() {
    Payment held = held(Duration.ofDays(5));

    assertThat(shop.capture(held, "USD 4.00", false)).isPartlyCaptured();
    shop.clock.advance(Duration.ofDays(5));
    Payment captured = shop.capture(held, "USD 6.00", true);
    shop.deliverWebhooks().work();

    assertThat(shop.gatehouse.payment(captured.id())).isCaptured().isPaid().isSound();
    assertThat(requests(RENEW)).isEqualTo(1);
    assertThat(requests(CAPTURE)).isEqualTo(2);
    assertThat(order(held).authorizations()).hasSize(2);
    assertThat(order(held).captures())
        .hasSize(2)
        .allMatch(c -> c.authorization().equals(Optional.of(renewed(held))));
  }

  @ParameterizedTest
  @CsvSource({
    "/reauthorize,REFUSED_CONNECTION",
    "/reauthorize,LOST_REQUEST",
    "/reauthorize,LOST_RESPONSE",
    "/reauthorize,HALF_RESPONSE",
    "/capture,REFUSED_CONNECTION",
    "/capture,LOST_REQUEST",
    "/capture,LOST_RESPONSE",
    "/capture,HALF_RESPONSE"
  })
  void an_old_hold_of_which_any_answer_got_lost_is_renewed_and_captured_once(
      String where, FaultyDoor.Fault fault) {
    Payment held = held(Duration.ofDays(5));
    shop.door.next(where, fault);
    shop.capture(held, "USD 10.00", true);

    shop.pass(Duration.ofHours(1), 60);

    assertThat(shop.gatehouse.payment(held.id())).isCaptured().isPaid().isSound();
    assertThat(order(held).authorizations()).hasSize(2);
    assertThat(order(held).captured()).isEqualTo(Money.parse("USD 10.00"));
    assertThat(order(held).captures()).hasSize(1);
  }

  /** Whoever captures more, while nobody knows of the renewal, asks for the same one. */
  @Test
  void two_captures_of_an_old_hold_renew_it_once_though_an_answer_got_lost() {
    Payment held = held(Duration.ofDays(5));
    shop.door.next("/reauthorize", FaultyDoor.Fault.LOST_RESPONSE);
    shop.capture(held, "USD 4.00", false);
    shop.capture(held, "USD 6.00", false);

    shop.pass(Duration.ofHours(1), 60);

    assertThat(shop.gatehouse.payment(held.id())).isCaptured().isPaid().isSound();
    assertThat(order(held).captured()).isEqualTo(Money.parse("USD 10.00"));
    assertThat(order(held).authorizations()).hasSize(2);
  }

  /** The renewal took place; that the capture was declined does not undo it. */
  @Test
  void a_hold_that_was_renewed_and_not_captured_is_not_renewed_once_more() {
    Payment held = held(Duration.ofDays(5));
    shop.door.answer(
        "/capture",
        422,
        "application/json",
        "{\"name\":\"UNPROCESSABLE_ENTITY\",\"debug_id\":\"d\",\"details\":"
            + "[{\"issue\":\"TRANSACTION_REFUSED\"}]}");
    Payment declined = shop.capture(held, "USD 10.00", true);
    String old = order(held).authorizations().get(0).id();
    assertThat(declined.facts().authorizations().get(old).supersededBy().has(renewed(held)))
        .isTrue();

    Payment captured = shop.capture(declined, "USD 10.00", true);

    assertThat(captured).isCaptured().isPaid().isSound();
    assertThat(order(held).authorizations()).hasSize(2);
    assertThat(requests(RENEW)).isEqualTo(1);
  }

  @Test
  void where_paypal_refuses_to_renew_the_hold_itself_is_captured() {
    Payment held = held(Duration.ofDays(5));
    shop.door.answer(
        "/reauthorize",
        422,
        "application/json",
        "{\"name\":\"UNPROCESSABLE_ENTITY\",\"debug_id\":\"d\",\"details\":"
            + "[{\"issue\":\"REAUTHORIZATION_NOT_SUPPORTED\"}]}");

    assertThat(shop.capture(held, "USD 10.00", true)).isCaptured().isPaid();
    assertThat(order(held).authorizations()).hasSize(1);
  }

  @Test
  void a_renewed_hold_is_let_go_with_the_one_that_it_renewed() {
    Payment held = held(Duration.ofDays(5));
    shop.capture(held, "USD 4.00", false);

    Payment released = shop.release(shop.gatehouse.payment(held.id()));

    assertThat(order(held).authorizations()).allMatch(hold -> hold.status().equals("VOIDED"));
    assertThat(released).hasCaptured(Money.parse("USD 4.00")).isSound();
  }

  @Test
  void a_hold_that_has_run_out_takes_nothing_and_says_so() {
    Payment held = held(Duration.ofDays(30));

    shop.capture(held, "USD 10.00", true);
    shop.deliverWebhooks().pass(Duration.ofDays(1), 10);

    assertThat(order(held).captures()).isEmpty();
    assertThat(shop.gatehouse.payment(held.id())).isVoided();
  }

  /** The payments that people look at most; several captures have several pages. */
  @Test
  void a_hold_that_was_taken_in_parts_has_the_page_of_the_first_hold() {
    Payment held = held(Duration.ofDays(5));
    shop.capture(held, "USD 4.00", false);
    Payment taken = shop.capture(held, "USD 6.00", true);
    String first = order(held).authorizations().get(0).id();

    Trace trace = new Trace(Optional.of("x"), taken.createdAt(), Optional.empty(), taken.facts());
    assertThat(new Bench().gateway.paymentPage(trace))
        .contains(URI.create("https://www.sandbox.paypal.com/activity/payment/" + first));
  }

  private Payment held(Duration age) {
    CheckoutView checkout = shop.hold("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());
    shop.clock.advance(age);
    return shop.payment(checkout);
  }

  private PayPalLedger.PurchaseUnit order(Payment payment) {
    return shop.paypal.ledger().ordersOf(payment.id().value()).get(0);
  }

  private String renewed(Payment payment) {
    return order(payment).authorizations().get(1).id();
  }

  private int requests(String endpoint) {
    return shop.paypal.ledger().requests(endpoint);
  }
}
