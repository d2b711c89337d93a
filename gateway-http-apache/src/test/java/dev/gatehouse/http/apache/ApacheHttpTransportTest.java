package dev.gatehouse.http.apache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.HttpTransportContract;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The transport on Apache HttpClient keeps the contract. */
class ApacheHttpTransportTest extends HttpTransportContract {
  private static final String SECRET = "sk_live_that_no_log_may_hold";

  @Override
  protected HttpTransport open(HttpOptions options) {
    return new ApacheHttpTransport(options);
  }

  @Test
  void it_is_the_default_where_its_module_is_present() {
    try (HttpTransport found = HttpTransport.create(HttpOptions.defaults())) {
      assertThat(found).isInstanceOf(ApacheHttpTransport.class);
    }
  }

  @Test
  void the_client_logs_no_header_and_no_body_however_much_it_may_log() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/charges",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", SECRET);
          exchange.sendResponseHeaders(200, SECRET.length());
          exchange.getResponseBody().write(SECRET.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/charges");
    HttpHeaders headers = HttpHeaders.none().with("Authorization", SECRET);
    try (HttpTransport transport = open(HttpOptions.defaults())) {
      transport.send(
          new HttpRequest("POST", uri, headers, SECRET.getBytes(UTF_8)), Duration.ofSeconds(20));
    } finally {
      server.stop(0);
    }

    Path log = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));
    assertThat(log).content().contains("127.0.0.1:" + uri.getPort()).doesNotContain(SECRET);
  }

  @Test
  void missing_options_are_refused() {
    assertThat(catchThrowable(() -> new ApacheHttpTransport(null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("options");
  }
}
