package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.store.Due;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Whose a payment is that was announced, and how long a notice waits to be understood. */
class IntakeScenariosTest extends ScriptedScenario {
  private static final GatewayInstanceId TWIN = new GatewayInstanceId("twin");
  private static final ProviderId ORDER = new ProviderId("order", "O-1");

  /** An outage is not a sign that there is nothing to be found. */
  @Test
  void a_notice_that_outlived_an_outage_is_not_dropped_at_the_first_absence() {
    scripted();
    announces("n1", Optional.empty(), ORDER);
    shop.pass(Duration.ofDays(6), 600); // the provider can't be asked
    AtomicInteger looks = new AtomicInteger();
    gw.lookup =
        t ->
            looks.incrementAndGet() == 1
                ? new Lookup.AbsentAsOf(shop.clock.instant(), false)
                : new Lookup.Found(withoutReference());

    shop.pass(Duration.ofDays(5), 500);

    assertThat(told(ForeignPaymentSeen.class)).as("looked %s times", looks).isTrue();
  }

  /** Nothing is counted while the provider is away, and still it is not asked all the time. */
  @Test
  void a_provider_that_can_not_be_asked_is_asked_less_and_less_often() {
    scripted();
    AtomicInteger looks = new AtomicInteger();
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.CannotTell(Scripted.FAIL);
        };
    announces("n1", Optional.empty(), ORDER);

    shop.pass(Duration.ofHours(1), 1_800);

