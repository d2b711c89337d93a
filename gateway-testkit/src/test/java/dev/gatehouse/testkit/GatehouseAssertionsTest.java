package dev.gatehouse.testkit;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what holds passes, and that what does not hold fails and says why. */
class GatehouseAssertionsTest {
  private static final CustomerId ANN = new CustomerId("ann");
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final GatewayInstanceId MAIN = new GatewayInstanceId("main");

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final ReferenceProvider provider = new ReferenceProvider(clock);
  private final Gatehouse house =
      Gatehouse.builder()
          .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
          .gateway(new GatewayConfig(MAIN, "reference", Mode.TEST, settings()))
          .transport(new ReferenceTransport(provider))
          .clock(clock)
          .build();

  private int keys;

  GatehouseAssertionsTest() {
    house.register(new RegisterCustomer(ANN, new Person("Ann", "ann@example.org", Locale.ENGLISH)));
  }

  @Test
  void a_captured_payment_is_captured_paid_and_sound() {
    Payment payment = pay(TestToken.APPROVE).lastPayment().orElseThrow();

    assertThat(payment)
        .isCaptured()
        .isPaid()
        .isSound()
        .hasCaptured(TEN)
        .hasRefunded(Money.parse("EUR 0.00"))
        .hasRefundable(TEN);
    fails(() -> assertThat(payment).isNotPaid(), "not to be paid, but it is");
    fails(() -> assertThat(payment).hasCaptured(Money.parse("EUR 9.00")), "captured EUR 9.00");
    fails(() -> assertThat(payment).hasRefunded(TEN), "it has EUR 0.00");
    fails(() -> assertThat(payment).hasRefundable(Money.parse("USD 10.00")), "it has EUR 10.00");
    fails(() -> assertThat(payment).isDeclinedWith(DeclineCode.DO_NOT_HONOR), "Optional.empty");
    fails(() -> assertThat(payment).hasMismatch(Mismatch.AMOUNT), "it has []");
  }

  @ParameterizedTest
  @EnumSource(PaymentState.class)
  void a_payment_is_in_its_own_state_and_in_no_other(PaymentState state) {
    Payment payment = pay(TestToken.APPROVE).lastPayment().orElseThrow();

    if (state == PaymentState.CAPTURED) {
      assertThat(payment).isIn(state);
    } else {
      fails(() -> assertThat(payment).isIn(state), "to be " + state + ", but it is CAPTURED");
    }
  }

  @Test
  void each_word_for_a_state_of_a_payment_fails_on_another() {
    PaymentAssert captured = assertThat(pay(TestToken.APPROVE).lastPayment().orElseThrow());
    PaymentAssert failed = assertThat(pay(TestToken.DECLINE_UNKNOWN).lastPayment().orElseThrow());

    fails(captured::isPartlyCaptured, "PARTLY_CAPTURED");
    fails(captured::isAuthorized, "AUTHORIZED");
    fails(captured::isVoided, "VOIDED");
    fails(captured::isRefunded, "REFUNDED");
    fails(captured::isPartlyRefunded, "PARTLY_REFUNDED");
    fails(captured::isFailed, "FAILED");
    fails(captured::isInDoubt, "IN_DOUBT");
    fails(captured::isPending, "PENDING");
    fails(captured::awaitsCustomer, "ACTION_REQUIRED");
    fails(failed::isCaptured, "it is FAILED");
    fails(failed::isPaid, "it is not, beyond doubt");
  }

  @Test
  void what_was_not_asked_for_is_not_sound() {
    Payment payment = pay(TestToken.WRONG_AMOUNT).lastPayment().orElseThrow();

    assertThat(payment).hasMismatch(Mismatch.AMOUNT).isNotPaid();
    fails(() -> assertThat(payment).isSound(), "AMOUNT");
  }

