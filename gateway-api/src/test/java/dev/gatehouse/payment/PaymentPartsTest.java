package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.CaptureMode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Equal by its parts, and what it derives is never that of other parts. */
class PaymentPartsTest {
  private static final List<Object> PARTS =
      List.of(
          new PaymentId("pay_1"),
          3L,
          new GatewayInstanceId("main"),
          Mode.TEST,
          Optional.of(new CheckoutId("chk_1")),
          Optional.of(new CustomerId("ann")),
          Optional.of(PaymentExample.terms(CaptureMode.AUTOMATIC)),
          PaymentFacts.none(),
          List.of(),
          Set.of("failed:ch_1"),
          List.of(),
          NOW,
          Optional.of(NOW),
          2);

  private static final List<Object> OTHERS =
      List.of(
          new PaymentId("pay_2"),
          4L,
          new GatewayInstanceId("other"),
          Mode.LIVE,
          Optional.empty(),
          Optional.of(new CustomerId("bob")),
          Optional.of(PaymentExample.terms(CaptureMode.MANUAL)),
          captured("9.00"),
          PaymentExample.startedSale().operations(),
          Set.of(),
          List.of(new Note(NOW, "ann", "settled", "seen")),
          NOW.plusSeconds(1),
          Optional.empty(),
          0);

  @Test
  void two_with_the_same_parts_are_equal() {
    assertThat(of(PARTS)).isEqualTo(of(PARTS)).hasSameHashCodeAs(of(PARTS));
    assertThat(of(PARTS)).hasToString(of(PARTS).toString()).isNotEqualTo("pay_1");
  }

  @Test
  void each_part_counts_and_is_shown() {
    List<String> names = parts();
    assertThat(names).hasSize(PARTS.size());
    for (int i = 0; i < names.size(); i++) {
      List<Object> changed = new ArrayList<>(PARTS);
      changed.set(i, OTHERS.get(i));
      assertThat(of(changed)).as(names.get(i)).isNotEqualTo(of(PARTS));
      assertThat(of(changed).toString())
          .as(names.get(i))
          .contains(names.get(i) + "=" + OTHERS.get(i).toString().substring(0, 1))
          .isNotEqualTo(of(PARTS).toString());
    }
  }

  /** Whatever was asked of the one before, the next says what one of the same parts would. */
  @Test
  void what_is_derived_is_derived_of_its_own_parts() {
    Payment begun = PaymentExample.startedSale().observing(PaymentExample.vouched());
    Payment part = told(begun).observing(captured("4.00"));
    Payment whole = told(part).observing(captured("6.00", "c2"));
    Operation charge = whole.operations().get(0);

    assertThat(told(begun).state()).isEqualTo(PaymentState.IN_DOUBT);
    assertThat(told(part).totals().orElseThrow().captured()).isEqualTo(eur("4.00"));
    assertThat(told(part).isPaid()).isFalse();
    assertThat(told(whole).isPaid()).isTrue();
    assertThat(whole.totals(CurrencyUnit.USD).captured()).isEqualTo(Money.parse("USD 0.00"));
    assertThat(whole.totals(CurrencyUnit.EUR).captured()).isEqualTo(TEN);
    Payment odd = told(whole).observing(Snapshot.builder().reference("pay_2").build().facts());
    assertThat(odd.mismatches()).containsExactly(Mismatch.REFERENCE);
    assertThat(odd.conflicts()).hasSize(1);
    assertThat(odd.isPaid()).isFalse();

    for (Payment next :
        List.of(
            whole.with(charge.close()),
            whole.raising(Set.of("captured:c1")),
            whole.wakingAt(Optional.of(NOW)),
            whole.afterQuietPolls(3),
            whole.noting(new Note(NOW, "ann", "looked", "why not")),
            whole.atVersion(9),
            odd)) {
      assertThat(all(next)).isEqualTo(all(again(next)));
    }
  }

  private static Payment told(Payment payment) {
    assertThat(all(payment)).doesNotContainNull();
    return payment;
  }

  private static List<Object> all(Payment payment) {
    return List.of(
        payment.state(),
        payment.totals(),
        payment.ledger(),
        payment.mismatches(),
        payment.conflicts(),
        payment.isPaid(),
        payment.operations().stream().map(payment::status).toList());
  }

  private static Payment again(Payment p) {
    return new Payment(
        p.id(),
        p.version(),
        p.gateway(),
        p.mode(),
        p.checkout(),
        p.customer(),
        p.terms(),
        p.facts(),
        p.operations(),
        p.raised(),
        p.notes(),
        p.createdAt(),
        p.wakeAt(),
        p.quietPolls());
  }

  private static PaymentFacts captured(String amount) {
    return captured(amount, "c1");
  }

  private static PaymentFacts captured(String amount, String id) {
    Movement capture =
        Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(eur(amount)).causedBy(CHARGE);
    return Snapshot.builder().movement(id, capture).build().facts();
  }

  private static List<String> parts() {
    return Arrays.stream(Payment.class.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !Modifier.isTransient(field.getModifiers()))
        .map(Field::getName)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Payment of(List<Object> parts) {
    return new Payment(
        (PaymentId) parts.get(0),
        (long) parts.get(1),
        (GatewayInstanceId) parts.get(2),
        (Mode) parts.get(3),
        (Optional<CheckoutId>) parts.get(4),
        (Optional<CustomerId>) parts.get(5),
        (Optional<ChargeTerms>) parts.get(6),
        (PaymentFacts) parts.get(7),
        (List<Operation>) parts.get(8),
        new TreeSet<>((Set<String>) parts.get(9)),
        (List<Note>) parts.get(10),
        (Instant) parts.get(11),
        (Optional<Instant>) parts.get(12),
        (int) parts.get(13));
  }
}
