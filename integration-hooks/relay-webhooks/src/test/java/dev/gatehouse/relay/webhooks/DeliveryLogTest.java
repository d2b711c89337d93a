package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.SECRET;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Every attempt is a line in the log, by the event's id, and nothing that was sent is in it. */
class DeliveryLogTest {
  @Test
  void the_log_says_what_became_of_each_attempt_and_shows_no_address_and_no_secret() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, UTF_8));
    try (Receiver receiver = new Receiver();
        WebhookRelay relay = Endpoints.open(settings(receiver.url()), Clock.systemUTC())) {
      tell(relay, event("evt-1"));
      receiver.answer(404);
      tell(relay, event("evt-2"));
      receiver.answer(401);
      tell(relay, event("evt-2"));
      receiver.answer(410);
      tell(relay, event("evt-3"));
      tell(relay, event("evt-4"));
    } finally {
      System.setErr(before);
    }

    String log = said.toString(UTF_8);
    assertThat(log)
        .contains("INFO dev.gatehouse.relay.webhooks.WebhookRelay - hook shop-a: ")
        .containsPattern("PaymentFailed evt-1, attempt 1: delivered \\(\\d+ ms\\)")
        .contains("PaymentFailed evt-2, attempt 1: again later: the endpoint answered 404")
        .contains(
            "ERROR dev.gatehouse.sink.HttpSink - hook shop-a: the endpoint answered 401: it refuses"
                + " our signature, or lets nobody in; does it have the secret? It is told again")
        .contains("ERROR dev.gatehouse.relay.webhooks.WebhookRelay - hook shop-a: ")
        .contains("PaymentFailed evt-3, attempt 1: parked: the endpoint answered 410")
        .contains("PaymentFailed evt-4, attempt 1: parked: the endpoint answered 410")
        .doesNotContain("in-the-address", SECRET.substring(6, 20), "v1,", "cus-1", "pay-1");
    assertThat(log.lines().filter(line -> line.contains("ERROR"))).hasSize(2);
  }
}
