package dev.gatehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  private static final MethodDetails CARD =
      MethodDetails.none()
          .brand("visa")
          .lastDigits("4242")
          .expiring(YearMonth.of(2030, 4))
          .fingerprint("Xt5EWLLDS7FJjR1c");

  @Test
  void what_expires_later_is_the_newer_card() {
    MethodDetails renewed = CARD.expiring(YearMonth.of(2034, 4)).lastDigits("0001");

    assertThat(CARD.join(renewed)).isEqualTo(renewed);
    assertThat(renewed.join(CARD)).isEqualTo(renewed);
    assertThat(MethodDetails.none().join(CARD)).isEqualTo(CARD);
  }

  @Test
  void what_was_removed_stays_so_whatever_is_seen_of_it_and_in_whatever_order() {
    Credential stored = Credential.stored().with(CARD).ownedBy("cus_1").in("acct_1");
    Credential both = Credential.removed().join(stored);

    assertThat(both).isEqualTo(stored.join(Credential.removed()));
    assertThat(both.isRemoved()).isTrue();
    assertThat(both.details()).isEqualTo(CARD);
    assertThat(both.owner()).isEqualTo(Flat.of("cus_1"));
    assertThat(both.account()).isEqualTo(Flat.of("acct_1"));
  }

  @Test
  void sightings_join_alike_in_any_order_and_grouping() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      Credential a = any(random);
      Credential b = any(random);
      Credential c = any(random);

      assertThat(a.join(b)).as("seed %s", seed).isEqualTo(b.join(a));
      assertThat(a.join(a)).as("seed %s", seed).isEqualTo(a);
      assertThat(a.join(b).join(c)).as("seed %s", seed).isEqualTo(a.join(b.join(c)));
    }
  }

  private static Credential any(Random random) {
    List<MethodDetails> details = new ArrayList<>(List.of(MethodDetails.none(), CARD));
    details.add(CARD.lastDigits("0001"));
    details.add(CARD.brand("mastercard"));
    details.add(CARD.expiring(YearMonth.of(2031, 1 + random.nextInt(12))));
    details.add(MethodDetails.none().fingerprint("f" + random.nextInt(3)));
    Credential seen =
        random.nextInt(4) == 0 ? Credential.removed() : Credential.stored().ownedBy("cus_1");
    seen = random.nextBoolean() ? seen.in("acct_" + random.nextInt(2)) : seen;
    return seen.with(details.get(random.nextInt(details.size())));
  }

  @Test
  void a_card_can_be_charged_to_the_end_of_its_last_month() {
    assertThat(CARD.isExpiredIn(YearMonth.of(2030, 4))).isFalse();
    assertThat(CARD.isExpiredIn(YearMonth.of(2030, 5))).isTrue();
    assertThat(MethodDetails.none().isExpiredIn(YearMonth.of(2030, 5))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4242424242424242", "4242 4242 4242 4242", "12345", "42a2", "", "\u0664"})
  void no_card_number_can_be_kept_and_what_is_malformed_is_left_out(String text) {
    assertThat(CARD.lastDigits(text).lastDigits()).isEmpty();
    assertThat(CARD.lastDigits(text).brand()).contains("visa");
    assertThatThrownBy(
            () ->
                new MethodDetails(
                    Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4242424242424242", "visa 4242 4242 4242 4242", " ", "two\nlines"})
  void nor_as_a_brand_or_a_fingerprint(String text) {
    assertThat(CARD.brand(text).brand()).isEmpty();
    assertThat(CARD.fingerprint(text).fingerprint()).isEmpty();
    assertThatThrownBy(
            () ->
                new MethodDetails(
                    Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("4242");
  }
}
