package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.time.Duration;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class ReferenceGatewayTest {
  private final Bench bench = new Bench();

  @Test
  void a_sale_is_one_charge_with_our_reference_and_one_capture_with_our_key() {
    Outcome outcome = bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    var facts = outcome.snapshot().facts();
    String id = Bench.chargeId(outcome);
    assertThat(facts.reference().value()).contains("pay-1");
    assertThat(facts.mode().value()).contains(Mode.TEST);
    assertThat(facts.account().value()).contains("acct_main");
    assertThat(facts.attempts().get(id).step().isAt(AttemptStep.SUCCEEDED)).isTrue();
    assertThat(facts.attempts().get(id).operation().value()).contains("pay-1:charge:1");
    assertThat(facts.movements().values())
        .singleElement()
        .satisfies(
            capture -> {
              assertThat(capture.amount().value()).contains(Bench.TEN);
              assertThat(capture.charge().value()).contains(id);
              assertThat(capture.operation().value()).contains("pay-1:charge:1");
            });
    assertThat(bench.ledger().chargesOf("pay-1")).hasSize(1);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(Bench.TEN);
  }

  @Test
  void an_authorisation_moves_no_money_until_it_is_captured_in_parts() {
    Outcome held = bench.gateway.charge(Bench.hold("pay-1", TestToken.APPROVE));
    assertThat(bench.ledger().captured("pay-1", CurrencyUnit.EUR)).isEqualTo(eur("0.00"));
    assertThat(Totals.of(held.snapshot().facts(), CurrencyUnit.EUR).authorized())
        .isEqualTo(Bench.TEN);

    String auth = held.snapshot().facts().authorizations().firstKey();
    Outcome first = bench.gateway.capture(bench.capture("pay-1", auth, "EUR 3.00", false));
    Outcome last = bench.gateway.capture(bench.capture("pay-1", auth, "EUR 4.00", true));

    assertThat(first).isInstanceOf(Outcome.Succeeded.class);
    assertThat(last).isInstanceOf(Outcome.Succeeded.class);
    var facts = last.snapshot().facts();
    assertThat(facts.authorizations().get(auth).end().value()).contains(AuthorizationEnd.EXHAUSTED);
    assertThat(Totals.of(facts, CurrencyUnit.EUR).captured()).isEqualTo(eur("7.00"));
    assertThat(bench.ledger().captured("pay-1", CurrencyUnit.EUR)).isEqualTo(eur("7.00"));
    assertThat(bench.gateway.capture(bench.capture("pay-1", auth, "EUR 1.00", false)))
        .isInstanceOf(Outcome.NotSent.class);
  }

  @Test
  void a_customer_action_is_approved_and_then_completed_by_us() {
    Outcome asked = bench.gateway.charge(Bench.sale("pay-1", TestToken.ACTION));
    assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
    String id = Bench.chargeId(asked);
    assertThat(bench.gateway.complete(bench.complete("pay-1", id)))
        .isInstanceOf(Outcome.NotSent.class);

    bench.controls().approve(id);
    assertThat(found("pay-1", asked.snapshot()).facts().attempts().get(id).step().value())
        .contains(AttemptStep.APPROVED);
    Outcome done =
        bench.gateway.complete(
            new CompleteRequest(
                bench.trace("pay-1"), "pay-1:complete:2", id, CaptureMode.AUTOMATIC));

    assertThat(done).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().effectsOf("pay-1:complete:2")).isEqualTo(1);
  }

  @Test
  void what_is_pending_succeeds_after_a_while() {
    Outcome pending = bench.gateway.charge(Bench.sale("pay-1", TestToken.PENDING));
    assertThat(pending).isInstanceOf(Outcome.Pending.class);

    bench.clock.advance(Duration.ofMinutes(2));

    Snapshot later = found("pay-1", pending.snapshot());
    assertThat(Totals.of(later.facts(), CurrencyUnit.EUR).captured()).isEqualTo(Bench.TEN);
    assertThat(later.complete())
        .containsExactlyInAnyOrder(FactList.AUTHORIZATIONS, FactList.CAPTURES, FactList.REFUNDS);
  }

  @Test
  void refunds_are_partial_pending_undone_and_matched_by_key() {
    Outcome sold = bench.gateway.charge(Bench.sale("pay-1", TestToken.REFUND_UNDONE));
    String capture = sold.snapshot().facts().movements().firstKey();
    Outcome refunded =
        bench.gateway.refund(bench.refund("pay-1", "pay-1:refund:1", capture, "EUR 4.00"));
    assertThat(refunded).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(eur("6.00"));
    assertThat(bench.gateway.refund(bench.refund("pay-1", "k2", capture, "EUR 6.01")))
        .isInstanceOf(Outcome.NotSent.class);

    bench.clock.advance(Duration.ofMinutes(2));

    var facts = found("pay-1", sold.snapshot()).facts();
    assertThat(facts.movements().values())
        .filteredOn(m -> m.operation().has("pay-1:refund:1"))
        .singleElement()
        .satisfies(m -> assertThat(m.step().isAt(MovementStep.UNDONE)).isTrue());
    assertThat(Totals.of(facts, CurrencyUnit.EUR).kept()).isEqualTo(Bench.TEN);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(Bench.TEN);
  }

  @Test
  void a_void_releases_and_excludes_a_capture() {
    Outcome held = bench.gateway.charge(Bench.hold("pay-1", TestToken.APPROVE));
    String auth = held.snapshot().facts().authorizations().firstKey();

    Outcome released = bench.gateway.voidAuthorization(bench.release("pay-1", auth));

    assertThat(released).isInstanceOf(Outcome.Succeeded.class);
    assertThat(released.snapshot().facts().authorizations().get(auth).end().value())
        .contains(AuthorizationEnd.VOIDED);
    assertThat(bench.gateway.capture(bench.capture("pay-1", auth, "EUR 1.00", false)))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(bench.ledger().voidsByKey("pay-1:void:1")).hasSize(1);
  }

  @Test
  void an_authorisation_that_expired_early_is_seen_as_expired() {
    Outcome held = bench.gateway.charge(Bench.hold("pay-1", TestToken.EXPIRES_EARLY));
    bench.clock.advance(Duration.ofMinutes(2));

    assertThat(found("pay-1", held.snapshot()).facts().authorizations().values())
        .singleElement()
        .satisfies(a -> assertThat(a.end().value()).contains(AuthorizationEnd.EXPIRED));
  }

  @Test
  void a_dispute_takes_money_and_a_won_one_gives_it_back() {
    Outcome sold = bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    String id = Bench.chargeId(sold);
    String dispute = bench.controls().dispute(id);
    var during = found("pay-1", sold.snapshot()).facts();
    assertThat(Totals.of(during, CurrencyUnit.EUR).disputed()).isEqualTo(Bench.TEN);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(eur("0.00"));

    bench.controls().winDispute(dispute);

    var after = during.join(found("pay-1", sold.snapshot()).facts());
    assertThat(Totals.of(after, CurrencyUnit.EUR).disputed()).isEqualTo(eur("0.00"));
    assertThat(after.disputes().get(dispute).status().value()).contains(DisputeStatus.WON);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(Bench.TEN);
  }

  @Test
  void what_a_dispute_took_cannot_be_refunded_as_well() {
    Outcome sold = bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    String capture = sold.snapshot().facts().movements().firstKey();
    bench.controls().dispute(Bench.chargeId(sold), eur("7.00"));

    assertThat(bench.gateway.refund(bench.refund("pay-1", "r-1", capture, "EUR 3.01")))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(bench.gateway.refund(bench.refund("pay-1", "r-2", capture, "EUR 3.00")))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(eur("0.00"));
  }

  @Test
  void a_stored_method_pays_again_until_it_is_revoked() {
    Outcome first =
        bench.gateway.charge(
            Bench.charge("pay-1", Bench.TEN, CaptureMode.AUTOMATIC, "tok_approve", true));
    String method =
        first.snapshot().facts().attempts().values().iterator().next().storedMethod().value().get();
    var stored = new PaymentMethod.Stored("card", method);

    assertThat(
            bench.gateway.charge(
                Bench.charge("pay-2", Bench.TEN, CaptureMode.AUTOMATIC, stored, false)))
        .isInstanceOf(Outcome.Succeeded.class);
    bench.controls().revokeMethod(method);
    assertThat(
            bench.gateway.charge(
                Bench.charge("pay-3", Bench.TEN, CaptureMode.AUTOMATIC, stored, false)))
        .isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void currencies_of_every_scale_go_both_ways_exactly() {
    for (String amount : new String[] {"JPY 500", "KWD 1.234", "USD 0.01", "EUR 99999999.99"}) {
      Money money = Money.parse(amount);
      String reference = "pay-" + money.getCurrencyUnit();
      Outcome outcome =
          bench.gateway.charge(
              Bench.charge(reference, money, CaptureMode.AUTOMATIC, "tok_approve", false));
      assertThat(outcome.snapshot().facts().attempts().values())
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.amount().value()).contains(money));
      assertThat(bench.ledger().kept(reference, money.getCurrencyUnit())).isEqualTo(money);
    }
  }

  @Test
  void the_dashboard_page_is_that_of_the_one_known_charge() {
    Outcome sold = bench.gateway.charge(Bench.sale("pay-1", TestToken.APPROVE));
    assertThat(bench.gateway.paymentPage(bench.trace("pay-1", sold.snapshot().facts())))
        .contains(URI.create("https://reference.test/dashboard/charges/ch_1"));
    assertThat(bench.gateway.paymentPage(bench.trace("pay-1"))).isEmpty();
  }

  private Snapshot found(String reference, Snapshot known) {
    Lookup lookup = bench.gateway.lookup(bench.trace(reference, known.facts()));
    assertThat(lookup).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) lookup).snapshot();
  }

  private static Money eur(String amount) {
    return Money.parse("EUR " + amount);
  }
}
