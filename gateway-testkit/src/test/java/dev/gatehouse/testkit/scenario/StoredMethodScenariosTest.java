package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.Pay;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose a stored payment method is, and who may pay with it. */
class StoredMethodScenariosTest {
  private static final GatewayInstanceId OTHER = new GatewayInstanceId("scripted");

  private final Shop shop = new Shop();
  private final Scripted gateway = new Scripted();

  @Test
  void a_customer_cannot_pay_with_the_stored_method_of_another() {
    PaymentMethod anns = storedFor(shop.start10());
    CheckoutView bobs = shop.startGold(Shop.BOB);
    int requests = shop.chargeRequests();

    assertThatThrownBy(() -> pay(bobs, anns))
        .isInstanceOfSatisfying(InvalidInputException.class, e -> assertProblem(e, "method"));

    assertThat(shop.view(bobs)).isOpen().hasPayments(0);
    assertThat(shop.chargeRequests()).isEqualTo(requests);
  }

  @Test
  void a_stored_method_that_nobody_knows_is_refused_before_anything_is_sent() {
    CheckoutView checkout = shop.start10();

    assertThatThrownBy(() -> pay(checkout, new PaymentMethod.Stored("card", "pm_unheard_of")))
        .isInstanceOfSatisfying(InvalidInputException.class, e -> assertProblem(e, "method"));

    assertThat(shop.chargeRequests()).isZero();
    assertThat(shop.view(checkout)).isOpen().hasPayments(0);
  }

  @Test
  void a_method_that_one_gateway_stored_is_not_known_at_another() {
    PaymentMethod method = storedFor(shop.start10());
    shop.with(gateway, new GatewayConfig(OTHER, "scripted", Mode.TEST, Map.of()));
    CheckoutView checkout = shop.start10();

    assertThatThrownBy(
            () -> shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), OTHER, method)))
        .isInstanceOfSatisfying(InvalidInputException.class, e -> assertProblem(e, "method"));
  }

  @Test
  void a_stored_method_of_another_system_pays_once_it_is_imported() {
    PaymentMethod.Stored method = storedFor(shop.startGold(Shop.ANN));
    CheckoutView bobs = shop.startGold(Shop.BOB);

    importFor(Shop.BOB, method);

    assertThat(pay(bobs, method)).isCompleted();
  }

  @Test
  void importing_a_method_again_changes_nothing() {
    PaymentMethod.Stored method = new PaymentMethod.Stored("card", "pm_1");
    importFor(Shop.BOB, method);
    long version = shop.house().customer(Shop.BOB).version();

    importFor(Shop.BOB, method);

    assertThat(shop.house().customer(Shop.BOB).version()).isEqualTo(version);
    assertThat(shop.house().customer(Shop.BOB).storedMethods())
        .containsExactly(
            new StoredMethod(
                Shop.MAIN,
                "pm_1",
                Optional.of("card"),
                MethodDetails.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void only_what_could_be_stored_is_imported() {
    PaymentMethod.Stored card = new PaymentMethod.Stored("card", "pm_1");
    assertThatThrownBy(() -> importFor(new CustomerId("nobody"), card))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> importFor(Shop.BOB, new PaymentMethod.Stored("giro", "pm_1")))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                shop.house()
                    .importStoredMethod(
                        new ImportStoredMethod(
                            Shop.BOB,
                            Shop.BANK,
                            new PaymentMethod.Stored("bank_transfer", "pm_1"))))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThat(shop.house().customer(Shop.BOB).storedMethods()).isEmpty();
  }

  @Test
  void an_erased_customer_has_no_stored_methods_and_gets_none() {
    PaymentMethod.Stored method = storedFor(shop.start10());
    CheckoutView next = shop.start10();

    shop.erase(Shop.ANN);

    assertThat(shop.house().customer(Shop.ANN).storedMethods()).isEmpty();
    assertThatThrownBy(() -> pay(next, method)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> importFor(Shop.ANN, method))
        .isInstanceOfSatisfying(InvalidStateException.class, e -> assertProblem(e, "customer"));
  }

  @Test
  void a_payment_with_a_stored_method_that_is_asked_for_again_later_is_still_the_same() {
    PaymentMethod method = storedFor(shop.start10());
    CheckoutView checkout = shop.start10();
    Pay command = Pay.sale(checkout.id(), "k", Shop.MAIN, method);
    shop.house().pay(command);
    shop.erase(Shop.ANN);

    assertThat(shop.house().pay(command)).isCompleted().hasPayments(1);
  }

  @Test
  void a_method_that_turns_out_to_be_stored_after_the_customer_was_erased_is_not_kept() {
    shop.with(gateway, new GatewayConfig(OTHER, "scripted", Mode.TEST, Map.of()));
    gateway.charge = r -> new Outcome.Pending(Scripted.of(r.reference()).build());
    CheckoutView checkout = payScripted(shop.start10());
    String reference = shop.payment(checkout).id().value();
    gateway.lookup = t -> new Lookup.Found(storing(reference));
    shop.erase(Shop.ANN);

    shop.house().customerReturned(checkout.id());

    assertThat(shop.payment(checkout).facts().attempts()).containsKey("ch");
    assertThat(shop.house().customer(Shop.ANN).storedMethods()).isEmpty();
    assertThat(shop.house().customer(Shop.ANN).isErased()).isTrue();
  }

  @Test
  void a_method_that_was_seen_with_somebody_elses_payment_is_not_handed_over() {
    shop.with(gateway, new GatewayConfig(OTHER, "scripted", Mode.TEST, Map.of()));
    gateway.charge = r -> new Outcome.Pending(storing("somebody-elses-order"));

    CheckoutView checkout = payScripted(shop.start10());

    assertThat(shop.payment(checkout).mismatches()).contains(Mismatch.REFERENCE);
    assertThat(shop.house().customer(Shop.ANN).storedMethods()).isEmpty();
  }

  @Test
  void only_a_stored_method_is_charged_without_the_customer() {
    CheckoutView checkout = shop.start10();
    Pay away = shop.sale(checkout, TestToken.APPROVE).withoutCustomer();
    assertThatThrownBy(() -> shop.house().pay(away))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("charge a stored method");
    assertThat(shop.chargeRequests()).isZero();
  }

  private static Snapshot storing(String reference) {
    return Scripted.of(reference)
        .attempt("ch", Attempt.at(AttemptStep.PROCESSING).with(Shop.TEN).storing("pm_7"))
        .build();
  }

  /** The method that a payment of Ann's stored. */
  private PaymentMethod.Stored storedFor(CheckoutView checkout) {
    shop.house().pay(shop.sale(checkout, TestToken.APPROVE).storingMethod());
    StoredMethod method = shop.house().customer(Shop.ANN).storedMethods().first();
    return new PaymentMethod.Stored("card", method.method());
  }

  private CheckoutView pay(CheckoutView checkout, PaymentMethod method) {
    return shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), Shop.MAIN, method));
  }

  private CheckoutView payScripted(CheckoutView checkout) {
    PaymentMethod token = new PaymentMethod.Token("card", "tok_1");
    return shop.house().pay(Pay.sale(checkout.id(), shop.newKey(), OTHER, token));
  }

  private void importFor(CustomerId customer, PaymentMethod.Stored method) {
    shop.house().importStoredMethod(new ImportStoredMethod(customer, Shop.MAIN, method));
  }

  private static void assertProblem(GatehouseException refused, String field) {
    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.code()).isIn("method.not-stored", "customer.erased");
              assertThat(problem.remedy()).isNotBlank();
            });
  }
}
