package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.fault.ForeignText;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookNotice;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no store could keep, or look for, is refused where it comes in. */
class ProviderIdTest {
  private static final String LONGEST = "x".repeat(ForeignText.LONGEST_ID);

  private static final PaymentHint NOWHERE = new PaymentHint(Optional.empty(), Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\u0000b",
        "\na",
        "a\nb",
        "a\n",
        "a\ud800",
        "a\u0085b",
        "a\ud800b",
        "too long"
      })
  void an_id_that_is_none_is_refused_wherever_it_comes_in(String text) {
    String id = text.equals("too long") ? LONGEST + "x" : text;

    assertRefused("id", () -> new ProviderId("charge", id));
    assertRefused("kind", () -> new ProviderId(id, "ch_1"));
    Snapshot.Builder facts = Snapshot.builder();
    assertRefused("id", () -> facts.providerId("charge", id));
    assertRefused("attempt", () -> facts.attempt(id, Attempt.at(AttemptStep.SUCCEEDED)));
    assertRefused("id", () -> WebhookNotice.of(id, "paid", NOWHERE));
  }

  private static void assertRefused(String field, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems()).extracting(problem -> problem.field()).contains(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ch_1", "ordre n° 7", "订单-1", "\ud83d\ude00"})
  void an_id_is_whatever_the_provider_writes_otherwise(String id) {
    assertThat(new ProviderId("charge", id).id()).isEqualTo(id);
  }

  @Test
  void the_longest_is_kept_whole() {
    assertThat(new ProviderId("charge", LONGEST).id()).isEqualTo(LONGEST);
  }
}
