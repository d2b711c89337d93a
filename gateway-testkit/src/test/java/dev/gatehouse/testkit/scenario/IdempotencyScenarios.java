package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same command twice, and two commands at once: numbers 6, 7, 11, 12. */
public abstract class IdempotencyScenarios extends StoreScenario {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  protected IdempotencyScenarios(SimulatedStore.Factory place) {
    super(place);
  }

  @Test
  void f06_two_requests_with_one_key_at_once_lead_to_one_charge() throws Exception {
    CheckoutView checkout = shop.start10();
    Pay pay = shop.sale(checkout, TestToken.APPROVE);
    InFlight first = inFlight(() -> shop.house().pay(pay));

    CheckoutView second = shop.house().pay(pay);

    assertThat(second).isPending().hasPayments(1);
    assertThat(shop.chargeRequests()).isZero();
    assertThat((CheckoutView) first.finish()).isCompleted().hasPayments(1);
    assertThat(shop.chargeRequests()).isEqualTo(1);
    assertThatEvents(shop.events()).containsOnce(CheckoutCompleted.class);
  }

  @Test
  void f06_two_requests_with_two_keys_at_once_are_one_charge_and_a_typed_refusal()
      throws Exception {
    CheckoutView checkout = shop.start10();
    InFlight first = inFlight(() -> shop.pay(checkout, TestToken.APPROVE));

    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("a payment is under way");

    first.finish();
    assertThat(shop.view(checkout)).isCompleted().hasPayments(1);
    assertThat(shop.ledger().charges()).hasSize(1);
  }

  @Test
  void f07_one_key_with_other_content_is_a_typed_conflict_and_no_request() {
    CheckoutView checkout = shop.start10();
    Pay pay = shop.sale(checkout, TestToken.APPROVE);
    shop.house().pay(pay);
    int before = shop.ledger().requests();

    for (Pay other :
        List.of(
            Pay.sale(checkout.id(), pay.key(), Shop.MAIN, Shop.card(TestToken.ACTION)),
            Pay.sale(checkout.id(), pay.key(), Shop.BANK, pay.method()),
            pay.holdOnly(),
            pay.storingMethod())) {
      assertThatThrownBy(() -> shop.house().pay(other))
          .isInstanceOf(IdempotencyConflictException.class);
    }
    assertThat(shop.ledger().requests()).isEqualTo(before);
    assertThat(shop.view(checkout)).isCompleted().hasPayments(1);
  }

  @Test
  void f07_a_checkout_under_a_used_key_is_the_same_one_or_a_conflict() {
    StartCheckout start =
        StartCheckout.forLines(Shop.ANN, "basket-1", List.of(Line.of("A", 1, Shop.TEN)));
    CheckoutView first = shop.house().startCheckout(start);

    assertThat(shop.house().startCheckout(start).id()).isEqualTo(first.id());
    assertThatThrownBy(
            () ->
                shop.house()
                    .startCheckout(
                        StartCheckout.forLines(
                            Shop.ANN, "basket-1", List.of(Line.of("A", 2, Shop.TEN)))))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThatThrownBy(
            () ->
                shop.house().startCheckout(StartCheckout.forPlan(Shop.ANN, "basket-1", Shop.GOLD)))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThat(shop.checkouts()).hasSize(1);
    assertThat(
            shop.house()
                .startCheckout(
                    StartCheckout.forLines(
                        Shop.BOB, "basket-1", List.of(Line.of("A", 1, Shop.TEN))))
                .id())
        .as("another customer's key is another key")
        .isNotEqualTo(first.id());
  }

  @Test
  void f07_a_customer_is_registered_once_and_never_overwritten() {
    RegisterCustomer ann =
        new RegisterCustomer(Shop.ANN, new Person("ann", "ann@example.org", Locale.ENGLISH));

    assertThat(shop.house().register(ann).id()).isEqualTo(Shop.ANN);
    assertThatThrownBy(
            () ->
                shop.house()
                    .register(
                        new RegisterCustomer(
                            Shop.ANN, new Person("Eve", "eve@example.org", Locale.ENGLISH))))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThatEvents(shop.house().timeline(Shop.ANN)).containsOnce(CustomerCreated.class);
  }

  @Test
  void f11_a_capture_called_twice_has_one_effect() {
    CheckoutView checkout = shop.hold(shop.start10(), TestToken.APPROVE);
    Capture capture = new Capture(shop.payment(checkout).id(), "cap-1", Shop.TEN, true);

    shop.house().capture(capture);
    Payment again = shop.house().capture(capture);

    assertThat(again).isCaptured().hasCaptured(Shop.TEN);
    assertThat(shop.charge(again).captures()).hasSize(1);
    assertThat(shop.ledger().requests("POST", "/v1/authorizations/{id}/captures")).isEqualTo(1);
    assertThatThrownBy(
            () ->
                shop.house()
                    .capture(new Capture(again.id(), "cap-1", Money.parse("EUR 9.00"), true)))
        .isInstanceOf(IdempotencyConflictException.class);
  }

