package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays open without end is told to a person. */
class SilenceScenariosTest extends ScriptedScenario {
  @Test
  void an_attempt_that_succeeded_and_shows_no_money_ends_in_a_persons_hands() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Snapshot seen =
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
            .build();
    gw.lookup = t -> new Lookup.Found(seen);
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.view(c).state() != CheckoutState.PENDING || told(OperationLeftToPerson.class))
        .as("%s, wakes at %s, told %s", shop.view(c), shop.payment(c).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void a_hold_that_is_exhausted_by_a_capture_that_nobody_shows_ends_in_a_persons_hands() {
    scripted();
    gw.charge = ScriptedScenario::held;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    Snapshot seen =
        Scripted.of(shop.payment(c).id().value())
            .authorization("auth", Authorization.of(Shop.TEN).ended(AuthorizationEnd.EXHAUSTED))
            .build();
    gw.lookup = t -> new Lookup.Found(seen);
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.view(c).state() != CheckoutState.PENDING || told(OperationLeftToPerson.class))
        .as("%s, wakes at %s, told %s", shop.view(c), shop.payment(c).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void an_attempt_that_stays_started_for_ever_ends_in_a_persons_hands() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Pending(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.STARTED, r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Snapshot seen =
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch", Attempt.at(AttemptStep.STARTED).with(Shop.TEN))
            .build();
    gw.lookup = t -> new Lookup.Found(seen);
    shop.pass(Duration.ofDays(90), 900);
    assertThat(shop.view(c).state() != CheckoutState.PENDING || told(OperationLeftToPerson.class))
        .as("%s, told %s", shop.view(c), kinds())
        .isTrue();
  }

  @Test
  void a_customer_who_pays_on_day_twenty_of_a_checkout_of_sixty_days_is_seen_without_webhooks() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                  .build());
          return new Outcome.ActionRequired(
              seen.get(), new CustomerAction.Instructions(List.of("pay the voucher")));
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c =
        shop.house()
            .startCheckout(
                StartCheckout.forPlan(Shop.ANN, shop.newKey(), Shop.GOLD)
                    .lasting(Duration.ofDays(60)));
    shop.house().pay(sale(c));
    shop.pass(Duration.ofDays(20), 400);
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
            .movement("cap", capture("EUR 10.00"))
            .build());
    shop.pass(Duration.ofDays(100), 1000);
    assertThat(shop.view(c).state() == CheckoutState.COMPLETED || told(LateMoney.class))
        .as("EUR 10 kept; %s, told %s", shop.view(c), kinds())
        .isTrue();
  }

  @Test
  void our_refund_of_a_payment_that_we_did_not_start_is_followed_to_its_end() {
    scripted();
    gw.lookup = t -> new Lookup.Found(foreignPaid());
    announces("n1", Optional.empty(), new ProviderId("order", "O-1"));
    Payment foreign = shop.payments().get(0);
    AtomicReference<String> key = new AtomicReference<>();
    gw.refund =
        r -> {
          key.set(r.idempotencyKey());
          return new Outcome.Pending(
              Snapshot.builder().movement("re", refundOf(r, MovementStep.OPEN)).build());
        };
    shop.house().refund(Refund.of(foreign.id(), "k1", Shop.TEN));
    gw.lookup =
        t ->
            new Lookup.Found(
                Snapshot.builder()
                    .movement(
                        "re",
                        Movement.of(MovementKind.REFUND, MovementStep.NEVER)
                            .with(Shop.TEN)
                            .outOf("cap")
                            .causedBy(key.get()))
                    .build());
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(RefundFailed.class, OperationLeftToPerson.class))
        .as(
            "the refund failed on the first day; wakes at %s, told %s",
            shop.payment(foreign.id()).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void our_refund_of_a_payment_that_we_did_not_start_that_is_never_shown_is_told() {
    scripted();
    gw.lookup = t -> new Lookup.Found(foreignPaid());
    announces("n1", Optional.empty(), new ProviderId("order", "O-1"));
    Payment foreign = shop.payments().get(0);
    gw.refund = r -> new Outcome.Pending(Snapshot.empty());
    shop.house().refund(Refund.of(foreign.id(), "k1", Shop.TEN));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(RefundFailed.class, OperationLeftToPerson.class))
        .as("wakes at %s, told %s", shop.payment(foreign.id()).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void a_charge_in_doubt_at_a_gateway_that_was_taken_out_ends_in_a_persons_hands() {
    scripted();
    gw.charge = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    withoutTheGateway(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class, PaymentFailed.class))
        .as("%s, wakes at %s, told %s", shop.view(c), shop.payment(c).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void a_refund_in_doubt_at_a_gateway_that_was_taken_out_ends_in_a_persons_hands() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00");
    withoutTheGateway(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class, RefundFailed.class))
        .as("wakes at %s, told %s", shop.payment(c).wakeAt(), kinds())
        .isTrue();
  }

  @Test
  void a_second_attempt_after_a_hold_that_ended_is_followed() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("a1", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                  .authorization("auth1", Authorization.of(Shop.TEN).ended(AuthorizationEnd.VOIDED))
                  .attempt("a2", attempt(AttemptStep.PROCESSING, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .attempt("a2", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
            .authorization("auth2", Authorization.of(Shop.TEN))
            .build());
    shop.pass(Duration.ofHours(12), 600);
    assertThat(shop.payment(c).state())
        .as("the provider holds EUR 10; %s, told %s", shop.view(c), kinds())
        .isEqualTo(PaymentState.AUTHORIZED);
  }

  @Test
  void a_refund_that_we_began_and_that_stays_open_for_ever_ends_in_a_persons_hands() {
    CheckoutView c = transfer(shop.start10());
    shop.house().cancelCheckout(c.id());
    report(c, OperatorReport.Finding.MONEY_ARRIVED, "EUR 10.00", Optional.empty());
    assertThat(shop.payment(c).operations()).hasSize(2);
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class, RefundFailed.class))
        .as("the refund is open for 60 days; told %s", kinds())
        .isTrue();
  }

  @Test
  void a_capture_that_stays_open_for_ever_ends_in_a_persons_hands() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                  .movement(
                      "cap",
                      Movement.of(MovementKind.CAPTURE, MovementStep.OPEN)
                          .with(Shop.TEN)
                          .ofCharge("ch"))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(90), 900);
    assertThat(shop.view(c).state() != CheckoutState.PENDING || told(OperationLeftToPerson.class))
        .as("%s, told %s", shop.view(c), kinds())
        .isTrue();
  }

  @Test
  void a_person_can_vouch_for_the_money_that_was_left_to_them() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Snapshot.builder()
                  .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                  .movement("cap", capture("EUR 10.00"))
                  .build());
          return new Outcome.Succeeded(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(20), 400);
    assertThat(told(OperationLeftToPerson.class)).isTrue();
    Operation charge = shop.payment(c).operations().get(0);
    Throwable refused = catchThrowable(() -> settle(c, charge, Optional.of("cap")));
    assertThat(shop.view(c).state())
        .as("settling was refused: %s", refused)
        .isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_persons_word_that_nothing_came_of_a_charge_under_way_ends_it() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.PROCESSING, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(20), 400);
    assertThat(told(OperationLeftToPerson.class)).isTrue();
    settle(c, shop.payment(c).operations().get(0), Optional.empty());
    assertThat(shop.payment(c).state()).as("%s", shop.view(c)).isEqualTo(PaymentState.FAILED);
  }

  private void withoutTheGateway(Duration time, int steps) {
    Gatehouse without =
        Gatehouse.builder()
            .store(shop.store)
            .catalog(GatewayCatalog.of(new ManualGatewayProvider()))
            .gateway(
                new GatewayConfig(
                    Shop.BANK, "manual", Mode.TEST, Map.of("instructions", "Transfer to|DE00")))
            .transport(shop.door)
            .clock(shop.clock)
            .build();
    for (int i = 0; i < steps; i++) {
      shop.clock.advance(time.dividedBy(steps));
      without.runDueWork();
    }
  }

  private static Snapshot foreignPaid() {
    return Scripted.of("order-of-another-system")
        .providerId("order", "O-1")
        .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
        .movement("cap", capture("EUR 10.00"))
        .build();
  }

  /** A look proves no absence here, but what it finds spares a person. */
  @ParameterizedTest
  @ValueSource(strings = {"replay", "none"})
  void a_person_is_told_only_after_a_look(String declared) {
    gw.recovery =
        declared.equals("none") ? Recovery.none() : Recovery.byReplay(Duration.ofHours(1));
    scripted();
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<Outcome> made = new AtomicReference<>();
    gw.charge =
        r -> {
          made.set(paid(r, "EUR 10.00"));
          return LOST;
        };
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.Found(made.get().snapshot());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.house().cancelCheckout(c.id());
    shop.pass(Duration.ofHours(2), 20);

    assertThat(shop.payment(c).operations().get(0).sends()).isEqualTo(1);
    assertThat(looks.get()).isPositive();
    assertThat(shop.payment(c).facts().movements()).containsKey("cap");
    assertThat(shop.payment(c).operations().get(0).leftToPerson()).isFalse();
  }

  @Test
  void money_without_a_mode_is_told_by_what_is_missing_and_can_be_settled() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Snapshot.builder()
                  .reference(r.reference())
                  .currency(r.amount().getCurrencyUnit())
                  .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                  .movement("cap", capture("EUR 10.00"))
                  .build());
          return new Outcome.Succeeded(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(shop.payment(c).unproven()).containsExactly("mode");
    assertThat(shop.payment(c).leftToPerson()).isEmpty();
    shop.pass(Duration.ofDays(20), 400);

    assertThat(
            shop.events().stream()
                .filter(OperationLeftToPerson.class::isInstance)
                .map(e -> ((OperationLeftToPerson) e).why()))
        .singleElement()
        .asString()
        .endsWith("the provider does not say its mode");
    Operation charge = shop.payment(c).leftToPerson().get(0);
    settle(c, charge, Optional.of("cap"));
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(shop.payment(c).leftToPerson()).isEmpty();
  }
}
