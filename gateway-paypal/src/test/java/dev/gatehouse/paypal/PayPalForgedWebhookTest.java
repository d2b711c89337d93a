package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PayPal signs a checksum of the body, and anybody can write a body with that checksum. So a
 * genuine signature proves no word of it: what is said is looked up.
 */
class PayPalForgedWebhookTest {
  private static final String CAPTURED =
      """
      {"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource_type":"capture",
      "resource":{"id":"%s","status":"COMPLETED","custom_id":"%s","final_capture":true,
      "amount":{"currency_code":"USD","value":"%s"},
      "supplementary_data":{"related_ids":{"order_id":"%s"}}}}""";

  @ParameterizedTest
  @ValueSource(strings = {"api", "certificate"})
  void a_body_forged_to_the_same_checksum_under_a_genuine_signature_changes_nothing(String how) {
    try (Shop shop = shop(how)) {
      CheckoutView paid = paid(shop);
      PayPalWebhook seen = shop.paypal.takeWebhooks().get(1);
      CheckoutView unpaid = shop.pay("USD 500.00");
      String reference = shop.payment(unpaid).id().value();
      String before = shop.view(unpaid).toString();

      // Our reference and order, with a capture that is not; then with another's, which is.
      for (String capture : List.of("1CAPTURE", shop.order(paid).captures().get(0).id())) {
        for (String order : List.of(shop.order(unpaid).order(), shop.order(paid).order())) {
          String claim = CAPTURED.formatted(capture, reference, "500.00", order);
          assertThat(deliver(shop, seen, claim).status()).isEqualTo(200);
          shop.work();
        }
      }

      assertThat(shop.view(unpaid)).hasToString(before);
      assertThat(shop.view(unpaid).isCompleted()).isFalse();
      assertThat(shop.payment(unpaid).facts().movements()).isEmpty();
      assertThat(shop.view(paid).isCompleted()).isTrue();
      assertThat(shop.payment(paid).isPaid()).isTrue();
    }
  }

  @Test
  void a_forged_refund_and_a_forged_dispute_change_nothing_either() {
    try (Shop shop = new Shop()) {
      CheckoutView paid = paid(shop);
      PayPalWebhook seen = shop.paypal.takeWebhooks().get(1);
      String capture = shop.order(paid).captures().get(0).id();
      var before = shop.payment(paid).facts();

      deliver(
          shop,
          seen,
          """
          {"id":"WH-1","event_type":"PAYMENT.CAPTURE.REFUNDED","resource":{"id":"1REFUND",
          "status":"COMPLETED","amount":{"currency_code":"USD","value":"10.00"},"links":[{"rel":
          "up","href":"https://api.sandbox.paypal.com/v2/payments/captures/%s"}]}}"""
              .formatted(capture));
      deliver(
          shop,
          seen,
          """
          {"id":"WH-2","event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"dispute_id":"PP-D-1",
          "disputed_transactions":[{"seller_transaction_id":"%s"}]}}"""
              .formatted(capture));
      shop.work();

      assertThat(shop.payment(paid).facts().movements()).isEqualTo(before.movements());
      assertThat(shop.payment(paid).facts().disputes()).isEqualTo(before.disputes());
    }
  }

  /** Money of an order of the same account that has no reference of ours, as of another shop. */
  @Test
  void a_forged_notice_pays_nothing_with_an_order_of_somebody_else() {
    try (Shop shop = new Shop()) {
      paid(shop);
      PayPalWebhook seen = shop.paypal.takeWebhooks().get(1);
      CheckoutView unpaid = shop.pay("USD 500.00");
      NeighbourShop neighbour = new NeighbourShop(shop);
      String foreign =
          neighbour.id(
              "/v2/checkout/orders",
              "{\"intent\":\"CAPTURE\",\"purchase_units\":[{\"amount\":"
                  + "{\"currency_code\":\"USD\",\"value\":\"500.00\"}}]}");
      shop.paypal.controls().approve(foreign);
      neighbour.id("/v2/checkout/orders/" + foreign + "/capture", "{}");
      shop.paypal.takeWebhooks();

      deliver(
          shop,
          seen,
          """
          {"id":"WH-9","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"1CAPTURE",
          "custom_id":"%s","supplementary_data":{"related_ids":{"order_id":"%s"}}}}"""
              .formatted(shop.payment(unpaid).id().value(), foreign));
      shop.work();

      assertThat(shop.payment(unpaid).facts().movements()).isEmpty();
      assertThat(shop.view(unpaid).isCompleted()).isFalse();
    }
  }

