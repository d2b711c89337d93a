package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway is called with, and what it is not called for any more. */
class CallScenariosTest extends ScriptedScenario {
  @Test
  void a_charge_tells_the_lines_of_its_checkout() {
    scripted();
    List<ChargeLine> told = new ArrayList<>();
    gw.charge =
        r -> {
          told.addAll(r.lines());
          return paid(r, "EUR 10.00");
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));

    assertThat(told).extracting(ChargeLine::description).containsExactlyElementsOf(words(c));
    assertThat(told).extracting(ChargeLine::unitPrice).containsExactly(Shop.TEN);
  }

  private static List<String> words(CheckoutView c) {
    return c.checkout().lines().stream().map(Line::description).toList();
  }

  /** Both releases are committed at once; the answer to the first says that the second is done. */
  @Test
  void what_an_answer_shows_as_done_is_not_asked_for_any_more() {
    scripted();
    gw.charge = CallScenariosTest::heldTwice;
    List<String> released = new ArrayList<>();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    String reference = shop.payment(c).id().value();
    gw.voids =
        r -> {
          released.add(r.authorization());
          return new Outcome.Succeeded(
              Scripted.of(reference)
                  .authorization("auth_1", Authorization.over(AuthorizationEnd.VOIDED))
                  .authorization("auth_2", Authorization.over(AuthorizationEnd.VOIDED))
                  .build());
        };
    shop.house().cancelCheckout(c.id());

    assertThat(released).containsExactly("auth_1");
    assertThat(shop.payment(c).operations()).hasSize(3);
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.VOIDED);
  }

  private static Outcome heldTwice(ChargeRequest r) {
    return new Outcome.Succeeded(
        Scripted.of(r.reference())
            .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
            .authorization("auth_1", Authorization.of(Shop.TEN))
            .authorization("auth_2", Authorization.of(Shop.TEN))
            .build());
  }
}
