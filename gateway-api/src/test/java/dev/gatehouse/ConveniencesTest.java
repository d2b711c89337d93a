package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.checkout.CheckoutMachine;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.fake.Nonsense;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.InMemoryStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Small words on commands and views, and what they say to nonsense. */
@SuppressWarnings("NullAway")
class ConveniencesTest {
  private final Bench bench = new Bench();
  private final StartCheckout start = Bench.plan("new");
  private final Pay pay = Pay.sale(bench.open, "new", Bench.FAKE, Bench.TOKEN);

  @Test
  void each_word_on_a_command_changes_one_thing() {
    URI back = URI.create("https://shop.example/back");

    Pay said = pay.describedAs("Gold, one year").returningTo(back).storingMethod().holdOnly();

    assertThat(said.description()).contains("Gold, one year");
    assertThat(said.returnUrl()).contains(back);
    assertThat(said.storeMethod()).isTrue();
    assertThat(said.withoutCustomer().initiator()).isEqualTo(Initiator.MERCHANT);
    assertThat(said.withoutCustomer().capture()).isEqualTo(CaptureMode.MANUAL);
    assertThat(said.key()).isEqualTo("new");
    assertThat(start.lasting(Duration.ofHours(1)).lifetime()).contains(Duration.ofHours(1));
    assertThat(start.lasting(Duration.ofHours(1)).plan()).isEqualTo(start.plan());
    assertThat(start.lasting(Duration.ofHours(1)).lessDiscount(Money.parse("USD 1")).lifetime())
        .contains(Duration.ofHours(1));
  }

  @Test
  void a_checkout_lasts_as_long_as_was_said() {
    CheckoutView view = bench.gatehouse.startCheckout(start.lasting(Duration.ofMinutes(20)));

    assertThat(view.checkout().expiresAt())
        .isEqualTo(view.checkout().createdAt().plus(Duration.ofMinutes(20)));
  }

  @Test
  void what_is_missing_is_refused_by_name() {
    assertMissing("description", () -> pay.describedAs(null));
    assertMissing("returnUrl", () -> pay.returningTo(null));
    assertMissing("lifetime", () -> start.lasting(null));
    assertMissing("discount", () -> start.lessDiscount(null));
    assertMissing("unitPrice", () -> Line.of("A thing", 1, null));
    assertMissing("plan", () -> StartCheckout.forPlan(new CustomerId("ann"), "key", null));
    assertMissing("type", () -> Hook.named("crm").handling(null, (event, context) -> null));
    assertMissing("action", () -> Hook.named("crm").on(PaymentCaptured.class, null));
    assertMissing("within", () -> Recovery.none().orReplayWithin(null));
    assertMissing("method", () -> GatewayDescription.builder("A", "1").method(null));
    assertMissing("state", () -> CheckoutMachine.table().answer(null, CheckoutTrigger.PAY));
    assertMissing(
        "commit",
        () -> {
          new InMemoryStore().commit(null);
          return "kept";
        });
  }

  @Test
  void nonsense_is_refused_when_the_command_is_given_and_nothing_is_sent() {
    List<Object> saved = bench.saved();
    List<String> sent = bench.requests();
    List<String> texts = new ArrayList<>(List.of("two\nlines", "x".repeat(1_025), Nonsense.CARD));
    for (String text : texts) {
      assertThatThrownBy(() -> bench.gatehouse.pay(pay.describedAs(text)))
          .as(text.length() > 50 ? "a long text" : text)
          .isInstanceOf(InvalidInputException.class);
    }
    for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(400))) {
      assertThatThrownBy(() -> bench.gatehouse.startCheckout(start.lasting(time)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("lifetime");
    }
    assertThat(bench.saved()).isEqualTo(saved);
    assertThat(bench.requests()).isEqualTo(sent);
  }

  @Test
  void a_view_is_told_on_one_line_by_ids_states_and_total_without_the_customer() {
    CheckoutView view = bench.gatehouse.checkout(bench.paid);

    assertThat(view)
        .hasToString(
            "CheckoutView["
                + bench.paid
                + " PENDING, USD 10.00, payments ["
                + bench.payment
                + " CAPTURED], "
                + bench.membership
                + " PENDING]");
    assertThat(bench.gatehouse.checkout(bench.free))
        .hasToString("CheckoutView[" + bench.free + " OPEN, USD 0.00, payments []]");
  }

  private static void assertMissing(String field, Supplier<?> word) {
    InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, word::get);
    assertThat(refused.problems())
        .singleElement()
        .isEqualTo(new Problem(field, "required", "is missing", "provide it"));
  }
}
