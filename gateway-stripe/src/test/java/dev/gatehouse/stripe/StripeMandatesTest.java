package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Mandates. Stripe wants none for cards; of debits it wants the customer's address on the network
 * and browser, which only its own script in the browser may tell: by a confirmation token.
 */
class StripeMandatesTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));
  private static final CustomerDetails ANN =
      new CustomerDetails(
              Optional.of("Ann"), Optional.of("ann@example.org"), Optional.of(Locale.UK))
          .of("ann");

  private final Bench bench = new Bench();

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private static ChargeRequest sale(String type, String token) {
    return ChargeRequest.sale(
            "pay-1", "pay-1:charge:1", Bench.TEN, new PaymentMethod.Token(type, token))
        .returningTo(URI.create("https://shop.test/return"));
  }

  private String form() {
    List<String> forms =
        bench.door.requests.stream()
            .filter(request -> request.method().equals("POST"))
            .map(request -> new String(request.body(), StandardCharsets.UTF_8))
            .map(form -> URLDecoder.decode(form, StandardCharsets.UTF_8))
            .toList();
    return forms.get(forms.size() - 1);
  }

  @Test
  void a_debit_by_a_confirmation_token_brings_its_mandate_and_is_paid_days_later() {
    Outcome begun =
        bench.gateway.charge(sale("automatic", bench.controls().debitToken(bench.account.id())));

    assertThat(form()).contains("confirmation_token=ctoken_").doesNotContain("payment_method=");
    assertThat(begun).isInstanceOf(Outcome.Pending.class);
    assertThat(begun.snapshot().facts().attempts().values())
        .allMatch(attempt -> attempt.step().isAt(AttemptStep.PROCESSING));
    bench.clock.advance(Duration.ofDays(4));
    assertThat(
            Totals.of(bench.lookup("pay-1", begun.snapshot()).facts(), CurrencyUnit.EUR).captured())
        .isEqualTo(Bench.TEN);
  }

  @Test
  void a_debit_without_a_mandate_is_refused_with_what_to_pay_with_instead() {
    Outcome refused =
        bench.gateway.charge(sale("automatic", bench.controls().debitMethod(bench.account.id())));

    Failure failure = ((Outcome.NotSent) refused).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
    assertThat(failure.message())
        .startsWith("'method': ")
        .contains("mandate_data", "confirmation token");
    assertThat(bench.ledger().charges()).isEmpty();
  }

  @Test
  void a_card_by_a_confirmation_token_is_charged_once_and_stored_without_a_mandate_of_ours() {
    String token = bench.controls().confirmationToken(bench.account.id(), StripeToken.VISA);
    ChargeRequest sale = sale("card", token).storingMethod().by(ANN).under(AGREED);

    Outcome paid = bench.gateway.charge(sale);

    assertThat(paid).isInstanceOf(Outcome.Succeeded.class);
    assertThat(paid.snapshot().facts().credentials()).hasSize(1);
    assertThat(form())
        .contains("confirmation_token=" + token, "setup_future_usage=off_session")
        .contains("metadata[gatehouse_agreement]=Gold, each month")
        .doesNotContain("mandate_data");
    assertThat(bench.gateway.charge(sale).snapshot().facts()).isEqualTo(paid.snapshot().facts());
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_card_is_set_up_by_a_confirmation_token() {
    String token = bench.controls().confirmationToken(bench.account.id(), StripeToken.VISA);

    Outcome stored =
        bench.gateway.setUp(
            new SetUpRequest(
                "set-1",
                "set-1.set_up.1",
                new PaymentMethod.Token("card", token),
                AGREED,
                Optional.of(URI.create("https://shop.test/return")),
                ANN));

    assertThat(stored).isInstanceOf(Outcome.Succeeded.class);
    assertThat(form()).contains("confirmation_token=" + token).doesNotContain("payment_method=");
  }

  @Test
  void the_merchants_charge_says_off_session_and_no_mandate() {
    String stored =
        bench
            .gateway
            .charge(sale("card", StripeToken.VISA.id()).storingMethod().by(ANN).under(AGREED))
            .snapshot()
            .facts()
            .credentials()
            .firstKey();

    Outcome renewed =
        bench.gateway.charge(
            ChargeRequest.sale(
                    "pay-2", "pay-2:charge:1", Bench.TEN, new PaymentMethod.Stored("card", stored))
                .withoutCustomer()
                .under(AGREED)
                .by(ANN.knownAs(bench.ledger().method(stored).flatMap(method -> method.owner()))));

    assertThat(renewed).isInstanceOf(Outcome.Succeeded.class);
    assertThat(form()).contains("off_session=true").doesNotContain("mandate");
  }
}
