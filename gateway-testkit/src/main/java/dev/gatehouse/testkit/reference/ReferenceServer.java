package dev.gatehouse.testkit.reference;

import static dev.gatehouse.error.InvalidInputException.required;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The reference provider over HTTP on the loopback interface, on a port that was free. Adds nothing
 * but HTTP: the customer's page with its buttons is the provider's own. Thread-safe; ends with
 * {@link #close()}.
 */
public final class ReferenceServer implements AutoCloseable {
  private static final int THREADS = 8;

  /** They belong to the connection, not to the request; a request of ours can't carry them. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern LOOPBACK_AUTHORITY =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private final ReferenceProvider provider;
  private final HttpServer server;
  private final ExecutorService threads;

  private ReferenceServer(ReferenceProvider provider, HttpServer server) {
    this.provider = provider;
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "reference-server");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Serves this provider from now on.
   *
   * @throws ConfigurationException if no port can be opened
   */
  public static ReferenceServer start(ReferenceProvider provider) {
    required("provider", provider);
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      ReferenceServer started = new ReferenceServer(provider, HttpServer.create(address, 0));
      started.server.createContext("/", started::serve);
      started.server.setExecutor(started.threads);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              "port",
              "reference.port",
              "no port could be opened on the loopback interface",
              "allow this process to listen on 127.0.0.1"));
    }
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops listening and drops what is under way. Closing twice does nothing. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse response = answer(exchange);
      response
          .headers()
          .fields()
          .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
      byte[] body = response.body();
      // To this server, 0 means "chunked" and -1 means "none".
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(Router.MAX_BODY + 1);
    if (body.length > Router.MAX_BODY) {
      return new ApiError(413, "invalid_request", "too_large", "The body is too large.").response();
    }
    try {
      return provider.handle(
          new HttpRequest(exchange.getRequestMethod(), uri(exchange), headers(exchange), body));
    } catch (GatehouseException | URISyntaxException e) {
      return ApiError.invalid("request", "The request is malformed.").response();
    }
  }

  /** The address as the caller knows it, which may be that of a proxy in between. */
  private URI uri(HttpExchange exchange) throws URISyntaxException {
    String host = exchange.getRequestHeaders().getFirst("host");
    boolean usable = host != null && LOOPBACK_AUTHORITY.matcher(host).matches();
    String base = usable ? "http://" + host : baseUrl().toString();
    URI requested = exchange.getRequestURI();
    String query = requested.getRawQuery() == null ? "" : "?" + requested.getRawQuery();
    return new URI(base + requested.getRawPath() + query);
  }

  private static HttpHeaders headers(HttpExchange exchange) {
    HttpHeaders headers = HttpHeaders.none();
    for (var field : exchange.getRequestHeaders().entrySet()) {
      if (!HOP_BY_HOP.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        for (String value : field.getValue()) {
          headers = headers.with(field.getKey(), value);
        }
      }
    }
    return headers;
  }
}
