package dev.gatehouse.http.apache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transport that was told where it may connect to goes there and nowhere else. */
class DestinationsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Another address of the loopback interface than localhost has. */
  private static final byte[] ELSEWHERE = {127, 0, 0, 2};

  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(ELSEWHERE), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpRequest request() {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    return new HttpRequest("POST", uri, HttpHeaders.none(), "x".getBytes(UTF_8));
  }

  @Test
  void it_connects_to_the_address_that_it_was_given_under_the_name_that_was_asked_for() {
    List<String> asked = new CopyOnWriteArrayList<>();
    Destinations destinations =
        host -> {
          asked.add(host);
          return new InetAddress[] {InetAddress.getByAddress(ELSEWHERE)};
        };
    try (HttpTransport transport = ApacheHttpTransport.to(destinations, HttpOptions.defaults())) {
      assertThat(transport.send(request(), LIMIT).status()).isEqualTo(204);
    }

    assertThat(asked).containsExactly("localhost");
    assertThat(hosts).containsExactly("localhost:" + server.getAddress().getPort());
  }

  @Test
  void what_it_may_not_connect_to_is_not_sent_and_the_caller_sees_why() {
    UnknownHostException refusal = new UnknownHostException("not there");
    Destinations destinations =
        host -> {
          throw refusal;
        };
    try (HttpTransport transport = ApacheHttpTransport.to(destinations, HttpOptions.defaults())) {
      assertThatThrownBy(() -> transport.send(request(), LIMIT))
          .isInstanceOf(TransportException.NotSent.class)
          .hasCause(refusal);
    }
    assertThat(hosts).isEmpty();
  }

  @Test
  void it_goes_through_no_proxy_which_would_look_the_name_up_again() {
    ProxySelector before = ProxySelector.getDefault();
    List<URI> proxied = new CopyOnWriteArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            proxied.add(uri);
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {
            // There is none.
          }
        });
    try (HttpTransport transport =
        ApacheHttpTransport.to(
            host -> new InetAddress[] {InetAddress.getByAddress(ELSEWHERE)},
            HttpOptions.defaults())) {
      transport.send(request(), LIMIT);
    } finally {
      ProxySelector.setDefault(before);
    }

    assertThat(proxied).isEmpty();
  }

  @Test
  void a_look_up_that_hangs_ends_with_the_call() {
    CountDownLatch never = new CountDownLatch(1);
    Destinations destinations =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (HttpTransport transport = ApacheHttpTransport.to(destinations, HttpOptions.defaults())) {
      assertThatThrownBy(() -> transport.send(request(), Duration.ofMillis(200)))
          .isInstanceOf(TransportException.NotSent.class);
    }
  }
}
