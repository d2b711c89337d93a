package dev.gatehouse.analytics.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.sink.Ga4Emulator;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What the service drops in silence is known here before it is sent, and dropped there. */
class Ga4RulesTest {
  private static final URI ADDRESS =
      URI.create("https://ga4.test/mp/collect?measurement_id=G-ABC1234567&api_secret=sesame-4711");

  private final Ga4Emulator ga4 =
      new Ga4Emulator("G-ABC1234567", "sesame-4711", TestClock.at("2026-03-01T12:00:00Z"));

  private static ObjectNode request(String name, Consumer<ObjectNode> params) {
    ObjectNode request = SinkJson.object().put("client_id", "1.2");
    params.accept(request.putArray("events").addObject().put("name", name).putObject("params"));
    return request;
  }

  private void demandRefused(ObjectNode request, String here, String there) {
    byte[] body = SinkJson.write(request);
    assertThat(Ga4Rules.fault(request, body.length).orElse("")).contains(here);
    assertThat(ga4.handle(new HttpRequest("POST", ADDRESS, HttpHeaders.none(), body)).status())
        .isEqualTo(204);
    assertThat(ga4.events()).isEmpty();
    assertThat(ga4.dropped()).containsExactly(there);
  }

  @Test
  void what_breaks_no_rule_is_sent_and_taken() {
    ObjectNode request = request("churn", params -> params.put("event_id", "e1"));
    request.put("user_id", "u".repeat(256)).putObject("user_data");
    byte[] body = SinkJson.write(request);

    assertThat(Ga4Rules.fault(request, body.length)).isEmpty();
    ga4.handle(new HttpRequest("POST", ADDRESS, HttpHeaders.none(), body));
    assertThat(ga4.events()).hasSize(1);
  }

  @Test
  void user_data_needs_a_user_id() {
    ObjectNode request = request("churn", params -> {});
    request.putObject("user_data").putArray("sha256_email_address").add("00");
    demandRefused(request, "missing beside user_data", "user_data without user_id");
  }

  @Test
  void a_user_id_has_256_characters_at_most() {
    ObjectNode request = request("churn", params -> {});
    demandRefused(request.put("user_id", "u".repeat(257)), "too long", "length of user_id");
  }

  @Test
  void there_are_200_items_at_most() {
    ObjectNode request =
        request(
            "purchase",
            params -> {
              params.put("transaction_id", "t").put("currency", "EUR").put("value", 1);
              for (int i = 0; i < 201; i++) {
                params.withArray("items").addObject().put("item_id", "i" + i);
              }
            });
    demandRefused(request, "more than 200 items", "number of items");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session_start", "error", "ga_left", "firebase_left", "google_left"})
  void names_of_googles_own_are_not_for_us(String name) {
    demandRefused(request(name, params -> {}), "malformed or reserved", "event name");
  }

  @Test
  void names_of_parameters_may_not_begin_as_googles_own() {
    demandRefused(
        request("churn", params -> params.put("ga_plan", "gold")),
        "malformed or reserved",
        "parameter name");
  }
}