  @Test
  void a_failure_shows_facts_operations_and_timeline() {
    CheckoutView view = pay(TestToken.APPROVE);
    Payment payment = view.lastPayment().orElseThrow();
    house.refund(Refund.of(payment.id(), "back", Money.parse("EUR 1.00")));
    List<LifecycleEvent> timeline = house.timeline(ANN);

    assertThatThrownBy(
            () -> assertThat(house.payment(payment.id())).withTimeline(timeline).isFailed())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "Expected payment " + payment.id() + " to be FAILED, but it is PARTLY_REFUNDED",
            "asked: EUR 10.00 AUTOMATIC",
            "operation " + payment.id() + ".charge.1: SUCCEEDED after 1 sends",
            "attempt ch_1:",
            "movement",
            "raised: [captured:",
            "timeline:",
            "2026-03-01T12:00:00Z PaymentRefunded");
    assertThatThrownBy(() -> assertThat(view).withTimeline(timeline).isOpen())
        .hasMessageContainingAll(
            "Expected checkout " + view.id() + " to be OPEN, but it is COMPLETED",
            "total: EUR 10.00",
            "payment " + payment.id() + " through main: CAPTURED",
            "membership ",
            "timeline:");
  }

  @Test
  void a_percent_sign_in_a_story_is_shown_as_it_is() {
    Membership cancelled = cancelled("100 % %s %n");

    fails(() -> assertThat(cancelled).isActive(), "because of '100 % %s %n'");
  }

  @Test
  void a_completed_checkout_is_paid_by_its_payment() {
    CheckoutView view = pay(TestToken.APPROVE);
    PaymentId payment = view.lastPayment().orElseThrow().id();

    assertThat(view)
        .isCompleted()
        .isPaidBy(payment)
        .hasPayments(1)
        .hasMembership(MembershipState.ACTIVE)
        .isIn(CheckoutState.COMPLETED);
    fails(() -> assertThat(view).isPaidBy(new PaymentId("other")), "to be paid by other");
    fails(() -> assertThat(view).hasPayments(2), "it tried 1");
    fails(() -> assertThat(view).hasMembership(MembershipState.PENDING), "ACTIVE");
    fails(() -> assertThat(view).isDeclinedWith(DeclineCode.DO_NOT_HONOR), "to be declined");
    fails(() -> assertThat(view).isOpen(), "OPEN");
    fails(() -> assertThat(view).isFailed(), "FAILED");
    fails(() -> assertThat(view).isPending(), "PENDING");
    fails(() -> assertThat(view).isAuthorized(), "AUTHORIZED");
    fails(() -> assertThat(view).isExpired(), "EXPIRED");
    fails(() -> assertThat(view).isCancelled(), "CANCELLED");
    fails(() -> assertThat(view).awaitsCustomer(), "AWAITING_CUSTOMER");
  }

  @Test
  void a_checkout_that_waits_says_what_for() {
    CheckoutView view = pay(TestToken.ACTION);

    assertThat(view).awaitsCustomer();
    assertThat(view.lastPayment().orElseThrow()).awaitsCustomer();
    CheckoutView silent = new CheckoutView(view.checkout(), List.of(), view.membership());
    fails(() -> assertThat(silent).awaitsCustomer(), "to say what the customer must do");
    fails(() -> assertThat(silent).isCompleted(), "COMPLETED");
  }

  @Test
  void a_declined_checkout_says_why() {
    CheckoutView view = pay(TestToken.decline(DeclineCode.EXPIRED_CARD));

    assertThat(view).isFailed().isDeclinedWith(DeclineCode.EXPIRED_CARD);
    assertThat(view.lastPayment().orElseThrow())
        .isFailed()
        .isDeclinedWith(DeclineCode.EXPIRED_CARD);
    fails(
        () -> assertThat(view.lastPayment().orElseThrow()).isDeclinedWith(DeclineCode.CALL_ISSUER),
        "EXPIRED_CARD");
  }

  @Test
  void a_membership_is_in_its_own_state_and_in_no_other() {
    Membership pending = start().membership().orElseThrow();
    Membership cancelled = cancelled("moved away");

    assertThat(pending).isPending();
    fails(() -> assertThat(pending).isActive(), "to be ACTIVE");
    fails(() -> assertThat(pending).isCancelledBecause("moved away"), "to be CANCELLED");
    assertThat(cancelled).isCancelled().isCancelledBecause("moved away");
    fails(() -> assertThat(cancelled).isPending(), "to be PENDING");
    fails(() -> assertThat(cancelled).isCancelledBecause("too dear"), "too dear");
  }

  @Test
  void events_are_counted_ordered_and_looked_at() {
    pay(TestToken.APPROVE);
    List<LifecycleEvent> events = house.timeline(ANN);

    assertThatEvents(events)
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(CheckoutCompleted.class, e -> assertThat(e.total()).isEqualTo(TEN))
        .containsNo(PaymentFailed.class)
        .comeInOrder(CustomerCreated.class, CheckoutCompleted.class)
        .haveDistinctIds()
        .areExactly(
            CustomerCreated.class,
            PaymentCaptured.class,
            CheckoutCompleted.class,
            MembershipStatusChanged.class);
    fails(
        () -> assertThatEvents(events).containsNo(CheckoutCompleted.class),
        "Expected 0 × CheckoutCompleted, but there is 1");
    fails(
        () -> assertThatEvents(events).containsOnce(PaymentFailed.class),
        "Expected 1 × PaymentFailed, but there are 0");
    fails(
        () ->
            assertThatEvents(events)
                .containsOnce(CheckoutCompleted.class, e -> assertThat(e.total()).isNull()),
        "EUR 10.00");
    fails(
        () -> assertThatEvents(events).comeInOrder(CheckoutCompleted.class, CustomerCreated.class),
        "CustomerCreated does not come next");
    fails(() -> assertThatEvents(events).areExactly(CustomerCreated.class), "there are [Customer");
    fails(
        () -> assertThatEvents(List.of(events.get(0), events.get(0))).haveDistinctIds(),
        "ann/created");
  }

  @Test
  void nothing_at_all_is_a_failure_and_not_a_crash() {
    fails(() -> assertThat((Payment) null).isCaptured(), "not to be null");
    fails(() -> assertThat((CheckoutView) null).isCompleted(), "not to be null");
    fails(() -> assertThat((Membership) null).isActive(), "not to be null");
    fails(() -> assertThatEvents(null).haveDistinctIds(), "not to be null");
  }

  private static void fails(ThrowingCallable assertion, String text) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .satisfies(e -> assertThat(e.getMessage().replace("\n", " ")).contains(text));
  }

  private Membership cancelled(String reason) {
    Membership active = pay(TestToken.APPROVE).membership().orElseThrow();
    return house.cancelMembership(new CancelMembership(active.id(), reason));
  }

  private CheckoutView start() {
    Plan gold = new Plan(new PlanId("gold"), "Gold", TEN);
    return house.startCheckout(StartCheckout.forPlan(ANN, "key-" + ++keys, gold));
  }

  private CheckoutView pay(TestToken token) {
    return pay(token.value());
  }

  private CheckoutView pay(String token) {
    PaymentMethod card = new PaymentMethod.Token("card", token);
    return house.pay(Pay.sale(start().id(), "pay-" + keys, MAIN, card));
  }

  private static Map<String, String> settings() {
    ReferenceAccount account = ReferenceAccount.test("main");
    return Map.of(
        ReferenceGatewayProvider.BASE_URL, ReferenceTransport.BASE_URL.toString(),
        ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
        ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
  }
}
