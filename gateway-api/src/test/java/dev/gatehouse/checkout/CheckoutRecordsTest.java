package dev.gatehouse.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.spi.ChargeLine.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class CheckoutRecordsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Money PRICE = Money.parse("EUR 3.33");
  private static final PaymentId FIRST = new PaymentId("pay_1");
  private static final PaymentId SECOND = new PaymentId("pay_2");

  @Test
  void a_line_costs_quantity_times_price_less_the_discount() {
    Line line = Line.of("A thing", 3, PRICE);

    assertThat(line.discount()).isEqualTo(Money.parse("EUR 0.00"));
    assertThat(line.price()).isEqualTo(Money.parse("EUR 9.99"));
    assertThat(line.amount()).isEqualTo(Money.parse("EUR 9.99"));
    Line less = line.less(Money.parse("EUR 0.99"));
    assertThat(less.price()).isEqualTo(Money.parse("EUR 9.99"));
    assertThat(less.amount()).isEqualTo(Money.parse("EUR 9.00"));
  }

  @Test
  void a_line_is_of_goods_unless_it_is_shipping_or_a_tax() {
    assertThat(Line.of("A thing", 3, PRICE).less(PRICE).kind()).isEqualTo(Kind.GOODS);
    assertThat(Line.shipping("Postage", PRICE).kind()).isEqualTo(Kind.SHIPPING);
    assertThat(Line.tax("VAT", PRICE).less(PRICE).kind()).isEqualTo(Kind.TAX);
    assertThat(Line.tax("VAT", PRICE).amount()).isEqualTo(PRICE);
  }

  @Test
  void each_change_of_a_checkout_changes_one_thing() {
    Checkout open = checkout();

    assertThat(open.in(CheckoutState.FAILED).state()).isEqualTo(CheckoutState.FAILED);
    assertThat(open.in(CheckoutState.FAILED).in(CheckoutState.OPEN)).isEqualTo(open);
    assertThat(open.trying(SECOND).trying(FIRST).payments()).containsExactly(SECOND, FIRST);
    assertThat(open.paidBy(FIRST).paidBy()).contains(FIRST);
    assertThat(open.paidBy(FIRST).state()).isEqualTo(CheckoutState.COMPLETED);
    assertThat(open.raising("b").raising("a").raised()).containsExactly("a", "b");
    assertThat(open.raising("b").raising("B").raised()).containsExactly("B", "b");
    assertThat(open.wakingAt(Optional.of(NOW)).wakeAt()).contains(NOW);
    assertThat(open.wakingAt(Optional.of(NOW)).wakingAt(Optional.empty())).isEqualTo(open);
    assertThat(open.atVersion(7).version()).isEqualTo(7);
    assertThat(open.atVersion(7).atVersion(0)).isEqualTo(open);
  }

  @Test
  void what_a_caller_does_to_its_lists_later_changes_no_checkout() {
    List<Line> lines = new ArrayList<>(List.of(Line.of("A thing", 1, PRICE)));
    Checkout checkout = checkout(lines);
    lines.clear();

    assertThat(checkout.lines()).hasSize(1);
    assertThatThrownBy(() -> checkout.raised().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> checkout.payments().add(FIRST))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void each_change_of_a_membership_changes_one_thing() {
    Membership pending =
        new Membership(
            new MembershipId("mem_1"),
            2,
            new CustomerId("ann"),
            new PlanId("gold"),
            "Gold",
            new CheckoutId("chk_1"),
            MembershipState.PENDING,
            NOW,
            Optional.empty());

    assertThat(pending.in(MembershipState.ACTIVE).state()).isEqualTo(MembershipState.ACTIVE);
    assertThat(pending.in(MembershipState.ACTIVE).in(MembershipState.PENDING)).isEqualTo(pending);
    assertThat(pending.cancelledFor("too dear").cancelReason()).contains("too dear");
    assertThat(pending.cancelledFor("too dear").state()).isEqualTo(MembershipState.CANCELLED);
    assertThat(pending.atVersion(5).version()).isEqualTo(5);
    assertThat(pending.atVersion(5).atVersion(2)).isEqualTo(pending);
  }

  private static Checkout checkout() {
    return checkout(List.of(Line.of("A thing", 1, PRICE)));
  }

  private static Checkout checkout(List<Line> lines) {
    return new Checkout(
        new CheckoutId("chk_1"),
        0,
        "command",
        new CustomerId("ann"),
        Optional.empty(),
        lines,
        PRICE,
        Optional.empty(),
        CheckoutState.OPEN,
        List.of(),
        Optional.empty(),
        new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
        NOW,
        NOW.plusSeconds(60),
        Optional.empty());
  }
}
