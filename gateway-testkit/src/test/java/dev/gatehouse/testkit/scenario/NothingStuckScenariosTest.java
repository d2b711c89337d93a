package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.CaptureFailed;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.reference.TestToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong ends: in an outcome, or in a person's hands. */
class NothingStuckScenariosTest extends ScriptedScenario {
  private static final GatewayInstanceId TWIN = new GatewayInstanceId("twin");

  @Test
  void a_refund_that_is_given_up_is_told() {
    CheckoutView c = shop.paid10();
    shop.door.down(true);
    shop.refund(shop.payment(c), "EUR 4.00");
    shop.pass(Duration.ofDays(5), 500);
    assertThat(shop.payment(c).operations().get(1).closed()).isTrue();
    assertThat(told(OperationLeftToPerson.class, RefundFailed.class)).isTrue();
  }

  @Test
  void a_capture_that_is_given_up_is_told() {
    CheckoutView c = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.door.down(true);
    shop.capture(shop.payment(c), "EUR 10.00", true);
    shop.pass(Duration.ofDays(5), 500);
    assertThat(shop.payment(c).operations().get(1).closed()).isTrue();
    assertThat(told(OperationLeftToPerson.class, CaptureFailed.class)).isTrue();
  }

  @Test
  void a_completion_that_is_given_up_does_not_hang_the_checkout() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.passMinutes(10);
    AtomicInteger completes = new AtomicInteger();
    gw.complete =
        r -> {
          completes.incrementAndGet();
          return new Outcome.NotSent(Scripted.FAIL);
        };
    shop.pass(Duration.ofDays(60), 600);
    assertThat(
            completes.get() > 0
                || shop.view(c).state() != CheckoutState.PENDING
                || told(OperationLeftToPerson.class, PaymentFailed.class))
        .as(
            "after 5 minutes of outage the checkout is %s for ever: %s",
            shop.view(c).state(), shop.events())
        .isTrue();
  }

  @Test
  void a_completion_that_is_refused_outright_does_not_hang_the_checkout() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    gw.complete =
        r -> new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.view(c).state()).isNotEqualTo(CheckoutState.PENDING);
  }

  @Test
  void a_charge_that_a_person_found_to_be_made_is_paid_or_at_least_not_pending() {
    GatewayInstanceId unsure = new GatewayInstanceId("unsure");
    shop.with(new UnsureGateway(), new GatewayConfig(unsure, "unsure", Mode.TEST, Map.of()));
    CheckoutView c = shop.start10();
    shop.house().pay(Pay.sale(c.id(), "k", unsure, new PaymentMethod.Token("card", "tok_1")));
    shop.pass(Duration.ofMinutes(30), 10);
    Payment p = shop.payment(c);
    shop.house()
        .operations()
        .settle(
            new SettleOperation(
                p.id(), p.operations().get(0).key(), Optional.of("ch_7"), "Olga", "console"));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void money_that_nobody_vouched_for_yet_is_looked_up() {
    scripted();
    AtomicReference<Outcome> full = new AtomicReference<>();
    gw.charge =
        r -> {
          full.set(paid(r, "EUR 10.00"));
          return new Outcome.Succeeded(
              Snapshot.builder() // open-world: the response does not echo our reference
                  .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                  .movement("cap", capture("EUR 10.00"))
                  .build());
        };
    gw.lookup = t -> new Lookup.Found(full.get().snapshot());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(2), 500);
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_partly_captured_hold_that_ends_unannounced_is_seen() {
    CheckoutView c = shop.hold(shop.start10(), TestToken.APPROVE);
    shop.capture(shop.payment(c), "EUR 4.00", false);
    shop.pass(Duration.ofDays(60), 600);
    assertThat(
            shop.payment(c).wakeAt().isPresent()
                || shop.view(c).state() != CheckoutState.AUTHORIZED)
        .as("checkout %s, payment %s", shop.view(c).state(), shop.payment(c).state())
        .isTrue();
  }

  @Test
  void what_the_provider_took_and_never_shows_ends_in_a_persons_hands() {
    scripted();
    gw.charge = r -> new Outcome.Pending(Snapshot.empty());
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class, PaymentFailed.class))
        .as("checkout is %s", shop.view(c).state())
        .isTrue();
  }

  @Test
  void a_notice_of_a_payment_without_ids_does_not_spin() {
    scripted();
    gw.lookup = t -> new Lookup.Found(Scripted.of("order-of-another-system").build());
    announces("n1", Optional.of("order-of-another-system"));
    int rounds = 0;
    while (shop.house().runDueWork() > 0 && rounds < 200) {
      rounds++;
    }
    assertThat(rounds).as("rounds at one and the same instant").isLessThan(200);
  }

  @Test
  void a_customer_who_reloads_does_not_put_off_the_polling() {
    CheckoutView c = shop.pay(shop.start10(), TestToken.PENDING);
    for (int i = 0; i < 20; i++) {
      shop.house().customerReturned(c.id());
    }
    assertThat(Duration.between(shop.clock.instant(), shop.payment(c).wakeAt().orElseThrow()))
        .isLessThan(Duration.ofHours(1));
  }

  @Test
  void a_payment_whose_customer_went_away_is_not_polled_for_ever() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    AtomicInteger lookups = new AtomicInteger();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                  .build());
          return new Outcome.ActionRequired(
              seen.get(), CustomerAction.Redirect.to(URI.create("https://bank.test/")));
        };
    gw.lookup =
        t -> {
          lookups.incrementAndGet();
          return new Lookup.Found(seen.get());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(30), 300);
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.ACTION_REQUIRED);
    int before = lookups.get();
    shop.pass(Duration.ofDays(60), 600);
    assertThat(lookups.get() - before).as("looks, days 31 to 90; watched for 14").isZero();
  }

  @Test
  void a_hold_whose_terms_are_fetched_anew_at_each_look_is_looked_at_less_and_less() {
    scripted();
    gw.charge = ScriptedScenario::held;
    AtomicInteger looks = new AtomicInteger();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    Authorization.Terms terms = new Authorization.Terms(Shop.TEN, Optional.empty());
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.Found(
              Scripted.of(shop.payment(c).id().value())
                  .authorization("auth", Authorization.of(Shop.TEN).with(Register.unstamped(terms)))
                  .build());
        };
    shop.pass(Duration.ofDays(2), 2_000);
    assertThat(looks).hasValueBetween(5, 20);
  }

  @Test
  void an_attempt_that_the_customer_approved_for_another_amount_is_not_completed() {
    scripted();
    AtomicInteger completions = new AtomicInteger();
    gw.complete =
        r -> {
          completions.incrementAndGet();
          return new Outcome.NotSent(Scripted.FAIL);
        };
    gw.charge =
        r ->
            new Outcome.Pending(
                Scripted.of(r.reference())
                    .attempt(
                        "ch",
                        attempt(AttemptStep.APPROVED, r.idempotencyKey())
                            .with(Money.parse("EUR 100.00")))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(completions).hasValue(0);
    assertThat(c.state()).isEqualTo(CheckoutState.FAILED);
    assertThat(told(OperationLeftToPerson.class)).isTrue();
  }

  @Test
  void a_notice_whose_lookup_lags_behind_is_looked_up_again() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(paid(r, "EUR 10.00").snapshot());
          return paid(r, "EUR 10.00");
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    announces("refund-1", Optional.of(shop.payment(c).id().value()));
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .movement(
                "re",
                Movement.of(MovementKind.REFUND, MovementStep.DONE).with(Shop.TEN).outOf("cap"))
            .build());
    shop.pass(Duration.ofDays(3), 600);
    assertThat(told(PaymentRefunded.class)).isTrue();
  }

  @Test
  void a_release_that_is_given_up_is_told() {
    scripted();
    gw.charge = ScriptedScenario::held;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    gw.lookup = t -> new Lookup.CannotTell(Scripted.FAIL);
    shop.house().cancelCheckout(c.id());
    shop.pass(Duration.ofDays(10), 1_000);
    assertThat(shop.payment(c).operations().get(1).closed()).isTrue();
    assertThat(told(OperationLeftToPerson.class)).isTrue();
  }

  @Test
  void a_notice_that_is_given_up_is_told() {
    scripted();
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);
    announces("n1", Optional.empty(), new ProviderId("charge", "ch_late"));
    shop.pass(Duration.ofMinutes(30), 900);
    assertThat(shop.store.inboxItem(S, "n1").orElseThrow().wakeAt())
        .as("dropped within half an hour; events: %s", kinds())
        .isPresent();
  }

  @Test
  void a_send_that_is_committed_with_a_handing_over_goes_out() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    List<String> sent = new ArrayList<>();
    gw.refund =
        r -> {
          sent.add(r.idempotencyKey());
          boolean first = r.idempotencyKey().endsWith(".1");
          return first
              ? new Outcome.Unknown(Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "lost", "lost"))
              : new Outcome.NotSent(Scripted.FAIL);
        };
    shop.refund(shop.payment(c), "EUR 1.00"); // in doubt, no recovery: to a person, at the alarm
    shop.refund(shop.payment(c), "EUR 2.00"); // not sent: again, at the same alarm
    shop.pass(Duration.ofDays(1), 1_000);
    Operation second = shop.payment(c).operations().get(2);
    assertThat(sent.stream().filter(second.key()::equals).count())
        .as(
            "calls made of %s committed sends; left to a person: %s",
            second.sends(), second.leftToPerson())
        .isEqualTo(second.sends());
  }

  @Test
  void a_retry_after_out_of_this_world_does_not_lose_the_answer() {
    scripted();
    gw.charge =
        r ->
            new Outcome.NotSent(
                new Failure(
                    ErrorCategory.RATE_LIMITED,
                    "429",
                    "later",
                    Optional.of(Duration.ofSeconds(Long.MAX_VALUE))));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(c.lastPayment()).isPresent();
  }

  /** What the customer paid by the second try is not missed because of the first. */
  @Test
  void a_customer_returns_though_an_earlier_try_went_through_a_gateway_that_was_taken_out() {
    CheckoutView c = sentAway();
    Gatehouse without =
        Gatehouse.builder()
            .store(shop.store)
            .catalog(GatewayCatalog.of(new Twin(gw)))
            .gateway(new GatewayConfig(TWIN, "twin", Mode.TEST, Map.of()))
            .transport(shop.door)
            .clock(shop.clock)
            .build();
    without.pay(Pay.sale(c.id(), "second", TWIN, new PaymentMethod.Token("card", "tok_2")));
    gw.lookup = trace -> new Lookup.Found(paidAtThePage(trace));

    without.customerReturned(c.id());
    without.close();

    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_customer_returns_though_what_an_earlier_try_shows_can_not_be_kept() {
    CheckoutView c = sentAway();
    PaymentId first = shop.payment(c).id();
    Meanwhile meanwhile = new Meanwhile();
    shop.with(
        store ->
            meanwhile.before(
                commit -> commit.payments().stream().anyMatch(p -> p.id().equals(first)), store));
    shop.with(new Twin(gw), new GatewayConfig(TWIN, "twin", Mode.TEST, Map.of()));
    shop.house().pay(Pay.sale(c.id(), "second", TWIN, new PaymentMethod.Token("card", "tok_2")));
    gw.lookup = trace -> new Lookup.Found(paidAtThePage(trace));
    meanwhile.doOnce(
        () -> {
          throw new IllegalStateException("the disk is full");
        });

    shop.house().customerReturned(c.id());

    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(shop.payment(first).state()).isEqualTo(PaymentState.ACTION_REQUIRED);
  }

  /** Else a busy checkout keeps an outcome waiting for ever. */
  @Test
  void a_look_that_is_due_is_not_put_off_by_what_happens_to_another_try() {
    CheckoutView c = sentAway();
    Payment first = shop.payment(c);
    Instant due = first.wakeAt().orElseThrow();
    shop.clock.advance(Duration.ofMinutes(1));

    shop.house().pay(sale(c));

    assertThat(shop.payment(first.id()).wakeAt()).contains(due);
    shop.work();
    assertThat(shop.payment(first.id()).quietPolls()).isEqualTo(1);
    assertThat(shop.payment(first.id()).wakeAt().orElseThrow()).isAfter(shop.clock.instant());
  }

  private CheckoutView sentAway() {
    scripted();
    gw.charge =
        r ->
            new Outcome.ActionRequired(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                    .build(),
                new CustomerAction.Instructions(List.of("x")));
    return shop.house().pay(sale(shop.start10()));
  }

  private static Snapshot paidAtThePage(Trace trace) {
    return Scripted.of(trace.reference().orElseThrow())
        .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
        .movement("cap", capture("EUR 10.00"))
        .build();
  }
}
