package dev.gatehouse.relay.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An endpoint on the loopback interface, which answers as it is told to. Keeps what it was sent.
 */
final class Receiver implements AutoCloseable {
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
  private volatile Function<HttpRequest, HttpResponse> answer = request -> status(204);

  Receiver() {
    server = LoopbackServer.start("receiver", this::handle, refused -> status(400));
  }

  private HttpResponse handle(HttpRequest request) {
    requests.add(request);
    return answer.apply(request);
  }

  static HttpResponse status(int status, String... headers) {
    HttpHeaders all = HttpHeaders.none();
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return new HttpResponse(status, all, new byte[0]);
  }

  void answer(int status, String... headers) {
    answer = request -> status(status, headers);
  }

  void answer(Function<HttpRequest, HttpResponse> how) {
    answer = how;
  }

  URI url() {
    return server.baseUrl().resolve("/hooks?token=in-the-address");
  }

  List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  HttpRequest last() {
    return requests.get(requests.size() - 1);
  }

  /** The ids of the events that it was sent, in order. */
  List<String> eventIds() {
    return requests.stream().map(r -> CloudEventForm.read(r.body()).header().id()).toList();
  }

  static String header(HttpRequest request, String name) {
    return request.headers().first(name).orElseThrow();
  }

  /** Whether the reference library takes the request for genuine, by the clock of this machine. */
  static boolean isGenuine(HttpRequest request, String secret) {
    return isGenuine(request, new String(request.body(), StandardCharsets.UTF_8), secret);
  }

  static boolean isGenuine(HttpRequest request, String body, String secret) {
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", request.headers().all("webhook-id"),
            "webhook-timestamp", request.headers().all("webhook-timestamp"),
            "webhook-signature", request.headers().all("webhook-signature"));
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
