package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person says of each kind of operation, once it is left to them, is what becomes of it. */
class SettleScenariosTest extends ScriptedScenario {
  @Test
  void a_charge_that_was_made_pays_its_checkout_and_is_not_counted_twice_when_it_is_seen() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = r -> LOST;
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));
    Operation charge = leftToPerson(checkout);

    settle(checkout, charge, Optional.of("ch"));
    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.CAPTURED);

    Snapshot late =
        Scripted.of(shop.payment(checkout).id().value())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, charge.key()))
            .movement("cap", capture("EUR 10.00"))
            .build();
    gw.lookup = trace -> new Lookup.Found(late);
    announces("n", Optional.of(shop.payment(checkout).id().value()));
    assertThat(shop.payment(checkout).totals().orElseThrow().captured()).isEqualTo(Shop.TEN);
    assertThat(told(Overpaid.class)).isFalse();
    assertThat(kinds().stream().filter("PaymentCaptured"::equals)).hasSize(1);
  }

  @Test
  void a_hold_that_was_made_can_be_captured() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = r -> LOST;
    CheckoutView checkout = shop.house().pay(sale(shop.start10()).holdOnly());

    settle(checkout, leftToPerson(checkout), Optional.of("auth_9"));

    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.AUTHORIZED);
    gw.capture =
        r -> {
          assertThat(r.authorization()).isEqualTo("auth_9");
          return LOST;
        };
    shop.capture(shop.payment(checkout), "EUR 10.00", true);
    assertThat(shop.payment(checkout).operations()).hasSize(2);
  }

  @Test
  void a_completion_that_was_made_pays_its_checkout() {
    gw.recovery = Recovery.none();
    scripted();
    approved();
    gw.complete = r -> LOST;
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));

    settle(checkout, leftToPerson(checkout), Optional.of("ch"));

    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_completion_that_was_not_made_is_a_failed_payment() {
    gw.recovery = Recovery.none();
    scripted();
    approved();
    gw.complete = r -> LOST;
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));

    settle(checkout, leftToPerson(checkout), Optional.empty());

    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.FAILED);
    assertThat(shop.view(checkout).state()).isEqualTo(CheckoutState.EXPIRED);
    assertThat(told(PaymentFailed.class)).isTrue();
  }

  @Test
  void a_release_that_was_made_ends_the_hold() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.voids = r -> LOST;
    CheckoutView checkout = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.house().cancelCheckout(checkout.id());

    settle(checkout, leftToPerson(checkout), Optional.of("void_1"));

    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.VOIDED);
    assertThat(told(AuthorizationEnded.class)).isTrue();
  }

  @Test
  void a_charge_that_was_accepted_and_came_to_nothing_is_a_failed_payment() {
    scripted();
    gw.charge = r -> new Outcome.Pending(Snapshot.empty());
    gw.lookup = trace -> new Lookup.AbsentAsOf(shop.clock.instant(), true);
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));

    settle(checkout, leftToPerson(checkout), Optional.empty());

    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.FAILED);
    assertThat(shop.view(checkout).state()).isNotEqualTo(CheckoutState.PENDING);
    assertThat(told(PaymentFailed.class)).isTrue();
  }
}
