package dev.gatehouse.engine;

import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.payment.Payment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final Map<CheckoutTrigger, Payment> MOST_DECISIVE_FIRST = new LinkedHashMap<>();

  static {
    MOST_DECISIVE_FIRST.put(
        CheckoutTrigger.SEEN_HELD, started().observing(hold("au_1", Authorization.of(TEN))));
    MOST_DECISIVE_FIRST.put(CheckoutTrigger.SEEN_PROCESSING, tried(AttemptStep.PROCESSING));
    MOST_DECISIVE_FIRST.put(CheckoutTrigger.SEEN_ACTION_NEEDED, tried(AttemptStep.ACTION_NEEDED));
    MOST_DECISIVE_FIRST.put(CheckoutTrigger.SEEN_FAILED, tried(AttemptStep.FAILED));
  }

  private static Payment tried(AttemptStep step) {
    return started().observing(attempt("ch_1", step));
  }

  @Test
  void nothing_shows_nothing() {
    assertThat(Signals.of(List.of(), Optional.empty())).isEmpty();
    assertThat(Signals.paying(List.of())).isEmpty();
  }

  @Test
  void of_several_payments_the_most_decisive_is_shown_in_whatever_order_they_are() {
    List<CheckoutTrigger> triggers = List.copyOf(MOST_DECISIVE_FIRST.keySet());
    for (int i = 0; i < triggers.size(); i++) {
      List<Payment> left =
          new ArrayList<>(
              List.copyOf(MOST_DECISIVE_FIRST.values()).subList(i, MOST_DECISIVE_FIRST.size()));
      assertThat(Signals.of(left, Optional.empty())).contains(triggers.get(i));
      Collections.reverse(left);
      assertThat(Signals.of(left, Optional.empty())).contains(triggers.get(i));
    }
  }

  @Test
  void a_payment_that_pays_outweighs_all_others() {
    List<Payment> all = List.copyOf(MOST_DECISIVE_FIRST.values());
    assertThat(Signals.paying(all)).isEmpty();
    assertThat(Signals.of(all, Optional.of(all.get(3)))).contains(CheckoutTrigger.SEEN_PAID);
  }
}