  /** A dispute that PayPal has, of another payment, is named beside a capture of this one. */
  @Test
  void a_forged_notice_hangs_no_dispute_of_another_payment_on_this_one() {
    try (Shop shop = new Shop()) {
      CheckoutView ours = paid(shop);
      PayPalWebhook seen = shop.paypal.takeWebhooks().get(1);
      CheckoutView others = paid(shop);
      String dispute = shop.paypal.controls().complain(shop.order(others).captures().get(0).id());
      shop.deliverWebhooks().work();

      deliver(
          shop,
          seen,
          """
          {"id":"WH-9","event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"dispute_id":"%s",
          "disputed_transactions":[{"seller_transaction_id":"%s"}]}}"""
              .formatted(dispute, shop.order(ours).captures().get(0).id()));
      shop.work();

      assertThat(shop.payment(ours).facts().disputes()).isEmpty();
    }
  }

  @Test
  void the_forged_body_would_be_believed_by_a_signature_alone() {
    Bench bench = new Bench();
    bench.captured("pay-1");
    PayPalWebhook seen = bench.paypal.takeWebhooks().get(1);
    byte[] forged = new Forgery(seen).withItsChecksum("{\"id\":\"WH-1\",\"event_type\":\"X\"}");

    assertThat(forged).isNotEqualTo(seen.body());
    assertThat(Forgery.crc(forged)).isEqualTo(Forgery.crc(seen.body()));
    assertThat(bench.gateway.receive(new Forgery(seen).with(forged)))
        .isInstanceOf(WebhookAnswer.Verified.class);
  }

  @Test
  void a_body_with_the_same_checksum_can_not_take_memory() {
    Bench bench = new Bench();
    bench.captured("pay-1");
    Forgery forgery = new Forgery(bench.paypal.takeWebhooks().get(1));
    String deep = "{\"id\":\"WH-1\",\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(bench.gateway.receive(forgery.with(forgery.withItsChecksum(deep))))
        .isEqualTo(new WebhookAnswer.Rejected("the body can't be read"));
  }

  @Test
  void a_doubled_delivery_changes_state_once_and_a_changed_one_never() {
    try (Shop shop = new Shop()) {
      CheckoutView checkout = shop.pay("USD 10.00");
      shop.paypal.controls().approve(shop.order(checkout).order());
      PayPalWebhook approval = shop.paypal.takeWebhooks().get(0);
      PayPalWebhook changed =
          new PayPalWebhook(
              approval.eventId(),
              approval.type(),
              approval.headers(),
              new String(approval.body(), StandardCharsets.UTF_8)
                  .replace("10.00", "99.00")
                  .getBytes(StandardCharsets.UTF_8));

      assertThat(shop.deliver(changed).status()).isEqualTo(400);
      assertThat(shop.order(checkout).captures()).isEmpty();
      for (int i = 0; i < 5; i++) {
        assertThat(shop.deliver(shop.paypal.webhookAgain(approval.eventId())).status())
            .isEqualTo(200);
      }
      assertThat(shop.order(checkout).captures()).hasSize(1);
      assertThat(shop.view(checkout).isCompleted()).isTrue();
    }
  }

