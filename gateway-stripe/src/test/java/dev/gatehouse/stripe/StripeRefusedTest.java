package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeControls.KeyState;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stripe refuses is certain, typed, and names the setting or the field that is to change. */
class StripeRefusedTest {
  private final Bench bench = new Bench();

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private static List<ChargeRequest> both(Money amount) {
    return List.of(
        Bench.charge("pay-1", amount, CaptureMode.AUTOMATIC, StripeToken.VISA, true),
        ChargeRequest.sale("pay-2", "pay-2:1", amount, new PaymentMethod.OfType("checkout"))
            .returningTo(URI.create("https://shop.test/return")));
  }

  private Failure refused(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    return ((Outcome.NotSent) outcome).failure();
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyState.class,
      names = {"REVOKED", "READS_ONLY"})
  void a_key_that_was_revoked_or_may_not_is_told_by_its_setting_and_nothing_is_made(
      KeyState state) {
    Snapshot sold = bench.gateway.charge(Bench.sale("pay-0", StripeToken.VISA)).snapshot();
    bench.controls().keys(state);

    for (ChargeRequest request : both(Bench.TEN)) {
      Failure failure = refused(bench.gateway.charge(request));
      assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
      assertThat(failure.message()).contains("'secret-key'", "'stripe-eu'");
    }
    assertThat(refused(bench.gateway.refund(bench.refund(sold, "pay-0", "EUR 1.00", 1))).category())
        .isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(bench.ledger().charges()).hasSize(1);
    bench.controls().keys(KeyState.GOOD);
    assertThat(bench.gateway.charge(both(Bench.TEN).get(0))).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void an_amount_that_is_too_small_for_stripe_names_the_amount() {
    for (ChargeRequest request : both(Money.parse("EUR 0.10"))) {
      Failure failure = refused(bench.gateway.charge(request));
      assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
      assertThat(failure.code()).isEqualTo("amount_too_small");
      assertThat(failure.message()).startsWith("'amount': ");
    }
    assertThat(bench.ledger().charges()).isEmpty();
  }

  @Test
  void a_currency_that_the_account_lacks_names_the_amount() {
    bench.controls().takesOnly("usd");
    for (ChargeRequest request : both(Bench.TEN)) {
      Failure failure = refused(bench.gateway.charge(request));
      assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
      assertThat(failure.message()).startsWith("'amount': ").contains("eur");
    }
    assertThat(bench.ledger().charges()).isEmpty();
  }

  /** What can be known before is refused before, by this gateway alone, whoever calls it. */
  @ParameterizedTest
  @ValueSource(strings = {"UGX 500", "CLF 1.0000", "KWD 1.234", "MGA 5.50", "BHD 0.001"})
  void a_currency_or_a_fraction_that_stripe_can_not_write_is_not_sent(String amount) {
    for (ChargeRequest request : both(Money.parse(amount))) {
      Failure failure = refused(bench.gateway.charge(request));
      assertThat(failure.category()).isIn(ErrorCategory.VALIDATION, ErrorCategory.UNSUPPORTED);
      assertThat(failure.message()).contains("amount");
    }
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void a_wrong_webhook_secret_is_told_by_its_setting() {
    bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    StripeGateway other =
        bench.open(StripeAccount.test("main").signing("whsec_other1234"), bench.door, Map.of());

    WebhookAnswer answer = other.receive(bench.stripe.takeWebhooks().get(0).toWebhookRequest());

    assertThat(((WebhookAnswer.Rejected) answer).reason())
        .contains("'webhook-secret'", "'stripe-eu'")
        .doesNotContain("whsec_");
  }
}
