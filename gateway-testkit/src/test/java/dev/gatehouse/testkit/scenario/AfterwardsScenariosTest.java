package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.reference.TestToken;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is told, refused and left alone once a payment or its checkout is over. */
class AfterwardsScenariosTest extends ScriptedScenario {
  /** The machine's table: money was taken; facts never un-happen. */
  @Test
  void a_captured_payment_stays_so_when_its_amount_is_contradicted() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.CAPTURED);
    sees(c, seen -> seen.movement("cap", capture("EUR 9.70")));
    PaymentState after = shop.payment(c).state();
    assertThat(after).as("captured once, and told so").isEqualTo(PaymentState.CAPTURED);
  }

  /** A person's slip on a public entry is refused; it must not unmake the capture it names. */
  @Test
  void a_refund_can_not_be_settled_as_the_capture_that_it_came_out_of() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 4.00");
    Operation refund = leftToPerson(c);
    catchThrowable(() -> settle(c, refund, Optional.of("cap")));
    assertThat(shop.payment(c).state()).isIn(PaymentState.CAPTURED, PaymentState.PARTLY_REFUNDED);
  }

  /** A declined refund failed; it was not "accepted, and the provider has never shown it". */
  @Test
  void a_refund_that_is_declined_with_a_view_of_its_payment_is_not_under_way() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(paid(r, "EUR 10.00").snapshot());
          return paid(r, "EUR 10.00");
        };
    gw.refund = r -> new Outcome.Declined(seen.get(), Decline.of(DeclineCode.GENERIC_DECLINE));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Payment p = shop.refund(shop.payment(c), "EUR 10.00");
    assertThat(p.status(p.operations().get(1)))
        .isIn(OperationStatus.NO_EFFECT, OperationStatus.FAILED);
  }

  /** What the customer must do now: nothing, once it is over. Whoever pays then pays twice. */
  @Test
  void a_checkout_that_is_over_asks_nothing_of_the_customer() {
    scripted();
    gw.charge =
        r ->
            new Outcome.ActionRequired(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                    .build(),
                CustomerAction.Redirect.to(URI.create("https://bank.test/")));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    CheckoutView paid = shop.pay(c, TestToken.APPROVE);
    assertThat(paid.state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(paid.action()).isEmpty();
  }

  /** "While their effect is still wanted": nobody wants the money of a checkout called off. */
  @Test
  void a_capture_that_was_put_off_is_not_made_once_its_checkout_is_called_off() {
    scripted();
    gw.charge = ScriptedScenario::held;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true); // no connection; to be sent again
    shop.house().cancelCheckout(c.id());
    collectCaptures();
    collectRefunds();
    shop.pass(Duration.ofDays(1), 200);
    assertThat(captures).as("captures for a cancelled checkout; %s", kinds()).isEmpty();
  }

  /** "A terminal state accepts no more commands"; the hold is being released. */
  @Test
  void a_hold_of_a_checkout_called_off_is_not_captured_while_it_is_being_released() {
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.voids = r -> LOST;
    collectCaptures();
    collectRefunds();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.house().cancelCheckout(c.id());
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("captures for a cancelled checkout; %s", kinds()).isEmpty();
  }

  /** One id that begins like another is another capture all the same. */
  @Test
  void late_money_is_refunded_though_a_capture_whose_id_begins_alike_can_not_be() {
    scripted();
    List<String> targets = new ArrayList<>();
    AtomicReference<String> key = new AtomicReference<>();
    gw.charge =
        r -> {
          key.set(r.idempotencyKey());
          return new Outcome.Pending(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.STARTED, r.idempotencyKey()))
                  .build());
        };
    gw.refund =
        r -> {
          targets.add(r.capture());
          return new Outcome.Pending(Snapshot.empty());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.house().cancelCheckout(c.id());
    for (String id : List.of("c:x", "c")) {
      gw.lookup =
          t ->
              new Lookup.Found(
                  Scripted.of(shop.payment(c).id().value())
                      .movement(id, capture("EUR 10.00"))
                      .build());
      announces("n-" + id, Optional.of(shop.payment(c).id().value()));
    }
    assertThat(targets).containsExactlyInAnyOrder("c:x", "c");
  }

  /** The same gateway out of the configuration must not keep a checkout from ending, either. */
  @Test
  void a_checkout_that_was_tried_at_a_gateway_no_longer_configured_expires() {
    scripted();
    gw.charge =
        r -> new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
    CheckoutView c = shop.house().pay(sale(shop.start10()));
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
    for (int i = 0; i < 300; i++) {
      shop.clock.advance(Duration.ofMinutes(15));
      without.runDueWork();
    }
    assertThat(without.checkout(c.id()).state()).isEqualTo(CheckoutState.EXPIRED);
  }

  /** A dispute took that money already; giving it back once more is at our cost. */
  @Test
  void a_refund_goes_to_the_capture_that_is_not_disputed() {
    scripted();
    collectRefunds();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch1", Attempt.at(AttemptStep.SUCCEEDED).causedBy(r.idempotencyKey()))
                    .attempt("ch2", Attempt.at(AttemptStep.SUCCEEDED).causedBy(r.idempotencyKey()))
                    .movement("a", capture("EUR 5.00").ofCharge("ch1"))
                    .movement("b", capture("EUR 5.00").ofCharge("ch2"))
                    .movement(
                        "w",
                        Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                            .with(Money.parse("EUR 5.00"))
                            .ofCharge("ch1"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 5.00");
    assertThat(refunds).extracting(RefundRequest::capture).containsExactly("b");
  }

  /** What is not declared is not asked; the customer's command is answered, not thrown at. */
  @Test
  void an_approval_at_a_gateway_that_completes_nothing_does_not_throw_at_the_customer() {
    GatewayProvider plain =
        new GatewayProvider() {
          @Override
          public int spiVersion() {
            return SPI_VERSION;
          }

          @Override
          public String id() {
            return "plain";
          }

          @Override
          public GatewayDescription describe() {
            return GatewayDescription.builder("Plain", "1")
                .method(MethodSpec.withToken("card"))
                .build();
          }

          @Override
          public PaymentGateway open(GatewaySettings s, GatewayEnvironment e) {
            return new Plain();
          }
        };
    shop.with(plain, new GatewayConfig(S, "plain", Mode.TEST, Map.of()));
    CheckoutView c = shop.start10();
    assertThat(catchThrowable(() -> shop.house().pay(sale(c)))).isNull();
  }

  /** Invariant 2 holds when it is sent, not only when it was asked for. */
  @Test
  void a_refund_that_was_put_off_is_not_made_once_a_dispute_took_the_money() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00"); // no connection; to be sent again
    sees(
        c,
        seen ->
            seen.movement(
                "w",
                Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                    .with(Shop.TEN)
                    .ofCharge("ch")));
    collectRefunds();
    shop.pass(Duration.ofDays(2), 200);
    assertThat(refunds).as("refunds of money that a dispute took").isEmpty();
  }

  /** Nobody completes it any more, so nothing will come of it: watched for a while, as others. */
  @Test
  void an_approval_that_came_too_late_is_not_polled_for_ever() {
    scripted();
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .build());
          return new Outcome.ActionRequired(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                  .build(),
              CustomerAction.Redirect.to(URI.create("https://bank.test/")));
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.house().cancelCheckout(c.id());
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.Found(seen.get());
        };
    shop.pass(Duration.ofDays(30), 300);
    int before = looks.get();
    shop.pass(Duration.ofDays(60), 600);
    assertThat(looks.get() - before).as("looks, days 31 to 90; watched for 14").isZero();
  }

  private static final class Plain implements PaymentGateway {
    @Override
    public Outcome charge(ChargeRequest r) {
      return new Outcome.Pending(
          Scripted.of(r.reference())
              .attempt("ch", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
              .build());
    }

    @Override
    public Lookup lookup(Trace trace) {
      return new Lookup.CannotTell(Scripted.FAIL);
    }

    @Override
    public void close() {}
  }
}
