package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.testkit.reference.TestToken;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not cross the line between applications, the engine, gateways and browsers. */
class BoundaryScenariosTest {
  private static final GatewayInstanceId SCRIPTED = new GatewayInstanceId("scripted");

  private final Shop shop = new Shop();
  private final Scripted gateway = new Scripted();

  @Test
  void a_callers_key_cannot_stand_for_an_operation_of_ours() {
    CheckoutView held = shop.hold(shop.start10(), TestToken.APPROVE);
    Payment payment = shop.payment(held);
    Payment paid = shop.payment(shop.paid10());
    CheckoutView open = shop.start10();
    Money one = Money.parse("EUR 1.00");
    String key = "gatehouse:excess:cap:1";
    List<ThrowingCallable> commands =
        List.of(
            () -> shop.house().startCheckout(StartCheckout.forPlan(Shop.ANN, key, Shop.GOLD)),
            () ->
                shop.house().pay(Pay.sale(open.id(), key, Shop.MAIN, Shop.card(TestToken.APPROVE))),
            () -> shop.house().capture(new Capture(payment.id(), key, one, false)),
            () -> shop.house().voidPayment(new VoidPayment(payment.id(), key)),
            () -> shop.house().refund(Refund.of(paid.id(), key, one)));
    for (ThrowingCallable command : commands) {
      InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, command);
      assertThat(refused.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.field()).isEqualTo("key");
                assertThat(problem.code()).isEqualTo("key.reserved");
                assertThat(problem.remedy()).contains("gatehouse:");
              });
    }
    assertThat(shop.payment(held).operations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://bank.example/",
        "https://user@bank.example/"
      })
  void an_address_that_no_browser_should_open_is_the_gateways_fault_and_loses_no_money(
      String address) {
    scripted();
    gateway.charge =
        request ->
            new Outcome.ActionRequired(
                Scripted.of(request.reference())
                    .attempt(
                        "ch",
                        Attempt.at(AttemptStep.ACTION_NEEDED).causedBy(request.idempotencyKey()))
                    .build(),
                CustomerAction.Redirect.to(URI.create(address)));

    CheckoutView checkout = pay(shop.start10());

    Payment asked = shop.payment(checkout);
    assertThat(asked).isInDoubt();
    assertThat(asked.action()).isEmpty();
    Failure failure = asked.operations().get(0).failure().orElseThrow();
    assertThat(failure.category()).isEqualTo(ErrorCategory.UNKNOWN_OUTCOME);
    assertThat(failure.code()).isEqualTo("gateway.malformed-answer");
    assertThat(failure.message()).contains("https-url").doesNotContain(address);

    gateway.lookup =
        trace -> new Lookup.Found(Charged.of(request(asked.operations().get(0), asked)));
    shop.passMinutes(5);
    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void a_request_that_is_malformed_is_never_sent_and_closed() {
    scripted();
    gateway.charge = request -> new Outcome.Succeeded(Charged.of(request, "an id with spaces"));
    List<RefundRequest> refunds = new ArrayList<>();
    gateway.refund =
        request -> {
          refunds.add(request);
          return new Outcome.NotSent(Scripted.FAIL);
        };
    CheckoutView checkout = pay(shop.start10());

    Payment after = shop.refund(shop.payment(checkout), "EUR 10.00");
    shop.passMinutes(5);

    assertThat(refunds).isEmpty();
    Operation refund = shop.payment(checkout).operations().get(1);
    assertThat(refund.closed()).isTrue();
    assertThat(refund.failure().map(Failure::category)).contains(ErrorCategory.VALIDATION);
    assertThat(refund.failure().map(Failure::message).orElseThrow())
        .contains("capture: ")
        .doesNotContain("an id with spaces");
    assertThat(after).hasRefundable(Shop.TEN);
  }

  @Test
  void a_capture_whose_id_looks_like_a_card_number_can_be_refunded() {
    scripted();
    gateway.charge = request -> new Outcome.Succeeded(Charged.of(request, "4111111111111111"));
    List<RefundRequest> refunds = new ArrayList<>();
    gateway.refund =
        request -> {
          refunds.add(request);
          return new Outcome.NotSent(Scripted.FAIL);
        };

    shop.refund(shop.payment(pay(shop.start10())), "EUR 10.00");

    assertThat(refunds).extracting(RefundRequest::capture).containsExactly("4111111111111111");
  }

  @Test
  void what_is_told_of_the_open_gateways_cannot_be_called() {
    List<GatewayView> open = shop.house().gateways();

    assertThat(open).extracting(GatewayView::id).containsExactly(Shop.BANK, Shop.MAIN);
    GatewayView main = open.get(1);
    assertThat(main.provider()).isEqualTo("reference");
    assertThat(main.mode()).isEqualTo(Mode.TEST);
    assertThat(main.description().version()).isNotBlank();
    assertThat(main.source()).contains("ReferenceGatewayProvider");
  }

  private static ChargeRequest request(Operation charge, Payment payment) {
    return ChargeRequest.sale(
        payment.id().value(),
        charge.key(),
        charge.amount().orElseThrow(),
        new PaymentMethod.Token("card", "tok_1"));
  }

  private void scripted() {
    shop.with(gateway, new GatewayConfig(SCRIPTED, "scripted", Mode.TEST, Map.of()));
  }

  private CheckoutView pay(CheckoutView checkout) {
    PaymentMethod token = new PaymentMethod.Token("card", "tok_1");
    return shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), SCRIPTED, token));
  }
}
