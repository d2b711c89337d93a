package dev.gatehouse.testkit.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
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
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An emulated provider over HTTP on the loopback interface, on a port that was free. Adds nothing
 * but HTTP. Thread-safe; ends with {@link #close()}.
 */
public final class LoopbackServer implements AutoCloseable {
  /** The most bytes of a body that the server reads. */
  public static final int MAX_BODY = 256 * 1024;

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

  private final DirectTransport.Provider provider;
  private final Refusals refusals;
  private final HttpServer server;
  private final ExecutorService threads;

  /** How the provider answers what never becomes a request to it. */
  public interface Refusals {
    /** The body has more than {@link #MAX_BODY} bytes. */
    HttpResponse tooLarge();

    /** It is no proper request. */
    HttpResponse malformed();
  }

  private LoopbackServer(
      String name, DirectTransport.Provider provider, Refusals refusals, HttpServer server) {
    this.provider = provider;
    this.refusals = refusals;
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Serves this provider from now on.
   *
   * @param name of its threads
   * @throws ConfigurationException if no port can be opened
   */
  public static LoopbackServer start(
      String name, DirectTransport.Provider provider, Refusals refusals) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      LoopbackServer started =
          new LoopbackServer(name, provider, refusals, HttpServer.create(address, 0));
      started.server.createContext("/", started::serve);
      started.server.setExecutor(started.threads);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw noPort();
    }
  }

  /**
   * Serves this provider from now on, and answers what never becomes a request to it by the same
   * function as its {@link Router}: an {@link InvalidInputException} with code {@link Router#BODY}.
   *
   * @param name of its threads
   * @throws ConfigurationException if no port can be opened
   */
  public static LoopbackServer start(
      String name,
      DirectTransport.Provider provider,
      Function<GatehouseException, HttpResponse> refusing) {
    return start(
        name,
        provider,
        new Refusals() {
          @Override
          public HttpResponse tooLarge() {
            return refused("the body has more than " + MAX_BODY + " bytes");
          }

          @Override
          public HttpResponse malformed() {
            return refused("the request is malformed");
          }

          private HttpResponse refused(String why) {
            return refusing.apply(
                new InvalidInputException(
                    new Problem("request", Router.BODY, why, "send another")));
          }
        });
  }

  static ConfigurationException noPort() {
    return new ConfigurationException(
        new Problem(
            "port",
            "emulator.port",
            "no port could be opened on the loopback interface",
            "allow this process to listen on 127.0.0.1"));
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
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return refusals.tooLarge();
    }
    try {
      return provider.handle(
          new HttpRequest(exchange.getRequestMethod(), uri(exchange), headers(exchange), body));
    } catch (GatehouseException | URISyntaxException e) {
      return refusals.malformed();
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
