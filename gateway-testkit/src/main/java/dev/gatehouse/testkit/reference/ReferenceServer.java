package dev.gatehouse.testkit.reference;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;
import java.util.function.Function;

/**
 * The reference provider over HTTP on the loopback interface, on a port that was free. Adds nothing
 * but HTTP: the customer's page with its buttons is the provider's own. Thread-safe; ends with
 * {@link #close()}.
 */
public final class ReferenceServer implements AutoCloseable {
  private static final LoopbackServer.Refusals REFUSALS =
      new LoopbackServer.Refusals() {
        @Override
        public HttpResponse tooLarge() {
          return new ApiError(413, "invalid_request", "too_large", "The body is too large.")
              .response();
        }

        @Override
        public HttpResponse malformed() {
          return ApiError.invalid("request", "The request is malformed.").response();
        }
      };

  private final LoopbackServer server;

  private ReferenceServer(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Serves this provider from now on.
   *
   * @throws ConfigurationException if no port can be opened
   */
  public static ReferenceServer start(ReferenceProvider provider) {
    return start(required("provider", provider)::handle);
  }

  /**
   * Serves what stands before a provider, such as what writes down its requests.
   *
   * @throws ConfigurationException if no port can be opened
   */
  public static ReferenceServer start(Function<HttpRequest, HttpResponse> door) {
    return new ReferenceServer(
        LoopbackServer.start("reference-server", required("door", door)::apply, REFUSALS));
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
