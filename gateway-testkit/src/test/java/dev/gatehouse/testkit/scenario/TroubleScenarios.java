package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** A database that can't keep anything, for a while: number 30. */
public abstract class TroubleScenarios extends StoreScenario {
  /** A place whose database can be in trouble. */
  public interface Troubled extends SimulatedStore {
    /** From now on, at the latest from the next thing on that is to be kept, nothing can be. */
    void begins();

    /** Somebody mended it. */
    void ends();
  }

  private final Troubled place;

  protected TroubleScenarios(Troubled place) {
    super(() -> place);
    this.place = place;
  }

  @Test
  void f30_while_nothing_can_be_kept_nothing_is_sent() {
    PaymentId paid = shop.payment(shop.paid10()).id();
    PaymentId held = shop.payment(shop.hold(shop.start10(), TestToken.APPROVE)).id();
    PaymentId other = shop.payment(shop.hold(shop.start10(), TestToken.APPROVE)).id();
    CheckoutView open = shop.start10();
    Pay pay = shop.sale(open, TestToken.APPROVE);
    List<Callable<?>> commands =
        List.of(
            () -> shop.house().pay(pay),
            () -> shop.house().refund(Refund.of(paid, "back", Money.parse("EUR 4.00"))),
            () -> shop.house().capture(new Capture(held, "take", Shop.TEN, true)),
            () -> shop.house().voidPayment(new VoidPayment(other, "let-go")));
    int before = shop.ledger().requests();

    place.begins();
    for (Callable<?> command : commands) {
      assertThatThrownBy(command::call).isInstanceOf(GatehouseException.class);
    }
    assertThat(shop.ledger().requests()).as("requests in the trouble").isEqualTo(before);
    place.ends();

    for (Callable<?> command : commands) {
      assertThat(command).satisfies(Callable::call);
    }
    shop.passMinutes(6);
    assertThat(shop.view(open)).isCompleted().hasPayments(1);
    assertThat(shop.charge(shop.payment(open)).captures()).hasSize(1);
    assertThat(shop.charge(shop.payment(paid)).refunds()).hasSize(1);
    assertThat(shop.charge(shop.payment(held)).captures()).hasSize(1);
    assertThat(shop.payment(other)).isVoided();
  }

  @Test
  void f30_a_charge_whose_answer_can_not_be_kept_is_found_and_not_repeated() {
    CheckoutView checkout = shop.start10();
    shop.door.beforeTheAnswer(place::begins);

    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(GatehouseException.class);
    place.ends();
    shop.restart().passMinutes(6);

    assertThat(shop.view(checkout)).isCompleted().hasPayments(1);
    Payment payment = shop.payment(checkout);
    assertThat(payment).isCaptured().isPaid().isSound();
    assertThat(shop.charge(payment).captures()).hasSize(1);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f30_hooks_hear_everything_in_order_though_nothing_can_be_kept_meanwhile() {
    List<String> heard = new ArrayList<>();
    shop.with(
        Hook.named("crm")
            .on(
                LifecycleEvent.class,
                (event, context) -> {
                  if (heard.isEmpty()) {
                    place.begins();
                  }
                  heard.add(event.header().id());
                }));
    shop.paid10();

    workInTrouble();
    place.ends();
    shop.restart().pass(Duration.ofMinutes(10), 20);

    assertThat(List.copyOf(new LinkedHashSet<>(heard)))
        .hasSizeGreaterThan(1)
        .isEqualTo(
            shop.house().timeline(Shop.ANN).stream()
                .filter(event -> !(event instanceof CustomerCreated))
                .map(event -> event.header().id())
                .toList());
  }

  /** It may fail, as long as it says so in our words. */
  private void workInTrouble() {
    try {
      shop.work();
    } catch (GatehouseException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }
}
