package dev.gatehouse.testkit.paypal;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;

/**
 * An emulated PayPal over HTTP on the loopback interface, on a port that was free; its webhooks
 * name their certificate there. Thread-safe; ends with {@link #close()}.
 */
public final class PayPalServer implements AutoCloseable {
  private final LoopbackServer server;

  private PayPalServer(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Serves this PayPal from now on.
   *
   * @throws dev.gatehouse.error.ConfigurationException if no port can be opened
   */
  public static PayPalServer start(PayPalEmulator paypal) {
    required("paypal", paypal);
    LoopbackServer server =
        LoopbackServer.start(
            "paypal-server",
            paypal::handle,
            new LoopbackServer.Refusals() {
              @Override
              public HttpResponse tooLarge() {
                return paypal.malformed();
              }

              @Override
              public HttpResponse malformed() {
                return paypal.malformed();
              }
            });
    paypal.servedAt(server.baseUrl());
    return new PayPalServer(server);
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI baseUrl() {
    return server.baseUrl();
  }

  /** Stops listening and drops what is under way. Closing twice does nothing. */
  @Override
  public void close() {
    server.close();
  }
}
