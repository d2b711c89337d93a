package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held instead of taken, against EUR 10.00 that we asked for. */
class MismatchTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.01", "10.00", "11.50"})
  void a_renewed_hold_may_be_up_to_fifteen_percent_more(String amount) {
    assertThat(held(eur(amount)).mismatches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.51", "100.00"})
  void a_hold_of_clearly_more_is_a_mismatch(String amount) {
    assertThat(held(eur(amount)).mismatches()).containsExactly(Mismatch.AMOUNT);
  }

  @Test
  void a_hold_in_another_currency_is_a_mismatch_of_that_and_not_of_its_amount() {
    assertThat(held(Money.parse("JPY 1000")).mismatches()).containsExactly(Mismatch.CURRENCY);
    assertThat(held(Money.parse("JPY 1")).mismatches()).containsExactly(Mismatch.CURRENCY);
  }

  @Test
  void an_attempt_that_is_under_way_is_held_against_the_currency_and_not_yet_the_amount() {
    Attempt other = Attempt.at(AttemptStep.PROCESSING).with(Money.parse("USD 9.00"));
    Attempt less = Attempt.at(AttemptStep.PROCESSING).with(eur("9.00"));

    assertThat(started().observing(attempt("ch_1", other)).mismatches())
        .containsExactly(Mismatch.CURRENCY);
    assertThat(started().observing(attempt("ch_1", less)).mismatches()).isEmpty();
  }

  private static Payment held(Money amount) {
    return started().observing(hold("au_1", Authorization.of(amount)));
  }
}
