package dev.gatehouse.relay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shop whose endpoint is away for a day. */
class OutageTest {
  private final TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
  private final Receiver receiver = new Receiver();
  private final SinkShop shop =
      new SinkShop(
          clock,
          new WebhookRelayProvider(),
          HookConfig.live("shop-a", "relay-webhooks", Endpoints.settings(receiver.url())));

  @AfterEach
  void stop() {
    shop.close();
    receiver.close();
  }

  @Test
  void what_was_sold_meanwhile_arrives_afterwards_once_and_in_order() {
    receiver.answer(503);
    for (int hour = 0; hour < 24; hour++) {
      assertThat(shop.sell("c" + hour).checkout().state().name()).isEqualTo("COMPLETED");
      shop.after(Duration.ofHours(1));
    }
    int whileAway = receiver.requests().size();
    assertThat(whileAway).isPositive();

    receiver.answer(204);
    for (int i = 0; i < 24; i++) {
      shop.after(Duration.ofMinutes(15));
    }

    Map<String, List<String>> arrived = new LinkedHashMap<>();
    receiver.requests().stream()
        .skip(whileAway)
        .map(request -> CloudEventForm.read(request.body()))
        .forEach(
            event ->
                arrived
                    .computeIfAbsent(event.header().subject(), s -> new ArrayList<>())
                    .add(event.type()));
    assertThat(arrived).hasSize(24);
    assertThat(arrived.values())
        .allSatisfy(
            types ->
                assertThat(types)
                    .startsWith("CustomerCreated")
                    .contains("PaymentCaptured", "MembershipStatusChanged")
                    .containsOnlyOnce("CheckoutCompleted"));
    assertThat(receiver.eventIds().subList(whileAway, receiver.requests().size()))
        .doesNotHaveDuplicates();
  }

  @Test
  void one_endpoint_s_trouble_is_a_parked_delivery_and_no_customer_s() {
    receiver.answer(410);
    assertThat(shop.sell("c1").checkout().state().name()).isEqualTo("COMPLETED");
    shop.deliver();

    assertThat(receiver.requests()).hasSize(1);
    shop.after(Duration.ofDays(2));
    assertThat(receiver.requests()).hasSize(1);
  }
}
