package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.IntegrityMismatchFound;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whatever a gateway leaves open comes to an end. */
class EndingsScenariosTest extends ScriptedScenario {
  /**
   * One gateway's trouble is no other's (discovery), and money that came is never lost: a gateway
   * that was taken out of the configuration must not keep a checkout from completing elsewhere.
   */
  @Test
  void a_checkout_that_was_tried_at_a_gateway_no_longer_configured_is_paid_through_another() {
    scripted();
    gw.charge =
        r -> new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(c.state()).isEqualTo(CheckoutState.FAILED);
    GatewayInstanceId other = new GatewayInstanceId("other");
    Scripted working = new Scripted();
    working.charge = r -> paid(r, "EUR 10.00");
    Gatehouse without =
        Gatehouse.builder()
            .store(shop.store)
            .catalog(GatewayCatalog.of(working))
            .gateway(new GatewayConfig(other, "scripted", Mode.TEST, Map.of()))
            .transport(shop.door)
            .clock(shop.clock)
            .build();
    Throwable thrown =
        catchThrowable(
            () ->
                without.pay(
                    Pay.sale(c.id(), "k2", other, new PaymentMethod.Token("card", "tok_2"))));
    assertThat(without.checkout(c.id()).state())
        .as("charged EUR 10; pay threw %s", thrown)
        .isEqualTo(CheckoutState.COMPLETED);
  }

  /** A declined completion (PayPal: INSTRUMENT_DECLINED) leaves the order as approved as it was. */
  @Test
  void a_completion_that_is_declined_and_leaves_the_attempt_approved_does_not_hang_the_checkout() {
    scripted();
    AtomicReference<Snapshot> seen = approved();
    gw.complete = r -> new Outcome.Declined(seen.get(), Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(
            shop.view(c).state() != CheckoutState.PENDING
                || told(OperationLeftToPerson.class, PaymentFailed.class))
        .as("for ever %s: %s", shop.view(c).state(), kinds())
        .isTrue();
  }

  /** What a provider accepted and never shows ends in a person's hands, as it does of a charge. */
  @Test
  void a_completion_that_was_accepted_and_never_shows_ends_in_a_persons_hands() {
    scripted();
    approved();
    gw.complete = r -> new Outcome.Pending(Snapshot.empty());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class, PaymentFailed.class))
        .as("for ever %s: %s", shop.view(c).state(), kinds())
        .isTrue();
  }

  @Test
  void a_release_that_was_accepted_and_never_shows_ends_in_a_persons_hands() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(held(r).snapshot());
          return held(r);
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    gw.voids = r -> new Outcome.Pending(Snapshot.empty());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.house().cancelCheckout(c.id());
    shop.pass(Duration.ofDays(60), 600);
    assertThat(told(OperationLeftToPerson.class)).as("%s", kinds()).isTrue();
  }

  /** A hold that nobody wants any more is released; its amount does not matter for that. */
  @Test
  void a_hold_whose_amount_is_not_known_is_released_when_its_checkout_is_called_off() {
    scripted();
    AtomicInteger voids = new AtomicInteger();
    gw.voids =
        r -> {
          voids.incrementAndGet();
          return LOST;
        };
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .authorization(
                        "auth",
                        new Authorization(
                            Register.unknown(),
                            Flat.unknown(),
                            Flat.unknown(),
                            Flat.unknown(),
                            Flat.unknown()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.AUTHORIZED);
    shop.house().cancelCheckout(c.id());
    assertThat(voids.get() > 0 || told(OperationLeftToPerson.class)).isTrue();
  }

  /** Taken money that nobody ever vouches for must end in somebody's hands. */
  @Test
  void money_that_nobody_ever_vouches_for_is_told_a_person() {
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
    shop.pass(Duration.ofDays(60), 600);
    assertThat(
            shop.view(c).state() != CheckoutState.PENDING
                || told(OperationLeftToPerson.class, IntegrityMismatchFound.class))
        .as("EUR 10 taken, for ever %s: %s", shop.view(c).state(), kinds())
        .isTrue();
  }

  /** The failure of an attempt says nothing of the next; a conflict of words is no mismatch. */
  @Test
  void an_approval_is_completed_though_an_earlier_decline_was_worded_in_two_ways() {
    scripted();
    AtomicInteger completions = new AtomicInteger();
    gw.complete =
        r -> {
          completions.incrementAndGet();
          return LOST;
        };
    Decline worded =
        new Decline(DeclineCode.DO_NOT_HONOR, DeclineAdvice.NONE, "05", "Do not honour");
    gw.charge =
        r ->
            new Outcome.Pending(
                Scripted.of(r.reference())
                    .attempt("a", Attempt.declined(worded))
                    .attempt("a", Attempt.declined(Decline.of(DeclineCode.DO_NOT_HONOR)))
                    .attempt("b", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(30), 300);
    assertThat(completions.get() > 0 || shop.view(c).state() != CheckoutState.PENDING)
        .as("approved, never completed, for ever %s: %s", shop.view(c).state(), kinds())
        .isTrue();
  }

  /** An approval needs our capture even if it comes late; one lost connection is not the end. */
  @Test
  void a_completion_that_begins_after_the_checkouts_time_is_tried_more_than_once() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    AtomicReference<String> key = new AtomicReference<>();
    gw.charge =
        r -> {
          key.set(r.idempotencyKey());
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.STARTED, key.get()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    AtomicInteger completions = new AtomicInteger();
    gw.complete =
        r -> {
          boolean first = completions.incrementAndGet() == 1;
          return first
              ? new Outcome.NotSent(Scripted.FAIL)
              : new Outcome.Succeeded(
                  Scripted.of(r.trace().reference().orElseThrow())
                      .attempt("ch", attempt(AttemptStep.SUCCEEDED, key.get()))
                      .movement("cap", capture("EUR 10.00"))
                      .build());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofHours(25), 100);
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.PENDING);
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch", attempt(AttemptStep.APPROVED, key.get()))
            .build());
    shop.pass(Duration.ofDays(4), 400);
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
  }
}