  /** Whoever has one delivery can write others with its checksum, and make us ask PayPal. */
  @ParameterizedTest
  @ValueSource(strings = {"api", "certificate"})
  void one_signature_is_good_for_one_body_and_another_makes_no_call(String how) {
    try (Shop shop = shop(how)) {
      CheckoutView paid = paid(shop);
      PayPalWebhook seen = shop.paypal.takeWebhooks().get(1);
      assertThat(shop.deliver(seen).status()).isEqualTo(200);
      int before = shop.door.sent().size();

      for (int number = 0; number < 20; number++) {
        String claim =
            "{\"id\":\"WH-%s\",\"event_type\":\"CHECKOUT.ORDER.APPROVED\",\"resource\":{\"id\":\"%s\"}}"
                .formatted(number, shop.order(paid).order());
        assertThat(forged(shop, seen, claim).status()).isEqualTo(400);
      }

      assertThat(shop.door.sent()).hasSize(before);
      assertThat(shop.deliver(seen).status()).as("PayPal's own repetition").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "certificate"})
  void one_event_is_looked_into_once_whoever_delivers_it_how_often(String how) {
    try (Shop shop = shop(how)) {
      CheckoutView checkout = shop.pay("USD 10.00");
      shop.paypal.controls().approve(shop.order(checkout).order());
      PayPalWebhook approval = shop.paypal.takeWebhooks().get(0);
      assertThat(shop.deliver(approval).status()).isEqualTo(200);
      assertThat(shop.view(checkout).isCompleted()).isTrue();
      List<Payment> before = List.of(shop.payment(checkout));
      int looks = shop.door.sent("GET /v2/").size();

      for (int number = 0; number < 3; number++) {
        shop.clock.advance(Duration.ofSeconds(1));
        String event = approval.eventId();
        for (PayPalWebhook again :
            List.of(approval, shop.paypal.webhookAgain(event), shop.paypal.webhookResent(event))) {
          assertThat(shop.deliver(again).status()).isEqualTo(200);
        }
      }

      assertThat(shop.door.sent("GET /v2/")).hasSize(looks);
      assertThat(List.of(shop.payment(checkout))).isEqualTo(before);
      assertThat(shop.order(checkout).captures()).hasSize(1);
    }
  }

  /** What could not be verified or kept when it came first is taken when PayPal repeats it. */
  @Test
  void a_delivery_that_failed_here_is_taken_when_it_is_repeated() {
    try (Shop shop = new Shop()) {
      CheckoutView checkout = shop.pay("USD 10.00");
      shop.paypal.controls().approve(shop.order(checkout).order());
      PayPalWebhook approval = shop.paypal.takeWebhooks().get(0);
      shop.door.next("verify-webhook-signature", FaultyDoor.Fault.LOST_RESPONSE);
      assertThat(shop.deliver(approval).status()).isEqualTo(503);
      shop.door.next("GET /v2/checkout/orders", FaultyDoor.Fault.LOST_RESPONSE);
      assertThat(shop.deliver(approval).status()).isEqualTo(200);
      assertThat(shop.view(checkout).isCompleted()).isFalse();

      assertThat(shop.deliver(approval).status()).isEqualTo(200);

      assertThat(shop.view(checkout).isCompleted()).isTrue();
    }
  }

  private static Shop shop(String verification) {
    Shop shop = new Shop();
    Map<String, String> settings = new HashMap<>(shop.app.settings());
    settings.put("webhook-verification", verification);
    return shop.reopened(settings);
  }

  private static CheckoutView paid(Shop shop) {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());
    return checkout;
  }

  /** Each under a signature of its own, which no other body came with. */
  private static WebhookReply deliver(Shop shop, PayPalWebhook seen, String claim) {
    shop.clock.advance(Duration.ofSeconds(1));
    return forged(shop, shop.paypal.webhookAgain(seen.eventId()), claim);
  }

  private static WebhookReply forged(Shop shop, PayPalWebhook seen, String claim) {
    byte[] body = new Forgery(seen).withItsChecksum(claim);
    return shop.deliver(new PayPalWebhook(seen.eventId(), seen.type(), seen.headers(), body));
  }
}
