package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;

/**
 * The emulated Stripe over HTTP on the loopback interface, on a port that was free; the page on
 * which a customer authenticates included. Thread-safe; ends with {@link #close()}.
 */
public final class StripeServer implements AutoCloseable {
  private static final LoopbackServer.Refusals REFUSALS =
      new LoopbackServer.Refusals() {
        @Override
        public HttpResponse tooLarge() {
          return ApiError.parameter(null, "body", "The request is too large.").response();
        }

        @Override
        public HttpResponse malformed() {
          return ApiError.parameter(null, "request", "The request is malformed.").response();
        }
      };

  private final LoopbackServer server;

  private StripeServer(LoopbackServer server) {
    this.server = server;
  }

  static StripeServer start(StripeEmulator emulator) {
    return new StripeServer(LoopbackServer.start("stripe-emulator", emulator::handle, REFUSALS));
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
