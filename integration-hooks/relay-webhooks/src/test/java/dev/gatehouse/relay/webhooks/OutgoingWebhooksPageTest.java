package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.SECRET;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.json.CloudEventForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of docs/outgoing-webhooks.md. */
class OutgoingWebhooksPageTest {
  private final Inbox inbox = new Inbox();

  /** What a receiver has kept; a table in real life. */
  private static final class Inbox {
    private final Map<String, byte[]> kept = new LinkedHashMap<>();

    void keepOnce(String id, byte[] body) {
      kept.putIfAbsent(id, body);
    }
  }

  // snippet: ReceiveWebhook
  int receive(Map<String, List<String>> headers, byte[] body) throws EmptyWebhookSecretException {
    try {
      new Webhook(SECRET).verify(new String(body, UTF_8), headers);
    } catch (WebhookVerificationException e) {
      return 401;
    }
    inbox.keepOnce(headers.get("webhook-id").get(0), body); // Work on it later.
    return 204;
  }

  // end snippet

  @Test
  void a_receiver_keeps_what_is_genuine_once() throws Exception {
    try (Receiver receiver = new Receiver();
        WebhookRelay relay = Endpoints.open(settings(receiver.url()), Clock.systemUTC())) {
      List<Integer> answers = new ArrayList<>();
      receiver.answer(
          request -> {
            try {
              answers.add(receive(headers(request), request.body()));
            } catch (EmptyWebhookSecretException e) {
              throw new IllegalStateException(e);
            }
            return Receiver.status(answers.get(answers.size() - 1));
          });
      tell(relay, event("evt-1"));
      tell(relay, event("evt-1"));
      HttpRequest genuine = receiver.last();

      assertThat(answers).containsExactly(204, 204);
      assertThat(inbox.kept).containsOnlyKeys("evt-1");
      assertThat(CloudEventForm.read(inbox.kept.get("evt-1"))).isEqualTo(event("evt-1"));
      assertThat(receive(headers(genuine), "{}".getBytes(UTF_8))).isEqualTo(401);
    }
  }

  private static Map<String, List<String>> headers(HttpRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .fields()
        .forEach(
            field ->
                headers
                    .computeIfAbsent(field.name().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(field.value()));
    return headers;
  }

  @Test
  void the_page_names_every_setting_and_every_group_with_its_types() throws IOException {
    String page = Files.readString(Path.of("..", "..", "docs", "outgoing-webhooks.md"));

    assertThat(EndpointSettings.ALL)
        .allSatisfy(setting -> assertThat(page).contains("\n| `" + setting.name() + "` | "));
    assertThat(page)
        .contains(
            "`hookPatience`, %d days by default"
                .formatted(EnginePolicy.defaults().hookPatience().toDays()));
    for (EventGroup group : EventGroup.values()) {
      String row =
          page.lines().filter(l -> l.startsWith("| `" + group.word() + "`")).findFirst().orElse("");
      assertThat(group.types()).allSatisfy(type -> assertThat(row).contains("`" + type + "`"));
    }
  }

  @Test
  void a_test_send_is_one_call() {
    List<String> shown = new ArrayList<>();
    try (Receiver receiver = new Receiver()) {
      Map<String, String> settings = settings(receiver.url());
      receiver.answer(404);
      // snippet: TestSend
      HookResult result = WebhookPing.send(HookConfig.live("partner", "relay-webhooks", settings));
      shown.add(result instanceof HookResult.Delivered ? "taken" : result.toString());
      // end snippet
    }
    assertThat(shown.get(0)).contains("the endpoint answered 404");
  }
}
