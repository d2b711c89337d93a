package dev.gatehouse.examples.membership;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.io.IOException;
import java.net.URI;

/**
 * The two pages that every shop needs: one that providers call, one that customers come back to.
 * Thread-safe.
 */
final class SiteServer implements AutoCloseable {
  private static final String WEBHOOKS = "/webhooks/";
  private static final String RETURN = "/return/";
  private static final byte[] NOTHING = new byte[0];

  private final LoopbackServer server = LoopbackServer.start("shop");

  /** Where a provider sends the webhooks of an instance. */
  URI webhooks(GatewayInstanceId gateway) {
    return server.at(WEBHOOKS + gateway);
  }

  /** Where a customer comes back to: under a name, for the port is another one next time. */
  URI returnUrl(CheckoutId checkout) {
    return URI.create("https://shop.example" + RETURN + checkout);
  }

  /** Where what has that name is now. */
  URI base() {
    return server.at("/");
  }

  /** Serves this shop from now on. */
  void open(Gatehouse shop) {
    server.serve(WEBHOOKS, exchange -> webhook(shop, exchange));
    server.serve(RETURN, exchange -> customerReturned(shop, exchange));
  }

  /** Hands over what came, byte for byte: the signature is over the bytes. */
  private static void webhook(Gatehouse shop, HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    WebhookRequest request =
        new WebhookRequest(
            exchange.getRequestMethod(),
            uri,
            exchange.getRequestHeaders(),
            LoopbackServer.body(exchange));
    try {
      WebhookReply reply =
          shop.webhook(new GatewayInstanceId(uri.getPath().substring(WEBHOOKS.length())), request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      LoopbackServer.answer(exchange, reply.status(), reply.body());
    } catch (NotFoundException e) {
      LoopbackServer.answer(exchange, 404, NOTHING);
    } catch (GatehouseException e) {
      // Not taken: the provider will send it again.
      LoopbackServer.answer(exchange, 503, NOTHING);
    }
  }

  /** Whatever the address claims, what happened is asked of the provider. */
  private static void customerReturned(Gatehouse shop, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      shop.customerReturned(new CheckoutId(path.substring(RETURN.length())));
      LoopbackServer.answer(exchange, 204, NOTHING);
    } catch (GatehouseException e) {
      LoopbackServer.answer(exchange, 404, NOTHING);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
