package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.ConflictFound;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What never happens to money, whatever a gateway says. */
class MoneySafetyScenariosTest extends ScriptedScenario {
  @Test
  void excess_is_not_refunded_twice_when_a_person_gave_it_back_already() {
    CheckoutView c = transfer(shop.start10());
    report(c, OperatorReport.Finding.MONEY_ARRIVED, "EUR 4.00", Optional.of("tr-1"));
    Payment p = shop.refund(shop.payment(c), "EUR 4.00");
    String r = p.operations().get(1).key();
    report(c, OperatorReport.Finding.REFUND_SENT, "EUR 4.00", Optional.of(r));
    report(c, OperatorReport.Finding.MONEY_ARRIVED, "EUR 10.00", Optional.of("tr-2"));
    Payment after = shop.payment(c);
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    Totals t = after.totals().orElseThrow();
    assertThat(t.captured().minus(t.refunded()).minus(t.refunding()))
        .as("kept of a checkout of EUR 10: %s", after.operations())
        .isEqualTo(Shop.TEN);
  }

  @Test
  void money_that_went_back_before_does_not_pay_for_a_checkout() {
    CheckoutView c = transfer(shop.startGold(Shop.ANN));
    report(c, OperatorReport.Finding.MONEY_ARRIVED, "EUR 5.00", Optional.of("tr-1"));
    Payment p = shop.refund(shop.payment(c), "EUR 5.00");
    report(
        c,
        OperatorReport.Finding.REFUND_SENT,
        "EUR 5.00",
        Optional.of(p.operations().get(1).key()));
    report(c, OperatorReport.Finding.MONEY_ARRIVED, "EUR 5.00", Optional.of("tr-2"));
    assertThat(shop.view(c).state())
        .as("EUR 5 kept of EUR 10")
        .isNotEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void what_a_mixed_up_notice_points_at_is_not_taken_for_the_payment() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(c.state()).isEqualTo(CheckoutState.COMPLETED);
    List<RefundRequest> refunds = new ArrayList<>();
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.NotSent(Scripted.FAIL);
        };
    // A genuine notice whose body mixes up our reference and somebody else's payment.
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of("somebody-elses-order")
                    .providerId("charge", "ch_other")
                    .attempt("ch_other", Attempt.at(AttemptStep.SUCCEEDED))
                    .movement("aaa_cap_other", capture("EUR 10.00").ofCharge("ch_other"))
                    .build());
    announces(
        "n1", Optional.of(shop.payment(c).id().value()), new ProviderId("charge", "ch_other"));
    shop.work();
    assertThat(told(ForeignPaymentSeen.class)).isTrue();
    assertThat(shop.payment(c).facts().movements()).containsOnlyKeys("cap");
    assertThat(shop.payment(c).mismatches()).isEmpty();
    assertThat(refunds).as("somebody else's money is refunded").isEmpty();
  }

  @Test
  void nothing_is_refunded_by_itself_while_a_payment_is_quarantined() {
    scripted();
    List<RefundRequest> refunds = new ArrayList<>();
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.NotSent(Scripted.FAIL);
        };
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement("cap", capture("EUR 15.00"))
                    .movement("odd", capture("EUR 5.00").ofCharge("ch2"))
                    .movement("odd", capture("EUR 4.00"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(c.state()).isEqualTo(CheckoutState.COMPLETED);
    shop.pass(Duration.ofDays(3), 100);
    assertThat(told(ConflictFound.class)).isTrue();
    assertThat(refunds).isEmpty();
  }

  @Test
  void a_partial_refund_is_not_asked_of_a_gateway_that_declares_none() {
    gw.partialRefund = false;
    scripted();
    List<RefundRequest> refunds = new ArrayList<>();
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.NotSent(Scripted.FAIL);
        };
    gw.charge = r -> paid(r, "EUR 15.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(c.state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(refunds).as("partial refunds, undeclared").isEmpty();
  }

  @Test
  void excess_of_a_method_that_cannot_refund_is_left_to_a_person() {
    scripted();
    List<RefundRequest> refunds = new ArrayList<>();
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.NotSent(Scripted.FAIL);
        };
    gw.charge = r -> paid(r, "EUR 15.00");
    CheckoutView c = shop.start10();
    shop.house().pay(Pay.sale(c.id(), "k", S, new PaymentMethod.OfType("bank")));
    assertThat(refunds).as("refunds of a method that declares none").isEmpty();
  }

  @Test
  void a_hold_is_not_captured_twice_because_the_capture_does_not_name_its_parent() {
    scripted();
    gw.charge = ScriptedScenario::held;
    AtomicInteger n = new AtomicInteger();
    gw.capture =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .movement(
                        "cap" + n.incrementAndGet(),
                        Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                            .with(r.amount())
                            .causedBy(r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 6.00", false);
    try {
      shop.capture(shop.payment(c), "EUR 10.00", false);
    } catch (GatehouseException refused) {
      // as it should be
    }
    assertThat(n.get()).as("captures of 6 + 10 out of a hold of 10").isEqualTo(1);
  }

  @Test
  void a_refund_under_way_counts_though_its_amount_was_not_shown() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    List<RefundRequest> refunds = new ArrayList<>();
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.Pending(
              Snapshot.builder()
                  .movement(
                      "re" + refunds.size(),
                      Movement.of(MovementKind.REFUND, MovementStep.OPEN)
                          .outOf(r.capture())
                          .causedBy(r.idempotencyKey()))
                  .build());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00");
    try {
      shop.refund(shop.payment(c), "EUR 10.00");
    } catch (GatehouseException refused) {
      // as it should be
    }
    assertThat(refunds).as("EUR 20 of EUR 10 refunded").hasSize(1);
  }

  @Test
  void a_call_under_way_is_not_settled_by_hand() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    AtomicInteger refunds = new AtomicInteger();
    AtomicReference<RuntimeException> refused = new AtomicReference<>();
    gw.refund =
        r -> {
          if (refunds.incrementAndGet() == 1) {
            try {
              shop.house()
                  .operations()
                  .settle(
                      new SettleOperation(
                          shop.payment(c).id(), r.idempotencyKey(), Optional.empty(), "o", "?"));
              shop.refund(shop.payment(c), "EUR 10.00");
            } catch (GatehouseException e) {
              refused.set(e);
            }
          }
          return new Outcome.Pending(
              Snapshot.builder()
                  .movement(
                      "re-" + r.idempotencyKey(),
                      Movement.of(MovementKind.REFUND, MovementStep.DONE)
                          .with(r.amount())
                          .outOf(r.capture())
                          .causedBy(r.idempotencyKey()))
                  .build());
        };
    shop.refund(shop.payment(c), "EUR 10.00");
    assertThat(refunds.get()).as("refunds of EUR 10 each").isEqualTo(1);
  }

  @Test
  void the_rest_of_a_hold_is_released_when_its_checkout_is_called_off() {
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.capture =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .movement(
                        "cap",
                        Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                            .with(r.amount())
                            .outOf(r.authorization())
                            .causedBy(r.idempotencyKey()))
                    .build());
    gw.refund =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .movement(
                        "re",
                        Movement.of(MovementKind.REFUND, MovementStep.DONE)
                            .with(r.amount())
                            .outOf(r.capture())
                            .causedBy(r.idempotencyKey()))
                    .build());
    AtomicInteger voids = new AtomicInteger();
    gw.voids =
        r -> {
          voids.incrementAndGet();
          return new Outcome.NotSent(Scripted.FAIL);
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 4.00", false);
    shop.refund(shop.payment(c), "EUR 4.00");
    shop.house().cancelCheckout(c.id());
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.CANCELLED);
    shop.pass(Duration.ofDays(1), 100);
    assertThat(voids.get()).as("EUR 6 stay held on the customer's card").isPositive();
  }
}
