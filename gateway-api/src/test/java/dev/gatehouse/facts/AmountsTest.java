package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The kind of a fact tells the direction of its money; an amount below zero was misread. */
class AmountsTest {
  private static final Money LESS = Money.parse("USD -0.01");
  private static final Money NOTHING = Money.zero(CurrencyUnit.USD);

  @Test
  void no_amount_in_a_fact_is_negative() {
    Movement refund = Movement.of(MovementKind.REFUND, MovementStep.DONE);

    assertRefused("amount", () -> Attempt.at(AttemptStep.STARTED).with(LESS));
    assertRefused("amount", () -> Authorization.of(LESS));
    assertRefused("capturable", () -> new Authorization.Terms(LESS, Optional.empty()));
    assertRefused("amount", () -> refund.with(LESS));
    assertRefused("settled", () -> refund.settledAs(LESS));
    assertRefused("amount", () -> Dispute.of(LESS, "ch_1"));
    assertRefused("total", () -> Snapshot.builder().total(MovementKind.REFUND, "ch_1", LESS));
    assertRefused("total", () -> new Counter(-1));
    Money farLess = Money.parse("USD -1" + "0".repeat(30));
    assertRefused("total", () -> Snapshot.builder().total(MovementKind.REFUND, "ch_1", farLess));
  }

  @Test
  void nothing_is_an_amount() {
    assertThat(Authorization.of(NOTHING).capturable()).contains(NOTHING);
    assertThat(Attempt.at(AttemptStep.STARTED).with(NOTHING).amount().value()).contains(NOTHING);
    assertThat(new Counter(0).minor()).isZero();
  }

  @Test
  void a_running_total_may_be_as_large_as_a_long_and_no_larger() {
    Money most = Money.ofMinor(CurrencyUnit.USD, Long.MAX_VALUE);
    PaymentFacts facts =
        Snapshot.builder().total(MovementKind.CAPTURE, "ch_1", most).build().facts();

    assertThat(Totals.of(facts, CurrencyUnit.USD).captured()).isEqualTo(most);
    assertThatThrownBy(
            () ->
                Snapshot.builder()
                    .total(MovementKind.CAPTURE, "ch_1", most.plus(Money.parse("USD 0.01"))))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly("money.overflow"));
  }

  private static void assertRefused(String field, ThrowingCallable negative) {
    assertThatThrownBy(negative)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.problems()).extracting(Problem::field).containsExactly(field);
              assertThat(e.problems())
                  .extracting(Problem::code)
                  .containsExactly("money.non-negative");
            });
  }
}
