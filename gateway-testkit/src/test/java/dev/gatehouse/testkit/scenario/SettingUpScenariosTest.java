package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentMethodNotStored;
import dev.gatehouse.event.PaymentMethodRemoved;
import dev.gatehouse.event.PaymentMethodStored;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods that are stored without a charge, charged by the merchant, and removed. */
class SettingUpScenariosTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING,
          "Gold is EUR 10 a month until I cancel.",
          Instant.parse("2026-03-01T11:59:00Z"));

  private final Shop shop = new Shop();

  @Test
  void a_method_is_stored_without_a_charge_and_known_by_what_people_know_of_it() {
    Payment stored = store(TestToken.APPROVE);

    assertThat(stored).isIn(PaymentState.DONE);
    assertThat(stored.purpose()).isEqualTo(Purpose.SET_UP);
    assertThat(stored.nominal()).isEmpty();
    StoredMethod method = only(Shop.ANN);
    assertThat(method.type()).contains("card");
    assertThat(method.details())
        .isEqualTo(
            MethodDetails.none()
                .brand("testcard")
                .lastDigits("4242")
                .expiring(YearMonth.of(2039, 12))
                .fingerprint("card_of_tok_approve"));
    assertThat(method.agreement()).contains(AGREED);
    assertThat(shop.ledger().charges()).isEmpty();
    assertThat(shop.ledger().setUpsOf(stored.id().value())).hasSize(1);
    assertThat(shop.ledger().method(method.method()).orElseThrow().owner())
        .isEqualTo(method.owner())
        .isPresent();
    assertThat(told(PaymentMethodStored.class)).hasSize(1);
  }

  @Test
  void the_same_key_stores_once_and_never_something_else() {
    StoreMethod command = command("k", Shop.card(TestToken.APPROVE));
    Payment first = shop.house().storeMethod(command);
    Payment again = shop.house().storeMethod(command);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(shop.ledger().setUps()).hasSize(1);
    assertThatThrownBy(() -> shop.house().storeMethod(command("k", Shop.card(TestToken.PENDING))))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThat(shop.ledger().setUps()).hasSize(1);
  }

  @Test
  void the_customer_acts_comes_back_and_we_go_on() {
    Payment asked = store(TestToken.ACTION);
    assertThat(asked).isIn(PaymentState.ACTION_REQUIRED);
    assertThat(asked.action()).isPresent();
    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
    shop.controls().approve(setUp(asked).id());

    Payment back = shop.house().customerReturned(asked.id());

    assertThat(back).isIn(PaymentState.DONE);
    assertThat(shop.house().storedMethods(Shop.ANN)).hasSize(1);
    assertThat(shop.ledger().charges()).isEmpty();
  }

  @Test
  void a_customer_who_does_not_come_back_is_found_by_the_notice() {
    Payment asked = store(TestToken.ACTION_AUTO);
    shop.controls().approve(setUp(asked).id());

    shop.deliverWebhooks().work();

    assertThat(shop.payment(asked.id())).isIn(PaymentState.DONE);
    assertThat(shop.house().storedMethods(Shop.ANN)).hasSize(1);
  }

  @Test
  void without_any_notice_it_is_found_by_looking() {
    Payment asked = store(TestToken.PENDING);

    shop.pass(Duration.ofDays(1), 500);

    assertThat(shop.payment(asked.id())).isIn(PaymentState.DONE);
  }

  @Test
  void a_method_that_is_declined_is_not_stored_and_no_payment_failed() {
    PaymentMethod declined =
        new PaymentMethod.Token("card", TestToken.decline(DeclineCode.STOLEN_CARD));
    Payment failed = shop.house().storeMethod(command("k", declined));

    assertThat(failed).isIn(PaymentState.FAILED);
    assertThat(failed.decline().orElseThrow().code()).isEqualTo(DeclineCode.STOLEN_CARD);
    assertThat(told(PaymentMethodNotStored.class)).hasSize(1);
    assertThat(told(PaymentFailed.class)).isEmpty();
    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
  }

  @Test
  void a_customer_who_refuses_has_stored_nothing() {
    Payment asked = store(TestToken.ACTION);
    shop.controls().reject(setUp(asked).id());

    assertThat(shop.house().customerReturned(asked.id())).isIn(PaymentState.FAILED);
    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
  }

  @Test
  void what_got_lost_on_the_way_back_is_found_and_stored_once() {
    shop.door.losesTheResponse();
    Payment doubted = store(TestToken.APPROVE);
    assertThat(doubted).isIn(PaymentState.IN_DOUBT);

    shop.passMinutes(5);

    assertThat(shop.payment(doubted.id())).isIn(PaymentState.DONE);
    assertThat(shop.ledger().setUps()).hasSize(1);
    assertThat(shop.house().storedMethods(Shop.ANN)).hasSize(1);
  }

  @Test
  void what_got_lost_on_the_way_there_is_sent_again() {
    shop.door.losesTheRequest();
    Payment doubted = store(TestToken.APPROVE);

    shop.passMinutes(5);

    assertThat(shop.payment(doubted.id())).isIn(PaymentState.DONE);
    assertThat(shop.ledger().setUps()).hasSize(1);
  }

  @Test
  void one_customer_of_ours_is_one_at_the_provider() {
    store(TestToken.APPROVE);
    store(TestToken.PENDING);
    shop.pass(Duration.ofDays(1), 100);
    shop.house().pay(shop.sale(shop.start10(), TestToken.APPROVE).storingMethod());

    assertThat(shop.house().storedMethods(Shop.ANN))
        .hasSize(3)
        .extracting(StoredMethod::owner)
        .containsOnly(only(Shop.ANN, 0).owner());
  }

  @Test
  void the_same_card_twice_is_seen_by_its_fingerprint() {
    store(TestToken.APPROVE);
    store(TestToken.REFUND_PENDING);
    assertThat(duplicates()).isEmpty();

    store(TestToken.APPROVE);

    assertThat(duplicates()).hasSize(2);
  }

  private List<StoredMethod> duplicates() {
    return shop.house().storedMethods(Shop.ANN).stream()
        .filter(m -> !shop.house().customer(Shop.ANN).duplicatesOf(m).isEmpty())
        .toList();
  }

  @Test
  void what_was_agreed_to_goes_with_the_merchants_charges() {
    store(TestToken.APPROVE);

    var renewal = shop.house().pay(renewal(shop.startGold(Shop.ANN).id(), only(Shop.ANN)));

    assertThat(renewal).isCompleted();
    assertThat(shop.payment(renewal).terms().orElseThrow().agreement()).contains(AGREED);
  }

  @Test
  void a_merchants_charge_that_the_customer_must_authenticate_waits_for_the_customer() {
    Payment asked = store(TestToken.ACTION_EACH_TIME);
    shop.controls().approve(setUp(asked).id());
    shop.house().customerReturned(asked.id());
    StoredMethod method = only(Shop.ANN);
    var checkout = shop.startGold(Shop.ANN);

    var away = shop.house().pay(renewal(checkout.id(), method));
    assertThat(shop.payment(away).decline().orElseThrow().code())
        .isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
    assertThat(away.checkout().state()).isNotEqualTo(CheckoutState.COMPLETED);
    assertThatThrownBy(() -> shop.house().pay(renewal(checkout.id(), method)))
        .isInstanceOf(InvalidStateException.class);

    var present =
        shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), Shop.MAIN, stored(method)));
    assertThat(present.action()).isPresent();
    shop.controls().approve(shop.charge(shop.payment(present)).id());
    assertThat(shop.house().customerReturned(checkout.id())).isCompleted();
  }

  @Test
  void a_method_that_is_removed_is_gone_here_at_once_and_at_the_provider() {
    store(TestToken.APPROVE);
    StoredMethod method = only(Shop.ANN);
    var checkout = shop.start10();

    remove(method);

    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
    assertThat(shop.ledger().method(method.method()).orElseThrow().isRemoved()).isTrue();
    assertThat(told(PaymentMethodRemoved.class)).hasSize(1);
    assertThatThrownBy(() -> shop.house().pay(renewal(checkout.id(), method)))
        .isInstanceOf(InvalidInputException.class);
    remove(method);
    assertThat(shop.ledger().requests("POST", "/v1/methods/{id}/remove")).isEqualTo(1);
  }

  @Test
  void a_removal_that_does_not_get_through_is_sent_until_it_does() {
    store(TestToken.APPROVE);
    StoredMethod method = only(Shop.ANN);
    shop.door.losesTheRequest();

    remove(method);
    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
    assertThat(shop.ledger().method(method.method()).orElseThrow().isRemoved()).isFalse();
    shop.passMinutes(10);

    assertThat(shop.ledger().method(method.method()).orElseThrow().isRemoved()).isTrue();
    assertThat(told(PaymentMethodRemoved.class)).hasSize(1);
  }

  @Test
  void a_removal_with_the_key_of_another_account_is_a_persons_and_not_called_done() {
    store(TestToken.APPROVE);
    StoredMethod method = only(Shop.ANN);
    assertThat(method.account()).contains("acct_main");

    shop.withAccount("other");
    remove(method);
    shop.passMinutes(10);

    assertThat(shop.ledger().method(method.method()).orElseThrow().isRemoved()).isFalse();
    assertThat(told(PaymentMethodRemoved.class)).isEmpty();
    OperationLeftToPerson left = told(OperationLeftToPerson.class).get(0);
    assertThat(left.why()).contains("'secret-key'");
    assertThat(shop.payment(left.payment()).operations().get(0).failure().orElseThrow())
        .extracting(Failure::category)
        .isEqualTo(ErrorCategory.AUTHENTICATION);
  }

  @Test
  void nobody_removes_the_method_of_another() {
    store(TestToken.APPROVE);
    StoredMethod method = only(Shop.ANN);

    shop.house().removeStoredMethod(new RemoveStoredMethod(Shop.BOB, Shop.MAIN, method.method()));

    assertThat(shop.house().storedMethods(Shop.ANN)).hasSize(1);
    assertThat(shop.ledger().method(method.method()).orElseThrow().isRemoved()).isFalse();
  }

  @Test
  void what_is_removed_at_the_console_is_gone_here_and_told_once() {
    store(TestToken.APPROVE);
    StoredMethod method = only(Shop.ANN);
    shop.controls().removeMethod(method.method());

    shop.deliverWebhooks().work();
    shop.deliverWebhooks().work();

    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
    assertThat(told(PaymentMethodRemoved.class)).hasSize(1);
  }

  @Test
  void the_notice_of_our_own_removal_tells_nothing_new() {
    store(TestToken.APPROVE);
    remove(only(Shop.ANN));

    shop.deliverWebhooks().work();

    assertThat(told(PaymentMethodRemoved.class)).hasSize(1);
  }

  @Test
  void an_erased_customers_methods_are_removed_at_the_provider() {
    store(TestToken.APPROVE);
    shop.house().pay(shop.sale(shop.start10(), TestToken.APPROVE).storingMethod());

    shop.erase(Shop.ANN);

    assertThat(shop.ledger().methods()).hasSize(2).allMatch(Ledger.Method::isRemoved);
    assertThat(told(PaymentMethodRemoved.class)).hasSize(2);
  }

  @Test
  void erasing_is_done_though_the_provider_is_down_and_the_methods_go_later() {
    store(TestToken.APPROVE);
    shop.door.losesTheRequest();

    assertThat(shop.erase(Shop.ANN).isErased()).isTrue();
    assertThat(shop.ledger().methods()).noneMatch(Ledger.Method::isRemoved);
    shop.passMinutes(10);

    assertThat(shop.ledger().methods()).allMatch(Ledger.Method::isRemoved);
  }

  @Test
  void what_is_stored_after_the_customer_was_erased_is_removed_again() {
    Payment pending = store(TestToken.PENDING);
    shop.erase(Shop.ANN);

    shop.pass(Duration.ofDays(1), 500);

    assertThat(shop.payment(pending.id())).isIn(PaymentState.DONE);
    assertThat(shop.house().storedMethods(Shop.ANN)).isEmpty();
    assertThat(shop.ledger().methods()).hasSize(1).allMatch(Ledger.Method::isRemoved);
  }

  @Test
  void nothing_is_stored_for_nobody_or_where_it_can_not_be() {
    assertThatThrownBy(
            () ->
                shop.house()
                    .storeMethod(
                        new StoreMethod(
                            new CustomerId("nobody"),
                            "k",
                            Shop.MAIN,
                            Shop.card(TestToken.APPROVE),
                            AGREED)))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(
            () ->
                shop.house()
                    .storeMethod(
                        new StoreMethod(
                            Shop.ANN,
                            "k",
                            Shop.BANK,
                            new PaymentMethod.OfType("bank_transfer"),
                            AGREED)))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(
            () -> shop.house().storeMethod(command("k", new PaymentMethod.Stored("card", "pm_1"))))
        .isInstanceOf(InvalidInputException.class);
    shop.erase(Shop.ANN);
    assertThatThrownBy(() -> store(TestToken.APPROVE)).isInstanceOf(InvalidStateException.class);
    assertThat(shop.ledger().requests()).isZero();
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void a_crash_between_the_intent_and_the_call_is_made_good() {
    shop.door.crashesBeforeTheRequest();
    assertThatThrownBy(() -> store(TestToken.APPROVE)).isInstanceOf(Throwable.class);

    shop.restart().passMinutes(10);

    assertThat(shop.payments()).hasSize(1);
    assertThat(shop.payments().get(0)).isIn(PaymentState.DONE);
    assertThat(shop.ledger().setUps()).hasSize(1);
  }

  private Payment store(TestToken token) {
    return shop.house().storeMethod(command(shop.newKey(), Shop.card(token)));
  }

  private static StoreMethod command(String key, PaymentMethod method) {
    return new StoreMethod(Shop.ANN, key, Shop.MAIN, method, AGREED);
  }

  private void remove(StoredMethod method) {
    shop.house()
        .removeStoredMethod(new RemoveStoredMethod(Shop.ANN, method.gateway(), method.method()));
  }

  private Pay renewal(CheckoutId checkout, StoredMethod method) {
    return Pay.sale(checkout, shop.newKey(), Shop.MAIN, stored(method)).withoutCustomer();
  }

  private static PaymentMethod stored(StoredMethod method) {
    return new PaymentMethod.Stored("card", method.method());
  }

  private Ledger.SetUp setUp(Payment payment) {
    return shop.ledger().setUpsOf(payment.id().value()).get(0);
  }

  private StoredMethod only(CustomerId customer) {
    return only(customer, 0);
  }

  private StoredMethod only(CustomerId customer, int index) {
    return List.copyOf(shop.house().storedMethods(customer)).get(index);
  }

  private <E extends LifecycleEvent> List<E> told(Class<E> type) {
    return shop.events().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
