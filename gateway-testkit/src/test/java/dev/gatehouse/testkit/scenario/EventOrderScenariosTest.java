package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** In which order, and how often, one payment's story is told. */
class EventOrderScenariosTest extends ScriptedScenario {
  @Test
  void a_failure_is_told_before_the_success_that_followed_it() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch1", Attempt.declined(Decline.of(DeclineCode.DO_NOT_HONOR)))
                    .attempt("ch2", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement("cap", capture("EUR 10.00"))
                    .build());
    shop.house().pay(sale(shop.start10()));
    assertThat(kinds()).containsSubsequence("PaymentFailed", "PaymentCaptured");
  }

  @Test
  void a_withdrawal_is_told_before_its_reinstatement() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement("cap", capture("EUR 10.00"))
                    .movement(
                        "w",
                        Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                            .with(Shop.TEN))
                    .movement(
                        "x",
                        Movement.of(MovementKind.DISPUTE_REINSTATEMENT, MovementStep.DONE)
                            .with(Shop.TEN))
                    .build());
    shop.house().pay(sale(shop.start10()));
    assertThat(kinds()).containsSubsequence("DisputeFundsWithdrawn", "DisputeFundsReinstated");
  }

  @Test
  void one_decline_is_one_event_however_it_is_learnt() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt(
                      "ch_9",
                      Attempt.declined(Decline.of(DeclineCode.DO_NOT_HONOR))
                          .causedBy(r.idempotencyKey()))
                  .build());
          return new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.DO_NOT_HONOR));
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    announces("n", Optional.of(shop.payment(c).id().value()));
    assertThat(kinds().stream().filter("PaymentFailed"::equals)).hasSize(1);
  }

  @Test
  void whether_a_checkout_completes_does_not_depend_on_what_is_seen_first() {
    List<CheckoutState> ends = new ArrayList<>();
    for (boolean otherFirst : new boolean[] {false, true}) {
      Shop one = new Shop();
      Scripted g = new Scripted();
      one.with(g, new GatewayConfig(S, "scripted", Mode.TEST, Map.of()));
      AtomicReference<String> key = new AtomicReference<>();
      g.charge =
          r -> {
            key.set(r.idempotencyKey());
            return new Outcome.Pending(Scripted.of(r.reference()).build());
          };
      CheckoutView c =
          one.house()
              .pay(Pay.sale(one.start10().id(), "k", S, new PaymentMethod.Token("card", "tok_1")));
      String ref = one.payment(c).id().value();
      Snapshot money =
          Scripted.of(ref)
              .attempt("ch", attempt(AttemptStep.SUCCEEDED, key.get()))
              .movement("cap", capture("EUR 10.00"))
              .build();
      Snapshot other =
          Scripted.of(ref)
              .attempt(
                  "ch0",
                  Attempt.declined(Decline.of(DeclineCode.DO_NOT_HONOR))
                      .with(Money.parse("EUR 9.00")))
              .build();
      for (Snapshot s : otherFirst ? List.of(other, money) : List.of(money, other)) {
        g.lookup = t -> new Lookup.Found(s);
        one.house().customerReturned(c.id());
        one.passMinutes(2);
      }
      ends.add(one.view(c).state());
    }
    assertThat(ends.get(0)).isEqualTo(ends.get(1));
  }
}
