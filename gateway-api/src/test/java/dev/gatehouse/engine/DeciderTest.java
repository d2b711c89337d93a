package dev.gatehouse.engine;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.startedSale;
import static dev.gatehouse.payment.PaymentExample.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentExample;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One decision decides all that follows, however many rounds that takes. */
class DeciderTest {
  private static final PaymentId OTHER = new PaymentId("pay_2");
  private static final String OTHERS_CHARGE = "pay_2.charge.1";

  /** The gateway is there, and can do nothing more than charge. */
  private static final Decider.Abilities ABILITIES =
      new Decider.Abilities() {
        @Override
        public boolean isConfigured(Payment payment) {
          return true;
        }

        @Override
        public boolean can(Payment payment, Capability capability) {
          return false;
        }

        @Override
        public Recovery recovery(Payment payment, OperationKind kind) {
          return Recovery.none();
        }
      };

  @Test
  void what_a_paid_checkout_does_not_want_any_more_is_closed_in_the_same_decision() {
    Movement capture =
        Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(TEN).causedBy(CHARGE);
    Payment paid = startedSale().observing(vouched()).observing(movement("ca_1", capture));
    Case stored = tried(waitingToBeSentAgain(), startedSale());

    Decision decision = decide(stored, stored.with(paid));

    assertThat(decision.result().checkout().orElseThrow().state())
        .isEqualTo(CheckoutState.COMPLETED);
    Payment waiting = decision.result().payment(OTHER).orElseThrow();
    assertThat(waiting.operation(OTHERS_CHARGE).orElseThrow().closed()).isTrue();
    assertThat(waiting.wakeAt()).isEmpty();
    assertThat(decision.sends()).isEmpty();
  }

  @Test
  void what_follows_from_an_operation_that_followed_is_in_the_same_decision() {
    Case stored = tried(startedSale());
    Payment approved = startedSale().observing(attempt("ch_1", AttemptStep.APPROVED));

    Decision decision = decide(stored, stored.with(approved));

    assertThat(decision.result().checkout().orElseThrow().state()).isEqualTo(CheckoutState.FAILED);
    assertThat(decision.events()).hasAtLeastOneElementOfType(PaymentFailed.class);
  }

  /** Two would take the money twice; one that failed or was left is no reason not to. */
  @ParameterizedTest
  @CsvSource({
    "STARTED, 1",
    "ACTION_NEEDED, 1",
    "PROCESSING, 0",
    "SUCCEEDED, 0",
    "FAILED, 1",
  })
  void an_approval_is_gone_on_with_unless_another_attempt_makes_the_payment(
      AttemptStep other, int completions) {
    Payment approved =
        startedSale()
            .observing(attempt("ch_0", AttemptStep.STARTED))
            .observing(attempt("ch_1", other))
            .observing(attempt("ch_2", AttemptStep.APPROVED));
    Case stored = tried(startedSale());

    Decision decision = decide(stored, stored.with(approved));

    assertThat(decision.result().payment(approved.id()).orElseThrow().operations())
        .filteredOn(operation -> operation.kind() == OperationKind.COMPLETE)
        .hasSize(completions);
  }

  private static Decision decide(Case stored, Case changed) {
    return Decider.decide(stored, changed, EnginePolicy.defaults(), ABILITIES, NOW);
  }

  private static Payment waitingToBeSentAgain() {
    return Payment.begun(
            OTHER,
            new GatewayInstanceId("main"),
            Mode.TEST,
            Optional.of(new CheckoutId("chk_1")),
            new CustomerId("ann"),
            PaymentExample.terms(CaptureMode.AUTOMATIC),
            NOW)
        .with(operation(OperationKind.CHARGE, OTHERS_CHARGE, "", TEN).resendAt(NOW.plusSeconds(60)))
        .observing(sent(OTHERS_CHARGE, 1, SendStep.HAD_NONE))
        .wakingAt(Optional.of(NOW.plusSeconds(60)));
  }

  private static Case tried(Payment... payments) {
    Checkout checkout =
        new Checkout(
            new CheckoutId("chk_1"),
            1,
            "command",
            new CustomerId("ann"),
            Optional.empty(),
            List.of(Line.of("A thing", 1, TEN)),
            TEN,
            Optional.empty(),
            CheckoutState.PENDING,
            List.of(payments).stream().map(Payment::id).toList(),
            Optional.empty(),
            new TreeSet<>(),
            NOW,
            NOW.plus(Duration.ofHours(1)),
            Optional.empty());
    return new Case(Optional.of(checkout), List.of(payments), Optional.empty());
  }
}
