package dev.gatehouse.event;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
  @Test
  void a_purchase_names_its_currency_by_the_iso_code() {
    PaymentSummary paid =
        new PaymentSummary(
            new PaymentId("pay_1"), new GatewayInstanceId("main"), Money.parse("JPY 500"));

    assertThat(paid.currency()).isEqualTo("JPY");
  }

  @Test
  void what_was_bought_does_not_change_with_the_list_it_came_from() {
    List<Line> lines = new ArrayList<>(List.of(Line.of("A thing", 1, TEN)));
    CheckoutCompleted completed =
        new CheckoutCompleted(
            PaymentEvents.header(started(), "completed", NOW),
            new CheckoutId("chk_1"),
            TEN,
            lines,
            Optional.empty(),
            Optional.empty());
    lines.clear();

    assertThat(completed.lines()).hasSize(1);
  }
}
