package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** One thing that shows itself in several facts, a fact that is left out, and very many of them. */
class ManyFactsScenariosTest extends ScriptedScenario {
  @Test
  void a_completion_that_failed_is_told_once_though_its_attempt_is_shown_to_fail_later() {
    scripted();
    AtomicReference<Snapshot> seen = approved();
    Decline decline = Decline.of(DeclineCode.INSUFFICIENT_FUNDS);
    gw.complete = r -> new Outcome.Declined(Snapshot.empty(), decline);
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));
    String reference = shop.payment(checkout).id().value();
    seen.set(Scripted.of(reference).attempt("ch", Attempt.declined(decline)).build());

    announces("n", Optional.of(reference));

    assertThat(shop.payment(checkout).facts().attempts().get("ch").failure()).isPresent();
    assertThat(shop.events()).filteredOn(PaymentFailed.class::isInstance).hasSize(1);
  }

  @Test
  void a_refund_that_failed_and_was_made_again_by_the_provider_succeeded() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .movement("re_1", refundOf(r, MovementStep.NEVER))
                    .movement("re_2", refundOf(r, MovementStep.DONE))
                    .build());
    CheckoutView checkout = shop.house().pay(sale(shop.start10()));

    Payment payment = shop.refund(shop.payment(checkout), "EUR 4.00");

    assertThat(payment.status(payment.operations().get(1))).isEqualTo(OperationStatus.SUCCEEDED);
  }

  @Test
  void a_payment_that_we_did_not_start_is_refunded_in_the_currency_of_its_money() {
    scripted();
    collectRefunds();
    gw.lookup =
        t ->
            new Lookup.Found(
                Snapshot.builder()
                    .mode(Mode.TEST)
                    .providerId("charge", "ch")
                    .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                    .movement("cap", capture("EUR 10.00"))
                    .build());
    announces("n", Optional.empty(), new ProviderId("charge", "ch"));
    Payment foreign = shop.payments().get(0);
    assertThat(foreign.state()).isEqualTo(PaymentState.CAPTURED);

    shop.house().refund(Refund.of(foreign.id(), shop.newKey(), Money.parse("EUR 4.00")));

    assertThat(refunds).extracting(RefundRequest::amount).containsExactly(Money.parse("EUR 4.00"));
  }

  /** Cheap only while the movements are looked through once for all operations. */
  @Test
  void a_refund_out_of_thousands_of_captures_takes_each_of_them_once() {
    scripted();
    collectRefunds();
    gw.charge =
        r -> {
          Snapshot.Builder captured =
              Scripted.of(r.reference())
                  .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).causedBy(r.idempotencyKey()));
          for (int i = 0; i < 2_000; i++) {
            captured.movement("cap" + i, capture("EUR 0.01"));
          }
          return new Outcome.Succeeded(captured.build());
        };
    CheckoutView checkout = shop.startFor(Money.parse("EUR 20.00"));
    shop.house().pay(Pay.sale(checkout.id(), "k", S, new PaymentMethod.Token("card", "tok_1")));

    Payment payment = shop.refund(shop.payment(checkout), "EUR 1.00");

    assertThat(refunds).extracting(RefundRequest::capture).doesNotHaveDuplicates().hasSize(100);
    assertThat(payment.totals().orElseThrow().refunded()).isEqualTo(Money.parse("EUR 1.00"));
  }
}
