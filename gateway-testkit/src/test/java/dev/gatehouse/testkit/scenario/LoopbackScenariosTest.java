package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.reference.ReferenceServer;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Some of the scenarios over a real network. */
class LoopbackScenariosTest {
  private final AtomicReference<ReferenceServer> server = new AtomicReference<>();
  private final Shop shop =
      Shop.over(
          HttpTransport.create(HttpOptions.defaults()),
          provider -> {
            server.set(ReferenceServer.start(provider));
            return server.get().baseUrl();
          });

  @AfterEach
  void close() {
    shop.close();
    server.get().close();
  }

  @Test
  void a_checkout_is_held_captured_and_refunded_over_the_network() {
    CheckoutView held = shop.hold(shop.startGold(Shop.ANN), TestToken.APPROVE);
    shop.capture(shop.payment(held), "EUR 10.00", true);
    Payment refunded = shop.refund(shop.payment(held), "EUR 3.00");

    assertThat(shop.view(held)).isCompleted();
    assertThat(refunded).isPartlyRefunded();
    assertThat(shop.charge(refunded).kept()).isEqualTo(Money.parse("EUR 7.00"));
  }

  @Test
  void f01_a_response_lost_on_the_network_ends_in_one_charge() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);
    assertThat(shop.payment(checkout)).isInDoubt();

    shop.passMinutes(1);

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void a_provider_whose_port_is_closed_was_provably_not_reached() {
    CheckoutView checkout = shop.start10();
    server.get().close();

    shop.pay(checkout, TestToken.APPROVE);
    shop.passMinutes(10);

    assertThat(shop.view(checkout)).isFailed();
    assertThat(shop.ledger().requests()).isZero();
  }

  @Test
  void an_action_is_approved_and_completed_by_webhook_over_the_network() {
    CheckoutView asked = shop.pay(shop.start10(), TestToken.ACTION);
    assertThat(asked).awaitsCustomer();
    shop.controls().approve(shop.charge(shop.payment(asked)).id());

    shop.deliverWebhooks();

    assertThat(shop.view(asked)).isCompleted();
  }
}
