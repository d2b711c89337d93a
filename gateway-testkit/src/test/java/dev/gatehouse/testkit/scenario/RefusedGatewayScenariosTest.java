package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway can't be opened at a start that goes on without it; later it opens again. */
class RefusedGatewayScenariosTest {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int HALF_AN_HOUR = 180;

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_payment_that_was_pending_waits_and_comes_to_its_end() {
    CheckoutView pending = shop.pay(shop.start10(), TestToken.PENDING);
    shop.controls().settle(shop.charge(shop.payment(pending)).id());

    runWithoutTheGateway();
    assertThat(shop.view(pending).state()).isEqualTo(CheckoutState.PENDING);

    shop.passMinutes(60);
    assertThat(shop.view(pending)).isCompleted();
  }

  @Test
  void a_charge_in_doubt_is_neither_sent_again_nor_given_up() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);

    runWithoutTheGateway();
    assertThat(shop.events()).noneMatch(OperationLeftToPerson.class::isInstance);

    shop.passMinutes(60);
    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void what_is_asked_of_it_meanwhile_is_refused_before_any_io() {
    CheckoutView checkout = shop.start10();
    try (Gatehouse without = withoutTheGateway()) {
      assertThatThrownBy(() -> without.pay(shop.sale(checkout, TestToken.APPROVE)))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("could not be opened");
    }
    assertThat(shop.chargeRequests()).isZero();
  }

  private void runWithoutTheGateway() {
    try (Gatehouse without = withoutTheGateway()) {
      for (int step = 0; step < HALF_AN_HOUR; step++) {
        shop.clock.advance(STEP);
        without.runDueWork();
      }
    }
  }

  /** The same shop on the same store, started without the gateway's settings. */
  private Gatehouse withoutTheGateway() {
    return Gatehouse.builder()
        .store(shop.store)
        .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
        .gateway(new GatewayConfig(Shop.MAIN, "reference", Mode.TEST, Map.of()))
        .whenRefused(WhenRefused.GO_ON)
        .clock(shop.clock)
        .build();
  }
}
