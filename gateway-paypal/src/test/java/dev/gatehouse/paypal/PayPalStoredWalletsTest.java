package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.LookUpPayment;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored wallets through the whole house. */
class PayPalStoredWalletsTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));
  private static final Duration SOON = Duration.ofMinutes(10);

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_wallet_that_was_stored_with_a_payment_is_charged_by_night_and_removed() {
    CheckoutView first =
        shop.gatehouse.pay(shop.sale(shop.start("USD 10.00")).storingMethod(AGREED));
    shop.paypal.controls().approve(shop.order(first).order());
    shop.gatehouse.customerReturned(first.id());
    StoredMethod wallet = only();

    CheckoutView renewed = renew(wallet);
    assertThat(renewed.state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(shop.order(renewed).captures()).hasSize(1);
    shop.gatehouse.removeStoredMethod(
        new RemoveStoredMethod(Shop.ADA, Shop.PAYPAL, wallet.method()));
    shop.work();

    assertThat(shop.paypal.ledger().kept()).allMatch(kept -> kept.removed());
    assertThat(shop.gatehouse.storedMethods(Shop.ADA)).isEmpty();
  }

  @Test
  void a_payer_who_agrees_and_never_returns_has_stored_the_wallet_all_the_same() {
    Payment asked = store();
    assertThat(asked).isIn(PaymentState.ACTION_REQUIRED);
    shop.paypal.controls().approveSetUp(shop.paypal.ledger().setUps().get(0).id());

    shop.pass(Duration.ofHours(6), 30);

    assertThat(shop.gatehouse.payment(asked.id())).isIn(PaymentState.DONE);
    assertThat(only().owner()).contains(shop.paypal.ledger().kept().get(0).customer());
  }

  @ParameterizedTest
  @EnumSource(FaultyDoor.Fault.class)
  void a_set_up_of_which_any_answer_got_lost_stores_one_wallet(FaultyDoor.Fault fault) {
    shop.door.next("POST /v3/vault/setup-tokens", fault);
    Payment asked = store();
    shop.pass(SOON, 20);
    assertThat(shop.paypal.ledger().setUps()).hasSize(1);
    shop.paypal.controls().approveSetUp(shop.paypal.ledger().setUps().get(0).id());
    shop.door.next("POST /v3/vault/payment-tokens", fault);
    shop.gatehouse.customerReturned(asked.id());

    shop.pass(SOON, 20);

    assertThat(shop.gatehouse.payment(asked.id())).isIn(PaymentState.DONE);
    assertThat(shop.paypal.ledger().kept()).hasSize(1);
    assertThat(only().method()).isEqualTo(shop.paypal.ledger().kept().get(0).id());
  }

  @ParameterizedTest
  @EnumSource(FaultyDoor.Fault.class)
  void a_renewal_of_which_any_answer_got_lost_takes_the_money_once(FaultyDoor.Fault fault) {
    StoredMethod wallet = stored();
    for (String call : new String[] {"POST /v2/checkout/orders", "/capture"}) {
      shop.door.next(call, fault);
      CheckoutView renewed = renew(wallet);

      shop.pass(SOON, 20);

      assertThat(shop.view(renewed)).isCompleted();
      assertThat(shop.orders(renewed)).hasSize(1);
      assertThat(shop.order(renewed).captures()).hasSize(1);
      assertThat(shop.payment(renewed)).isPaid().isSound();
    }
    assertThat(shop.paypal.ledger().requests("POST /v2/checkout/orders/{id}/capture")).isEqualTo(2);
  }

  @Test
  void a_wallet_that_the_payer_revoked_at_paypals_is_the_customers_no_more() {
    CheckoutView first =
        shop.gatehouse.pay(shop.sale(shop.start("USD 10.00")).storingMethod(AGREED));
    shop.paypal.controls().approve(shop.order(first).order());
    shop.gatehouse.customerReturned(first.id());
    shop.deliverWebhooks().work();
    shop.paypal.controls().revoke(only().method());

    shop.deliverWebhooks().work();

    assertThat(shop.gatehouse.storedMethods(Shop.ADA)).isEmpty();
    assertThat(shop.payment(first)).isPaid().isSound();
  }

  /** An operator names the transaction that PayPal's console shows, or else the order. */
  @ParameterizedTest
  @ValueSource(strings = {"capture", "order"})
  void what_an_operator_says_of_a_renewal_counts_the_money_once_and_is_looked_up(String named) {
    StoredMethod wallet = stored();
    shop.door.next("/capture", FaultyDoor.Fault.LOST_RESPONSE);
    CheckoutView checkout = renew(wallet);
    shop.paypal.takeWebhooks();
    shop.clock.advance(Duration.ofHours(7));
    shop.work();
    shop.pass(Duration.ofDays(1), 20);
    Payment doubted = shop.payment(checkout);
    Operation charge = doubted.operations().get(0);
    String id =
        named.equals("order")
            ? shop.order(checkout).order()
            : shop.order(checkout).captures().get(0).id();

    shop.gatehouse
        .operations()
        .settle(
            new SettleOperation(
                doubted.id(), charge.key(), Optional.of(id), "olga", "seen in the console"));
    shop.gatehouse.operations().lookUp(new LookUpPayment(doubted.id(), "olga", "is it shown?"));
    assertThat(shop.payment(checkout).facts().providerIds())
        .contains(new ProviderId(PayPalSnapshots.ORDER, shop.order(checkout).order()));
    for (int refund = 1; refund <= 2; refund++) {
      String capture = shop.order(checkout).captures().get(0).id();
      shop.paypal.controls().refundAtSite(capture, Money.parse("USD 1.00"));
      shop.deliverWebhooks().pass(Duration.ofDays(2), 20);
    }

    Payment after = shop.payment(checkout);
    assertThat(after.totals().orElseThrow().captured()).isEqualTo(Money.parse("USD 7.00"));
    assertThat(after.totals().orElseThrow().refunded()).isEqualTo(Money.parse("USD 2.00"));
    assertThat(shop.order(checkout).refunds()).hasSize(2);
    assertThat(after).isSound();
  }

  private Payment store() {
    return shop.gatehouse.storeMethod(
        new StoreMethod(
            Shop.ADA,
            "store-1",
            Shop.PAYPAL,
            Bench.PAYPAL,
            AGREED,
            Optional.of(URI.create("https://shop.test/return"))));
  }

  private StoredMethod stored() {
    Payment asked = store();
    shop.paypal.controls().approveSetUp(shop.paypal.ledger().setUps().get(0).id());
    shop.gatehouse.customerReturned(asked.id());
    return only();
  }

  private StoredMethod only() {
    assertThat(shop.gatehouse.storedMethods(Shop.ADA)).hasSize(1);
    return shop.gatehouse.storedMethods(Shop.ADA).first();
  }

  private CheckoutView renew(StoredMethod wallet) {
    CheckoutView checkout = shop.start("USD 7.00");
    return shop.gatehouse.pay(
        Pay.sale(
                checkout.id(),
                "renew-" + checkout.id().value(),
                Shop.PAYPAL,
                new PaymentMethod.Stored("paypal", wallet.method()))
            .withoutCustomer());
  }
}
