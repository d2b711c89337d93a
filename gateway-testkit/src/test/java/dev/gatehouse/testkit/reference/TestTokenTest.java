package dev.gatehouse.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.time.Duration;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestTokenTest {
  private static final Map<TestToken, Class<? extends Outcome>> FIRST_ANSWERS =
      Map.ofEntries(
          Map.entry(TestToken.APPROVE, Outcome.Succeeded.class),
          Map.entry(TestToken.DECLINE_UNKNOWN, Outcome.Declined.class),
          Map.entry(TestToken.ACTION, Outcome.ActionRequired.class),
          Map.entry(TestToken.ACTION_AUTO, Outcome.ActionRequired.class),
          Map.entry(TestToken.ACTION_EACH_TIME, Outcome.ActionRequired.class),
          Map.entry(TestToken.ACTION_TWICE, Outcome.ActionRequired.class),
          Map.entry(TestToken.ACTION_DECLINED, Outcome.ActionRequired.class),
          Map.entry(TestToken.PENDING, Outcome.Pending.class),
          Map.entry(TestToken.PENDING_FAILS, Outcome.Pending.class),
          Map.entry(TestToken.REFUND_PENDING, Outcome.Succeeded.class),
          Map.entry(TestToken.REFUND_PENDING_FAILS, Outcome.Succeeded.class),
          Map.entry(TestToken.REFUND_UNDONE, Outcome.Succeeded.class),
          Map.entry(TestToken.EXPIRES_EARLY, Outcome.Succeeded.class),
          Map.entry(TestToken.RATE_LIMITED_ONCE, Outcome.NotSent.class),
          Map.entry(TestToken.SERVER_ERROR, Outcome.Unknown.class),
          Map.entry(TestToken.SERVER_ERROR_AFTER_EFFECT, Outcome.Unknown.class),
          Map.entry(TestToken.UNKNOWN_STATUS, Outcome.Pending.class),
          Map.entry(TestToken.WRONG_AMOUNT, Outcome.Succeeded.class),
          Map.entry(TestToken.WRONG_CURRENCY, Outcome.Succeeded.class));

  private final Bench bench = new Bench();

  @ParameterizedTest
  @EnumSource(TestToken.class)
  void every_token_has_its_first_answer(TestToken token) {
    assertThat(charge(token)).isInstanceOf(FIRST_ANSWERS.get(token));
  }

  @ParameterizedTest
  @EnumSource(DeclineCode.class)
  void every_decline_has_a_token_and_comes_back_as_its_code(DeclineCode code) {
    Outcome outcome =
        bench.gateway.charge(
            Bench.charge(
                "pay-1", Bench.TEN, CaptureMode.AUTOMATIC, TestToken.decline(code), false));

    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    assertThat(((Outcome.Declined) outcome).decline().code()).isEqualTo(code);
    assertThat(attemptStep(outcome)).isEqualTo(AttemptStep.FAILED);
    assertThat(bench.ledger().captured("pay-1", CurrencyUnit.EUR).isZero()).isTrue();
    assertThat(TestToken.all()).contains(TestToken.decline(code));
  }

  @Test
  void an_unknown_decline_is_generic_and_keeps_the_raw_code() {
    Outcome.Declined declined = (Outcome.Declined) charge(TestToken.DECLINE_UNKNOWN);
    assertThat(declined.decline().code()).isEqualTo(DeclineCode.GENERIC_DECLINE);
    assertThat(declined.decline().rawCode()).isEqualTo("flux_inverted");
  }

  @Test
  void an_unknown_status_says_only_that_the_charge_is_there_until_it_is_settled() {
    Outcome outcome = charge(TestToken.UNKNOWN_STATUS);
    assertThat(attemptStep(outcome)).isEqualTo(AttemptStep.STARTED);

    bench.controls().settle(Bench.chargeId(outcome));
    assertThat(status()).isEqualTo("succeeded");
  }

  @Test
  void a_second_challenge_has_another_address() {
    Outcome.ActionRequired first = (Outcome.ActionRequired) charge(TestToken.ACTION_TWICE);
    String id = Bench.chargeId(first);
    bench.controls().approve(id);
    String second = bench.ledger().charge(id).orElseThrow().action().orElseThrow();
    assertThat(status()).isEqualTo("requires_action");
    assertThat(second).isNotEqualTo("act_1");

    bench.controls().approve(id);
    assertThat(status()).isEqualTo("approved");
  }

  @Test
  void an_action_may_go_on_by_itself_be_declined_be_rejected_or_be_left() {
    bench.controls().approve(Bench.chargeId(charge(TestToken.ACTION_AUTO)));
    assertThat(status()).isEqualTo("succeeded");

    String declined =
        Bench.chargeId(bench.gateway.charge(Bench.sale("p2", TestToken.ACTION_DECLINED)));
    bench.controls().approve(declined);
    assertThat(bench.gateway.complete(bench.complete("p2", declined)))
        .isInstanceOf(Outcome.Declined.class);

    String rejected = Bench.chargeId(bench.gateway.charge(Bench.sale("p3", TestToken.ACTION)));
    bench.controls().reject(rejected);
    assertThat(bench.ledger().charge(rejected).orElseThrow().decline()).contains("abandoned");

    String left = Bench.chargeId(bench.gateway.charge(Bench.sale("p4", TestToken.ACTION)));
    bench.controls().abandon(left);
    assertThat(bench.ledger().charge(left).orElseThrow().status()).isEqualTo("requires_action");
    bench.clock.advance(Duration.ofMinutes(30));
    assertThat(bench.ledger().charge(left).orElseThrow().decline()).contains("abandoned");
  }

  @Test
  void pending_charges_and_refunds_end_as_their_token_says() {
    charge(TestToken.PENDING_FAILS);
    String capture = capture("p2", TestToken.REFUND_PENDING);
    String failing = capture("p3", TestToken.REFUND_PENDING_FAILS);
    assertThat(bench.gateway.refund(bench.refund("p2", "r2", capture, "EUR 1.00")))
        .isInstanceOf(Outcome.Pending.class);
    bench.gateway.refund(bench.refund("p3", "r3", failing, "EUR 1.00"));

    bench.clock.advance(Duration.ofMinutes(1));

    assertThat(status()).isEqualTo("failed");
    assertThat(bench.ledger().refundsByKey("r2").get(0).status()).isEqualTo("succeeded");
    assertThat(bench.ledger().refundsByKey("r3").get(0).status()).isEqualTo("failed");
  }

  @Test
  void the_rate_limit_names_its_wait_and_lets_the_same_key_through_afterwards() {
    Outcome.NotSent limited = (Outcome.NotSent) charge(TestToken.RATE_LIMITED_ONCE);
    assertThat(limited.failure().category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    assertThat(limited.failure().retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(charge(TestToken.RATE_LIMITED_ONCE)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().chargesOf("pay-1")).hasSize(1);
  }

  @Test
  void a_stored_500_comes_again_with_and_without_an_effect() {
    assertThat(charge(TestToken.SERVER_ERROR)).isInstanceOf(Outcome.Unknown.class);
    assertThat(charge(TestToken.SERVER_ERROR)).isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.ledger().charges()).isEmpty();

    ChargeRequest after = Bench.sale("p2", TestToken.SERVER_ERROR_AFTER_EFFECT);
    assertThat(bench.gateway.charge(after)).isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.gateway.charge(after)).isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.ledger().effectsOf("p2:charge:1")).isEqualTo(1);
    assertThat(bench.ledger().requestsWithKey("p2:charge:1")).isEqualTo(2);
  }

  @Test
  void a_wrong_amount_and_a_wrong_currency_are_shown_as_they_are() {
    charge(TestToken.WRONG_AMOUNT);
    assertThat(bench.ledger().kept("pay-1", CurrencyUnit.EUR)).isEqualTo(Money.parse("EUR 10.01"));
    Outcome outcome = bench.gateway.charge(Bench.sale("p2", TestToken.WRONG_CURRENCY));
    assertThat(outcome.snapshot().facts().currency().value()).contains(CurrencyUnit.USD);
  }

  private Outcome charge(TestToken token) {
    return bench.gateway.charge(Bench.sale("pay-1", token));
  }

  private String capture(String reference, TestToken token) {
    return bench
        .gateway
        .charge(Bench.sale(reference, token))
        .snapshot()
        .facts()
        .movements()
        .firstKey();
  }

  private String status() {
    return bench.ledger().chargesOf("pay-1").get(0).status();
  }

  private static AttemptStep attemptStep(Outcome outcome) {
    return outcome.snapshot().facts().attempts().get(Bench.chargeId(outcome)).step().value().get();
  }
}