    assertThat(looks.get()).isBetween(5, 15);
  }

  @Test
  void a_notice_of_which_a_provider_knows_nothing_is_set_aside_after_a_day_and_a_half() {
    scripted();
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), false);
    announces("n1", Optional.empty(), ORDER);

    shop.pass(Duration.ofHours(36), 3_600);
    assertThat(shop.store.inboxItem(S, "n1").orElseThrow().wakeAt()).isPresent();
    shop.pass(Duration.ofHours(2), 200);
    assertThat(shop.store.inboxItem(S, "n1").orElseThrow().wakeAt()).isEmpty();
  }

  /** The facts are of the payment that they name; whoever saw its id first does not own it. */
  @Test
  void a_payment_that_was_announced_before_it_was_known_to_be_ours_is_followed_as_ours() {
    CheckoutView c = pendingAnnouncedWithoutReference();
    gw.lookup = t -> new Lookup.Found(order(c).build());
    shop.passMinutes(5);
    assertThat(shop.view(c)).isCompleted();
    gw.lookup = t -> new Lookup.Found(refundedOrder(c));

    announces("n2", Optional.empty(), ORDER);

    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.REFUNDED);
  }

  /** The notice finds the payment that we took for foreign; what it leads to names ours. */
  @Test
  void a_notice_of_a_payment_taken_for_foreign_is_for_ours_once_it_names_ours() {
    CheckoutView c = pendingAnnouncedWithoutReference();
    gw.lookup = t -> new Lookup.Found(order(c).build());

    announces("n2", Optional.empty(), ORDER);

    assertThat(shop.view(c)).isCompleted();
    assertThat(shop.store.paymentByProviderId(S, ORDER)).contains(shop.payment(c).id());
    assertThat(captures()).as("%s", kinds()).isEqualTo(1);
  }

  @Test
  void a_foreign_payment_that_names_nobody_we_know_stays_foreign() {
    CheckoutView c = pendingAnnouncedWithoutReference();
    gw.lookup =
        t ->
            new Lookup.Found(
                Snapshot.builder()
                    .mode(Mode.TEST)
                    .reference("order-of-another-system")
                    .providerId("order", "O-1")
                    .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                    .movement("cap", capture("EUR 10.00"))
                    .build());

    announces("n2", Optional.empty(), ORDER);

    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.PENDING);
    assertThat(shop.store.paymentByProviderId(S, ORDER)).isPresent();
    assertThat(shop.payments()).hasSize(2);
  }

  /** Two instances of one account get each other's notices; the money is captured once. */
  @Test
  void our_payment_announced_to_another_instance_of_the_same_account_is_not_foreign() {
    scripted();
    alsoAsTwin();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup = t -> new Lookup.Found(order(c).build());

    announcesToTwin(c);

    assertThat(captures()).as("%s", kinds()).isEqualTo(1);
    assertThat(told(ForeignPaymentSeen.class)).isFalse();
    assertThat(shop.store.inboxItem(TWIN, "n").orElseThrow().wakeAt()).as("handled").isEmpty();
  }

  /** Seen without its reference, it was taken for foreign; what is learnt later is ours alone. */
  @Test
  void what_a_twin_took_for_foreign_learns_no_more_once_it_names_our_payment() {
    scripted();
    alsoAsTwin();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup = t -> new Lookup.Found(withoutReference());
    announcesToTwin(c);
    assertThat(told(ForeignPaymentSeen.class)).isTrue();
    gw.lookup = t -> new Lookup.Found(order(c).build());

    shop.house().webhook(TWIN, hook());
    announcesToTwin(c, "n2");

    assertThat(captures()).as("%s", kinds()).isEqualTo(1);
  }

  /** A reference is a word that anybody may write; money in another account is other money. */
  @Test
  void money_in_another_account_under_our_reference_is_told_as_foreign() {
    scripted();
    alsoAsTwin();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .account("acct_1")
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement("cap", capture("EUR 10.00"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup = t -> new Lookup.Found(order(c).account("acct_2").build());

    announcesToTwin(c);

    assertThat(told(ForeignPaymentSeen.class)).isTrue();
  }

  /** A provider announces an order and its charge; both lead to the same money. */
  @Test
  void one_foreign_payment_announced_by_two_ids_at_once_is_taken_in_once() {
    Meanwhile meanwhile = new Meanwhile();
    shop.with(store -> meanwhile.before(commit -> !commit.payments().isEmpty(), store));
    scripted();
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of("order-of-another-system")
                    .providerId("order", "O-1")
                    .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                    .movement("cap", capture("EUR 10.00"))
                    .build());
    meanwhile.doOnce(() -> announces("n2", Optional.empty(), new ProviderId("charge", "ch")));

    announces("n1", Optional.empty(), ORDER);

    assertThat(shop.payments()).as("%s", kinds()).hasSize(1);
    assertThat(captures()).isEqualTo(1);
    for (String notice : List.of("n1", "n2")) {
      assertThat(shop.store.inboxItem(S, notice).orElseThrow().wakeAt()).as(notice).isEmpty();
    }
  }

  /** Some providers say no more than "look there", each time in the same words. */
  @Test
  void each_notice_without_an_id_is_looked_into_and_they_share_one_place() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    AtomicInteger looks = new AtomicInteger();
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.CannotTell(GONE);
        };
    PaymentHint hint = new PaymentHint(Optional.of(shop.payment(c).id().value()), Set.of(ORDER));
    gw.receive =
        r ->
            new WebhookAnswer.Verified(
                List.of(WebhookNotice.withoutId("", hint)), WebhookReply.status(200));

    shop.house().webhook(S, hook());
    shop.house().webhook(S, hook());
    assertThat(looks).hasValue(2);
    assertThat(shop.store.due(shop.clock.instant().plus(Duration.ofDays(1)), 10))
        .filteredOn(Due.OfInbox.class::isInstance)
        .hasSize(1);

    Snapshot.Builder after = Scripted.of(shop.payment(c).id().value());
    after.movement("re", refunded("EUR 4.00"));
    gw.lookup = t -> new Lookup.Found(after.build());
    shop.house().webhook(S, hook());
    assertThat(told(PaymentRefunded.class)).isTrue();
    assertThat(shop.store.due(shop.clock.instant().plus(Duration.ofDays(1)), 10))
        .filteredOn(Due.OfInbox.class::isInstance)
        .isEmpty();
  }

  private static Movement refunded(String amount) {
    return Movement.of(MovementKind.REFUND, MovementStep.DONE)
        .with(Money.parse(amount))
        .ofCharge("ch")
        .outOf("cap");
  }

  private void alsoAsTwin() {
    shop.with(new Twin(gw), new GatewayConfig(TWIN, "twin", Mode.TEST, Map.of()));
  }

  private void announcesToTwin(CheckoutView c) {
    announcesToTwin(c, "n");
  }

  private void announcesToTwin(CheckoutView c, String notice) {
    PaymentHint hint = new PaymentHint(Optional.of(shop.payment(c).id().value()), Set.of(ORDER));
    gw.receive =
        r ->
            new WebhookAnswer.Verified(
                List.of(WebhookNotice.of(notice, "t", hint)), WebhookReply.status(200));
    shop.house().webhook(TWIN, hook());
  }

  /** The list of the provider is behind: our reference is not in it yet. */
  private CheckoutView pendingAnnouncedWithoutReference() {
    scripted();
    gw.charge = r -> new Outcome.Pending(Scripted.of(r.reference()).build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup = t -> new Lookup.Found(withoutReference());
    announces("n1", Optional.empty(), ORDER);
    assertThat(told(ForeignPaymentSeen.class)).isTrue();
    return c;
  }

  private static Snapshot withoutReference() {
    return Snapshot.builder().mode(Mode.TEST).providerId("order", "O-1").build();
  }

  private Snapshot.Builder order(CheckoutView c) {
    return Scripted.of(shop.payment(c).id().value())
        .providerId("order", "O-1")
        .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
        .movement("cap", capture("EUR 10.00"));
  }

  private Snapshot refundedOrder(CheckoutView c) {
    return order(c)
        .movement(
            "re", Movement.of(MovementKind.REFUND, MovementStep.DONE).with(Shop.TEN).outOf("cap"))
        .build();
  }

  private long captures() {
    return shop.events().stream().filter(PaymentCaptured.class::isInstance).count();
  }
}