  @Test
  void f11_two_captures_at_once_never_take_more_than_is_held() throws Exception {
    CheckoutView checkout = shop.hold(shop.start10(), TestToken.APPROVE);
    Payment payment = shop.payment(checkout);
    InFlight first = inFlight(() -> shop.capture(payment, "EUR 6.00", false));

    assertThatThrownBy(() -> shop.capture(payment, "EUR 6.00", false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("EUR 4.00");

    first.finish();
    assertThat(shop.payment(checkout)).isPartlyCaptured().hasCaptured(Money.parse("EUR 6.00"));
    assertThat(shop.charge(payment).captures()).hasSize(1);
  }

  @Test
  void f12_two_partial_refunds_at_once_never_exceed_what_was_captured() throws Exception {
    Payment payment = shop.payment(shop.paid10());
    InFlight first = inFlight(() -> shop.refund(payment, "EUR 6.00"));

    assertThatThrownBy(() -> shop.refund(payment, "EUR 6.00"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().get(0).code()).isEqualTo("money.over-refund"));

    first.finish();
    assertThat(shop.payment(payment.id())).hasRefunded(Money.parse("EUR 6.00"));
    assertThat(shop.charge(payment).refunds()).hasSize(1);
  }

  @Test
  void f12_two_partial_refunds_at_once_that_fit_are_both_made() throws Exception {
    Payment payment = shop.payment(shop.paid10());
    InFlight first = inFlight(() -> shop.refund(payment, "EUR 6.00"));

    shop.refund(payment, "EUR 4.00");

    first.finish();
    assertThat(shop.payment(payment.id())).isRefunded();
    assertThat(shop.charge(payment).refunds()).hasSize(2);
  }

  @Test
  void a_refund_called_twice_has_one_effect() {
    Payment payment = shop.payment(shop.paid10());
    Refund refund = Refund.of(payment.id(), "back-1", Money.parse("EUR 2.00"));

    shop.house().refund(refund);
    Payment again = shop.house().refund(refund);

    assertThat(again).isPartlyRefunded().hasRefunded(Money.parse("EUR 2.00"));
    assertThat(shop.charge(payment).refunds()).hasSize(1);
    assertThatEvents(shop.events()).containsOnce(PaymentRefunded.class);
    assertThatThrownBy(
            () -> shop.house().refund(Refund.of(payment.id(), "back-1", Money.parse("EUR 3.00"))))
        .isInstanceOf(IdempotencyConflictException.class);
  }

  /** The provider is told the reason. */
  @Test
  void f07_a_refund_repeated_under_its_key_for_another_reason_is_a_conflict() {
    Payment payment = shop.payment(shop.paid10());
    Money two = Money.parse("EUR 2.00");
    Refund refund = new Refund(payment.id(), "back-1", two, Optional.of("damaged"));
    shop.house().refund(refund);

    for (Optional<String> other : List.of(Optional.of("fraud"), Optional.<String>empty())) {
      assertThatThrownBy(() -> shop.house().refund(new Refund(payment.id(), "back-1", two, other)))
          .isInstanceOf(IdempotencyConflictException.class);
    }

    assertThat(shop.house().refund(refund)).hasRefunded(two);
    assertThat(shop.charge(payment).refunds()).hasSize(1);
  }

  @Test
  void a_refund_of_one_amount_under_two_keys_is_two_refunds() {
    Payment payment = shop.payment(shop.paid10());

    shop.refund(payment, "EUR 2.00");
    shop.refund(payment, "EUR 2.00");

    assertThat(shop.charge(payment).refunds()).hasSize(2);
    assertThat(shop.payment(payment.id())).hasRefunded(Money.parse("EUR 4.00"));
  }

  @Test
  void a_void_called_twice_has_one_effect() {
    Payment payment = shop.payment(shop.hold(shop.start10(), TestToken.APPROVE));
    VoidPayment command = new VoidPayment(payment.id(), "void-1");

    shop.house().voidPayment(command);
    Payment again = shop.house().voidPayment(command);

    assertThat(again).isVoided();
    assertThat(shop.ledger().requests("POST", "/v1/authorizations/{id}/void")).isEqualTo(1);
    assertThatEvents(shop.events()).containsOnce(AuthorizationEnded.class);
  }

  /** A call that was sent and waits for its answer. */
  private final class InFlight {
    private final CountDownLatch answer;
    private final Future<?> call;

    InFlight(CountDownLatch answer, Future<?> call) {
      this.answer = answer;
      this.call = call;
    }

    Object finish() throws Exception {
      answer.countDown();
      return call.get(30, TimeUnit.SECONDS);
    }
  }

  private InFlight inFlight(Callable<?> command) throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    shop.door.next(
        (request, through) -> {
          sent.countDown();
          await(answer);
          return through.go();
        });
    Future<?> call = threads.submit(command);
    assertThat(sent.await(30, TimeUnit.SECONDS)).as("the request was sent").isTrue();
    return new InFlight(answer, call);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let the call go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
