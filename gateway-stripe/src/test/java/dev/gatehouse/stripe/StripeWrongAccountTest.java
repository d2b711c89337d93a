package dev.gatehouse.stripe;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Moment;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.stripe.LossyDoor.Fault;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeOptions;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody put in another account's key. It works, and Stripe says of our intents that they do not
 * exist; nothing that may have been done may come to be called undone.
 */
class StripeWrongAccountTest {
  private static final GatewayInstanceId STRIPE = new GatewayInstanceId("stripe");
  private static final CustomerId ADA = new CustomerId("ada");
  private static final Money FOUR = Money.parse("EUR 4.00");
  private static final Duration SOON = Duration.ofHours(2);
  private static final Duration LONG = Duration.ofDays(3);

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final StripeAccount ours = StripeAccount.test("main").signing("whsec_main1234");
  private final StripeAccount other = StripeAccount.test("other").signing("whsec_other1234");
  private final StripeEmulator stripe =
      new StripeEmulator(clock, StripeOptions.defaults(), List.of(ours, other));
  private LossyDoor door = new LossyDoor(stripe.transport());
  private final Store store = new InMemoryStore();
  private Gatehouse gatehouse = opened(ours);

  @BeforeEach
  void register() {
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  @AfterEach
  void close() {
    gatehouse.close();
  }

  private Gatehouse opened(StripeAccount account) {
    return Gatehouse.builder()
        .catalog(GatewayCatalog.of(new StripeGatewayProvider()))
        .gateway(GatewayConfig.test("stripe", Bench.settings(account, StripeEmulator.BASE_URL)))
        .store(store)
        .transport(door)
        .clock(clock)
        .build();
  }

  private void reopened(StripeAccount account) {
    gatehouse.close();
    door = new LossyDoor(stripe.transport());
    gatehouse = opened(account);
  }

  private void pass(Duration time) {
    for (int step = 0; step < 60; step++) {
      clock.advance(time.dividedBy(60));
      for (int rounds = 0; gatehouse.runDueWork() > 0; rounds++) {
        assertThat(rounds).as("there is always more to do").isLessThan(1_000);
      }
    }
  }

  private CheckoutView checkout() {
    List<Line> lines = List.of(Line.of("A book", 1, Bench.TEN));
    return gatehouse.startCheckout(StartCheckout.forLines(ADA, "order-1", lines));
  }

  private static Pay by(CheckoutView checkout, StripeToken token) {
    return Pay.sale(checkout.id(), "try-1", STRIPE, new PaymentMethod.Token("card", token.id()));
  }

  private Payment payment(CheckoutView checkout) {
    CheckoutView now = gatehouse.checkout(checkout.id());
    return gatehouse.payment(now.lastPayment().orElseThrow().id());
  }

  private Operation last(CheckoutView checkout) {
    List<Operation> operations = payment(checkout).operations();
    return operations.get(operations.size() - 1);
  }

  private Money refunded(CheckoutView checkout) {
    return stripe.ledger().refunded(payment(checkout).id().value(), CurrencyUnit.EUR);
  }

  @Test
  void a_refund_whose_answer_got_lost_stays_in_doubt_and_money_goes_back_once() {
    CheckoutView checkout = checkout();
    gatehouse.pay(by(checkout, StripeToken.VISA));
    door.next(Fault.LOST_RESPONSE);
    gatehouse.refund(Refund.of(payment(checkout).id(), "refund-1", FOUR));

    reopened(other);
    pass(SOON);
    assertThat(payment(checkout).status(last(checkout))).isEqualTo(OperationStatus.IN_DOUBT);

    reopened(ours);
    pass(LONG);
    assertThat(payment(checkout).state()).isEqualTo(PaymentState.PARTLY_REFUNDED);
    assertThat(refunded(checkout)).isEqualTo(FOUR);
  }

  @Test
  void a_capture_whose_answer_got_lost_stays_in_doubt_until_the_right_account_shows_it() {
    CheckoutView checkout = checkout();
    gatehouse.pay(by(checkout, StripeToken.VISA).holdOnly());
    door.next(Fault.LOST_RESPONSE);
    gatehouse.capture(new Capture(payment(checkout).id(), "capture-1", FOUR, true));

    reopened(other);
    pass(SOON);
    pass(LONG);
    assertThat(last(checkout)).matches(Operation::leftToPerson);
    assertThat(payment(checkout).facts().movements()).isEmpty();

    reopened(ours);
    gatehouse.reconcile(STRIPE, clock.instant().minus(LONG).minus(LONG));
    assertThat(payment(checkout)).isCaptured().isSound();
    assertThat(stripe.ledger().requests("POST", "/v1/payment_intents/{id}/capture")).isEqualTo(1);
  }

  @Test
  void a_paid_payment_stays_paid() {
    CheckoutView checkout = checkout();
    gatehouse.pay(by(checkout, StripeToken.VISA));

    reopened(other);
    stripe.takeWebhooks().forEach(w -> gatehouse.webhook(STRIPE, w.toWebhookRequest()));
    gatehouse.reconcile(STRIPE, clock.instant().minus(Duration.ofHours(1)));
    pass(LONG);

    assertThat(gatehouse.checkout(checkout.id())).isCompleted();
    assertThat(payment(checkout)).isCaptured().isPaid().isSound();
  }

  @Test
  void an_authentication_is_waited_for_and_seen_with_the_right_key() {
    CheckoutView checkout = checkout();
    gatehouse.pay(by(checkout, StripeToken.THREE_D_SECURE_2));

    reopened(other);
    stripe.controls().authenticate("pi_1");
    gatehouse.customerReturned(checkout.id());
    clock.advance(Duration.ofMinutes(1));
    assertThat(gatehouse.checkout(checkout.id())).awaitsCustomer();

    reopened(ours);
    gatehouse.customerReturned(checkout.id());
    assertThat(gatehouse.checkout(checkout.id())).isCompleted();
    assertThat(stripe.ledger().charges()).hasSize(1);
  }

  @Test
  void a_card_is_not_said_to_be_removed() {
    gatehouse.pay(by(checkout(), StripeToken.VISA).storingMethod());
    StoredMethod card = gatehouse.storedMethods(ADA).first();

    reopened(other);
    gatehouse.removeStoredMethod(new RemoveStoredMethod(ADA, STRIPE, card.method()));
    pass(LONG);

    assertThat(stripe.ledger().methods()).noneMatch(Ledger.Method::isRemoved);
    Operation left = removal();
    assertThat(left.leftToPerson()).isTrue();
    assertThat(left.failure().orElseThrow().code()).isEqualTo("stripe.other-account");
    assertThat(left.failure().orElseThrow().message())
        .contains("'secret-key'", "'stripe'", "another account")
        .doesNotContain(other.secretKey());
  }

  /** The removal, by the id that the customer's timeline says. */
  private Operation removal() {
    return gatehouse.operations().timeline(ADA).stream()
        .map(Moment::about)
        .filter(id -> id.startsWith("rem_"))
        .findFirst()
        .map(id -> gatehouse.payment(new PaymentId(id)).operations().get(0))
        .orElseThrow();
  }

  @Test
  void what_is_known_and_not_shown_names_the_setting_and_is_never_called_absent() {
    Bench bench = new Bench();
    Snapshot sold = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    StripeEmulator elsewhere = new StripeEmulator(clock, StripeOptions.defaults(), List.of(other));
    StripeGateway wrong = bench.open(other, elsewhere.transport(), Map.of());
    bench.clock.advance(LONG);

    Lookup byIntent = wrong.lookup(bench.trace("pay-1", sold));
    Snapshot.Builder chargeOnly = Snapshot.builder();
    sold.facts().attempts().forEach(chargeOnly::attempt);
    Lookup byCharge = wrong.lookup(bench.trace("pay-1", chargeOnly.build()));

    for (Lookup lookup : List.of(byIntent, byCharge)) {
      assertThat(lookup).isInstanceOf(Lookup.CannotTell.class);
      assertThat(((Lookup.CannotTell) lookup).failure().message())
          .contains("'secret-key'", "'stripe-eu'", "another account")
          .doesNotContain(other.secretKey());
    }
  }
}
