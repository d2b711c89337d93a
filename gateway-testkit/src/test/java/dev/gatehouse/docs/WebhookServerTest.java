package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The address for webhooks of docs/taking-payments.md, over real HTTP. */
class WebhookServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  // snippet: WebhookServer
  static HttpServer webhooks(Gatehouse gatehouse, InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/webhooks/",
        exchange -> {
          try (exchange) {
            URI uri = exchange.getRequestURI();
            WebhookRequest request =
                new WebhookRequest(
                    exchange.getRequestMethod(),
                    uri,
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readNBytes(1 << 20));
            WebhookReply reply = answer(gatehouse, uri.getPath(), request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body();
            // To this server, -1 means "no body"; 0 would mean "of unknown length".
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  static WebhookReply answer(Gatehouse gatehouse, String path, WebhookRequest request) {
    try {
      String gateway = path.substring("/webhooks/".length()); // such as "reference"
      return gatehouse.webhook(new GatewayInstanceId(gateway), request);
    } catch (NotFoundException e) {
      return WebhookReply.status(404);
    } catch (GatehouseException e) {
      return WebhookReply.status(503); // Not taken: the provider will send it again.
    }
  }

  // end snippet

  @Test
  void a_webhook_completes_a_checkout_and_a_forged_one_is_turned_away() throws IOException {
    try (DocsShop shop = new DocsShop();
        HttpTransport provider = HttpTransport.create(HttpOptions.defaults())) {
      HttpServer server =
          webhooks(shop.gatehouse, new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      try {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/");
        CheckoutView pending = shop.pay(shop.checkout("EUR 10.00"), "tok_pending");
        shop.provider.controls().settle(shop.charge());

        assertThat(send(provider, here.resolve("reference"), HttpHeaders.none(), "{}"))
            .isEqualTo(400);
        assertThat(send(provider, here.resolve("nobody"), HttpHeaders.none(), "{}")).isEqualTo(404);
        assertThat(shop.gatehouse.checkout(pending.id()).isCompleted()).isFalse();
        for (var notice : shop.provider.takeWebhooks()) {
          String body = new String(notice.body(), StandardCharsets.UTF_8);
          assertThat(send(provider, here.resolve("reference"), notice.headers(), body))
              .isEqualTo(200);
        }
        assertThat(shop.gatehouse.checkout(pending.id()).isCompleted()).isTrue();
      } finally {
        server.stop(0);
      }
    }
  }

  private static int send(HttpTransport provider, URI to, HttpHeaders headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return provider.send(new HttpRequest("POST", to, headers, bytes), LIMIT).status();
  }
}
