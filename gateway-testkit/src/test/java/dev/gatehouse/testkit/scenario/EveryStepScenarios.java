package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** A payment's whole life, with a death at every step that is kept: numbers 3, 4, 24, 25. */
public abstract class EveryStepScenarios {
  private static final Money FOUR = Money.parse("EUR 4.00");

  private final SimulatedStore.Factory place;

  protected EveryStepScenarios(SimulatedStore.Factory place) {
    this.place = place;
  }

  @Test
  void f03_f04_f24_f25_a_process_that_dies_at_any_step_leaves_nothing_undone_or_doubled() {
    int steps = new Life(0, false).lived();
    assertThat(steps).as("steps of a life without a death").isGreaterThan(10);

    for (int step = 1; step <= steps; step++) {
      new Life(step, false).lived();
      new Life(step, true).lived();
    }
  }

  /** One shop, whose process dies once: before or after the step with this number. */
  private final class Life {
    private final String which;
    private final Shop shop = new Shop(place.open());
    private final Deaths deaths;
    private final List<String> heard = new ArrayList<>();

    Life(int step, boolean after) {
      which = "death " + (after ? "after" : "before") + " step " + step;
      deaths = new Deaths(shop.process, step, after);
      shop.with(
          Hook.named("crm")
              .on(LifecycleEvent.class, (event, context) -> heard.add(event.header().id())));
      shop.with(deaths::around);
    }

    /** Says how many steps there were. */
    int lived() {
      try (shop) {
        CheckoutView checkout =
            insisting(
                () ->
                    shop.house()
                        .startCheckout(
                            StartCheckout.forLines(
                                Shop.ANN, "basket", List.of(Line.of("A", 1, Shop.TEN)))));
        Pay pay =
            Pay.sale(checkout.id(), "pay", Shop.MAIN, Shop.card(TestToken.APPROVE)).holdOnly();
        insisting(() -> shop.house().pay(pay));
        untilSettled(checkout);
        Payment payment = shop.payment(checkout);
        insisting(() -> shop.house().capture(new Capture(payment.id(), "take", Shop.TEN, true)));
        untilSettled(checkout);
        insisting(() -> shop.house().refund(Refund.of(payment.id(), "back", FOUR)));
        insisting(shop::work);
        int steps = deaths.steps();
        untilSettled(checkout);
        assertNothingUndoneOrDoubled(checkout);
        return steps;
      }
    }

    /** As a caller does who got no answer: the same once more. */
    private <T> T insisting(Supplier<T> command) {
      try {
        return command.get();
      } catch (Crash crash) {
        shop.restart();
        return command.get();
      }
    }

    private void untilSettled(CheckoutView checkout) {
      for (int minutes = 0; !isSettled(checkout); minutes++) {
        assertThat(minutes).as(which).isLessThan(20);
        insisting(() -> shop.pass(Duration.ofMinutes(1), 2));
      }
    }

    private boolean isSettled(CheckoutView checkout) {
      Payment payment = shop.payment(checkout);
      return payment.operations().stream()
          .allMatch(o -> payment.status(o) == OperationStatus.SUCCEEDED);
    }

    private void assertNothingUndoneOrDoubled(CheckoutView checkout) {
      insisting(() -> shop.pass(Duration.ofMinutes(10), 4)); // the claim of who died is over
      Payment payment = shop.payment(checkout);
      Ledger.Charge charge = shop.charge(payment);
      assertThat(shop.checkouts()).as(which).hasSize(1);
      assertThat(charge.captured()).as(which).isEqualTo(Shop.TEN);
      assertThat(charge.captures()).as(which).hasSize(1);
      assertThat(charge.refunds()).as(which).hasSize(1);
      assertThat(payment.totals(FOUR.getCurrencyUnit()).refunded()).as(which).isEqualTo(FOUR);
      assertThat(payment.operations())
          .as(which)
          .allMatch(o -> payment.status(o) == OperationStatus.SUCCEEDED);
      List<String> timeline =
          shop.house().timeline(Shop.ANN).stream()
              .filter(event -> !(event instanceof CustomerCreated))
              .map(event -> event.header().id())
              .toList();
      assertThat(List.copyOf(new LinkedHashSet<>(heard))).as(which).isEqualTo(timeline);
    }
  }
}
