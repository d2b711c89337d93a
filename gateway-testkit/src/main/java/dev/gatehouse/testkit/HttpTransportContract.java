package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link HttpTransport} must do, whatever client is behind it. A test of a transport
 * extends this and opens the transport. Each test carries the name of the promise that it holds the
 * transport to, as a tag of JUnit, so that promises can be run and counted one by one.
 */
@Timeout(30)
public abstract class HttpTransportContract {
  /** Answers arrive whole and unchanged, whatever their status. */
  public static final String WHOLE_ANSWER = "whole-answer";

  /** One call is one request: neither redirects nor pleas for another try are followed. */
  public static final String ONE_REQUEST = "one-request";

  /** Without a connection, nothing was sent, and the failure says so. */
  public static final String CONNECT_FAILURE = "connect-failure";

  /** A request that a pooled connection lost may have been seen, and is not sent again. */
  public static final String STALE_CONNECTION = "stale-connection";

  /** An answer that is missing, cut or unreadable leaves the outcome unknown. */
  public static final String LOST_ANSWER = "lost-answer";

  /** The deadline covers the answer's body. */
  public static final String SLOW_BODY = "slow-body";

  /** The deadline covers the handshake, the request on its way, and the wait for the answer. */
  public static final String WHOLE_DEADLINE = "whole-deadline";

  /** An interrupt ends the wait at once and is kept. */
  public static final String INTERRUPT = "interrupt";

  /** No more of an answer is read than was allowed. */
  public static final String SIZE_CAP = "size-cap";

  /** Closing ends what is in flight, and later calls send nothing. */
  public static final String CLOSE = "close";

  /** Bad input is refused before anything happens. */
  public static final String BAD_INPUT = "bad-input";

  /** Long enough never to pass; a test that needs it has failed. */
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String SECRET = "sk_live_do_not_show";

  private HttpTransport transport;

  /** For subclasses. */
  protected HttpTransportContract() {}

  /** A transport with these options; the contract closes it. */
  protected abstract HttpTransport open(HttpOptions options);

  @BeforeEach
  final void openTransport() {
    transport = open(HttpOptions.defaults());
  }

  @AfterEach
  final void closeTransport() {
    transport.close();
  }

  private static HttpRequest post(URI uri) {
    HttpHeaders headers =
        HttpHeaders.none().with("Authorization", SECRET).with("Content-Type", "text/plain");
    return new HttpRequest("POST", uri, headers, ("card=" + SECRET).getBytes(UTF_8));
  }

  private static HttpRequest request(String method, URI uri) {
    return method.equals("GET") ? get(uri) : post(uri);
  }

  private static HttpRequest get(URI uri) {
    return new HttpRequest("GET", uri, HttpHeaders.none(), new byte[0]);
  }

  private TransportException failureOf(HttpRequest request, Duration limit) {
    Throwable thrown = catchThrowable(() -> transport.send(request, limit));
    assertThat(thrown).isInstanceOf(TransportException.class);
    assertThat(thrown.getMessage())
        .contains(request.method() + " " + request.uri().getHost())
        .doesNotContain(SECRET, "/path", "query");
    return (TransportException) thrown;
  }

  private static void assertNotSent(TransportException thrown, String code) {
    assertThat(thrown).isInstanceOf(TransportException.NotSent.class);
    assertThat(thrown.category()).isEqualTo(ErrorCategory.NOT_SENT);
    assertThat(thrown.problems().get(0).code()).isEqualTo(code);
  }

  private static void assertUnknown(TransportException thrown, String code) {
    assertThat(thrown).isInstanceOf(TransportException.Unknown.class).hasNoCause();
    assertThat(thrown.category()).isEqualTo(ErrorCategory.UNKNOWN_OUTCOME);
    assertThat(thrown.problems().get(0).code()).isEqualTo(code);
  }

  // ---- answers

  @Test
  @Tag(WHOLE_ANSWER)
  final void a_request_arrives_whole_and_its_answer_is_returned_whole() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write(
                  "HTTP/1.1 201 Created\r\nX-Tag: a\r\nx-tag: b\r\n"
                      + "Content-Length: 5\r\n\r\nhé\u0000!".replace("é", "\u00c3\u00a9"));
            })) {
      HttpHeaders headers = HttpHeaders.none().with("X-Many", "1").with("X-Many", "2");
      byte[] body = {0, 1, 2, (byte) 0xff};

      HttpResponse answer =
          transport.send(
              new HttpRequest("POST", server.uri("/path?query=1"), headers, body), AMPLE);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.headers().all("X-TAG")).containsExactly("a", "b");
      assertThat(answer.bodyAsUtf8()).isEqualTo("hé\u0000!");
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith("POST /path?query=1 HTTP/1.1\r\n")
          .contains("X-Many: 1\r\n", "X-Many: 2\r\n", "Content-Length: 4\r\n")
          .endsWith("\r\n\r\n\u0000\u0001\u0002\u00ff");
    }
  }

  @Test
  @Tag(WHOLE_ANSWER)
  final void a_chunked_answer_is_put_together() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              c.write("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            })) {
      assertThat(transport.send(get(server.uri("/")), AMPLE).bodyAsUtf8()).isEqualTo("abcde");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 407, 429, 500, 503})
  @Tag(WHOLE_ANSWER)
  final void an_error_status_is_an_answer(int status) {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write(
                  "HTTP/1.1 " + status + " Oh\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno");
            })) {
      HttpResponse answer = transport.send(post(server.uri("/")), AMPLE);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers().first("retry-after")).contains("7");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Tag(ONE_REQUEST)
  final void a_redirect_is_returned_and_not_followed(int status) {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 " + status + " Go\r\nLocation: /elsewhere\r\n");
              c.write("Content-Length: 0\r\n\r\n");
              c.read();
            })) {
      HttpResponse answer = transport.send(get(server.uri("/")), AMPLE);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers().first("Location")).contains("/elsewhere");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, 408", "POST, 408", "GET, 425", "POST, 429", "GET, 503", "POST, 503"})
  @Tag(ONE_REQUEST)
  final void an_answer_that_asks_for_another_try_is_returned(String method, int status) {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 " + status + " Again\r\nRetry-After: 0\r\n");
              c.write("Content-Length: 2\r\n\r\nno");
              c.read();
              c.answer("again");
            })) {
      HttpResponse answer = transport.send(request(method, server.uri("/")), AMPLE);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers().first("Retry-After")).contains("0");
      assertThat(answer.bodyAsUtf8()).isEqualTo("no");
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** RFC 9110, section 15.2: a client reads over interim answers that it did not ask for. */
  @Test
  @Tag(WHOLE_ANSWER)
  final void an_interim_answer_is_not_the_answer() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n");
              c.answer("done");
            })) {
      HttpResponse answer = transport.send(post(server.uri("/")), AMPLE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.bodyAsUtf8()).isEqualTo("done");
    }
  }

  @Test
  @Tag(WHOLE_ANSWER)
  final void a_body_is_returned_as_it_came_and_not_unpacked() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n");
              c.write("Content-Length: 4\r\n\r\nabcd");
            })) {
      HttpResponse answer = transport.send(get(server.uri("/")), AMPLE);

      assertThat(answer.headers().first("Content-Encoding")).contains("gzip");
      assertThat(answer.bodyAsUtf8()).isEqualTo("abcd");
      assertThat(server.requests().get(0)).doesNotContainIgnoringCase("gzip");
    }
  }

  @Test
  @Tag(WHOLE_ANSWER)
  final void a_cookie_of_one_answer_is_not_told_to_the_next_request() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 200 OK\r\nSet-Cookie: who=ann; Path=/\r\n");
              c.write("Content-Length: 0\r\n\r\n");
              c.read();
              c.answer("ok");
            })) {
      transport.send(get(server.uri("/")), AMPLE);
      transport.send(get(server.uri("/")), AMPLE);

      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1)).doesNotContainIgnoringCase("cookie");
    }
  }

  @Test
  @Tag(WHOLE_ANSWER)
  final void sixty_four_parallel_calls_do_not_mix_their_answers() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(64);
    CountDownLatch allArrived = new CountDownLatch(64);
    try (RawServer server =
        RawServer.start(
            c -> {
              String path = c.read().split(" ")[1];
              allArrived.countDown();
              allArrived.await();
              c.answer(path);
            })) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        HttpRequest request = post(server.uri("/call-" + i));
        answers.add(callers.submit(() -> transport.send(request, AMPLE).bodyAsUtf8()));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(answers.get(i).get()).isEqualTo("/call-" + i);
      }
      assertThat(server.requests()).hasSize(64);
    } finally {
      callers.shutdownNow();
    }
  }

  // ---- not sent

  @Test
  @Tag(CONNECT_FAILURE)
  final void a_refused_connection_is_not_sent() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = taken.getLocalPort();
    }

    assertNotSent(failureOf(post(URI.create("http://127.0.0.1:" + port)), AMPLE), "http.connect");
  }

  @Test
  @Tag(CONNECT_FAILURE)
  final void a_name_that_nobody_knows_is_not_sent() {
    HttpRequest request = post(URI.create("https://nonexistent.invalid/path?query"));

    assertNotSent(failureOf(request, AMPLE), "http.connect");
  }

  @Test
  @Tag(CONNECT_FAILURE)
  final void a_proxy_that_refuses_the_tunnel_means_not_sent() {
    ProxySelector before = ProxySelector.getDefault();
    try (RawServer proxy =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
            })) {
      ProxySelector.setDefault(
          ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.uri("/").getPort())));
      try (HttpTransport proxied = open(HttpOptions.defaults())) {
        HttpRequest request = post(URI.create("https://gateway.invalid/path?query"));

        assertThat(catchThrowable(() -> proxied.send(request, AMPLE)))
            .isInstanceOf(TransportException.NotSent.class);
        assertThat(proxy.requests()).isNotEmpty().allMatch(r -> r.startsWith("CONNECT "));
      }
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  /**
   * A client may have begun to write while the handshake fails; then nobody can prove that nothing
   * left. Either way, what a server says without TLS is never an answer.
   */
  @Test
  @Tag(CONNECT_FAILURE)
  final void a_failed_tls_handshake_is_not_sent_or_of_unknown_outcome() {
    try (RawServer server = RawServer.start(c -> c.write("HTTP/1.1 400 Not TLS\r\n\r\n"))) {
      TransportException thrown = failureOf(post(server.tlsUri("/path")), AMPLE);
      if (thrown instanceof TransportException.Unknown) {
        assertUnknown(thrown, "http.connection-lost");
      } else {
        assertNotSent(thrown, "http.connect");
      }
    }
  }

  @Test
  @Tag(WHOLE_DEADLINE)
  final void a_tls_handshake_that_stalls_past_the_deadline_is_not_sent() {
    try (RawServer server = RawServer.start(RawServer.Connection::awaitClientGone)) {
      assertNotSent(failureOf(post(server.tlsUri("/path")), SHORT), "http.timeout");
    }
  }

  @Test
  @Tag(CONNECT_FAILURE)
  final void a_tls_handshake_that_stalls_past_the_connect_timeout_is_not_sent() {
    try (HttpTransport hasty = open(HttpOptions.defaults().withConnectTimeout(SHORT));
        RawServer server = RawServer.start(RawServer.Connection::awaitClientGone)) {
      TransportException thrown =
          catchThrowableOfType(
              TransportException.class, () -> hasty.send(post(server.tlsUri("/")), AMPLE));

      assertNotSent(thrown, "http.connect");
    }
  }

  @Test
  @Tag(INTERRUPT)
  final void a_thread_that_is_already_interrupted_sends_nothing_and_stays_interrupted() {
    try (RawServer server = RawServer.start(c -> c.answer(c.read()))) {
      Thread.currentThread().interrupt();
      TransportException thrown = failureOf(post(server.uri("/path")), AMPLE);

      assertThat(Thread.interrupted()).isTrue();
      assertNotSent(thrown, "http.interrupted");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  @Tag(INTERRUPT)
  final void an_interrupt_during_the_handshake_is_not_sent() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            c -> {
              accepted.countDown();
              c.awaitClientGone();
            })) {
      assertNotSent(interruptedOnce(accepted, post(server.tlsUri("/path"))), "http.interrupted");
    }
  }

  @Test
  @Tag(CLOSE)
  final void a_closed_transport_sends_nothing() {
    try (RawServer server = RawServer.start(c -> c.answer(c.read()))) {
      transport.close();
      transport.close();

      assertNotSent(failureOf(post(server.uri("/path")), AMPLE), "http.closed");
      assertThat(server.requests()).isEmpty();
    }
  }

  // ---- unknown

  @Test
  @Tag(WHOLE_DEADLINE)
  final void no_answer_within_the_deadline_is_unknown() {
    try (RawServer server = silentAfter("")) {
      assertUnknown(failureOf(post(server.uri("/path")), SHORT), "http.timeout");
      // A busy machine may hang up before the server has read it; twice it may never arrive.
      assertThat(server.requests()).hasSizeLessThan(2);
    }
  }

  @Test
  @Tag(SLOW_BODY)
  final void a_body_that_stalls_past_the_deadline_is_unknown() {
    try (RawServer server = silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
      assertUnknown(failureOf(post(server.uri("/path")), SHORT), "http.timeout");
    }
  }

  @Test
  @Tag(SLOW_BODY)
  final void a_body_that_drips_is_cut_at_the_deadline_and_its_connection_dropped()
      throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
              drip(c, gone);
            })) {
      long start = System.nanoTime();
      TransportException thrown = failureOf(post(server.uri("/path")), SHORT);

      assertUnknown(thrown, "http.timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(SHORT, SHORT.plusSeconds(5));
      assertThat(gone.await(20, TimeUnit.SECONDS)).as("the server saw the client leave").isTrue();
    }
  }

  @Test
  @Tag(WHOLE_DEADLINE)
  final void a_request_that_is_not_taken_in_is_cut_at_the_deadline() {
    try (RawServer server = RawServer.start(RawServer.Connection::awaitTestOver)) {
      // More than any buffer between the two holds.
      byte[] large = new byte[48 << 20];
      HttpRequest request = new HttpRequest("POST", server.uri("/path"), HttpHeaders.none(), large);

      assertUnknown(failureOf(request, SHORT.multipliedBy(5)), "http.timeout");
    }
  }

  @Test
  @Tag(WHOLE_DEADLINE)
  final void headers_that_drip_are_cut_at_the_deadline() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write("HTTP/1.1 200 OK\r\nX-Long: ");
              drip(c, new CountDownLatch(1));
            })) {
      long start = System.nanoTime();
      // Some clients have had enough of the header before that; either way nobody waits on.
      TransportException thrown = failureOf(post(server.uri("/path")), SHORT);

      assertThat(thrown).isInstanceOf(TransportException.Unknown.class).hasNoCause();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nX-Tag: cut",
        "HTTP/1.1 200 OK\r\nX-Tag: cut\r\n",
        "HTTP/1.1 200 OK\r\nContent-Len",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ncut",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsk_live_do_not_show\r\n",
        "sk_live_do_not_show is no status line\r\n\r\n",
        "HTTP/1.1 abc sk_live_do_not_show\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: sk_live_do_not_show\r\n\r\n",
      })
  @Tag(LOST_ANSWER)
  final void a_cut_or_unreadable_answer_is_unknown_and_not_quoted(String answer) {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.write(answer);
            })) {
      assertUnknown(failureOf(post(server.uri("/path")), AMPLE), "http.connection-lost");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  @Tag(LOST_ANSWER)
  final void a_reset_after_the_request_was_read_is_unknown() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.resetOnClose();
            })) {
      assertUnknown(failureOf(post(server.uri("/path")), AMPLE), "http.connection-lost");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2000000000", "Connection: close"})
  @Tag(SIZE_CAP)
  final void a_body_above_the_cap_is_unknown_and_no_longer_read(String framing) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (HttpTransport capped = open(HttpOptions.defaults().withMaxResponseBytes(1000));
        RawServer server =
            RawServer.start(
                c -> {
                  c.read();
                  c.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
                  drip(c, gone);
                })) {
      TransportException thrown =
          catchThrowableOfType(
              TransportException.class, () -> capped.send(post(server.uri("/")), AMPLE));

      assertUnknown(thrown, "http.too-large");
      assertThat(gone.await(20, TimeUnit.SECONDS)).as("the server saw the client leave").isTrue();
    }
  }

  @Test
  @Tag(SIZE_CAP)
  final void a_body_of_exactly_the_cap_is_read() {
    try (HttpTransport capped = open(HttpOptions.defaults().withMaxResponseBytes(1000));
        RawServer server =
            RawServer.start(
                c -> {
                  c.read();
                  c.answer("x".repeat(1000));
                })) {
      assertThat(capped.send(post(server.uri("/")), AMPLE).body()).hasSize(1000);
    }
  }

  @Test
  @Tag(INTERRUPT)
  final void an_interrupt_after_the_request_was_read_is_unknown_and_kept() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              read.countDown();
              c.awaitClientGone();
            })) {
      assertUnknown(interruptedOnce(read, post(server.uri("/path"))), "http.interrupted");
    }
  }

  @Test
  @Tag(CLOSE)
  final void closing_ends_a_call_in_flight_as_unknown() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              read.countDown();
              c.awaitClientGone();
            })) {
      FutureTask<TransportException> call =
          inThread(() -> failureOf(post(server.uri("/path")), AMPLE));
      read.await();
      transport.close();

      assertUnknown(call.get(), "http.closed");
    }
  }

  // ---- never twice

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
  @Tag(STALE_CONNECTION)
  final void a_request_lost_on_a_pooled_connection_is_unknown_and_not_sent_again(String method) {
    try (RawServer server = losesSecondRequest(false)) {
      assertLostOnce(server, method);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
  @Tag(STALE_CONNECTION)
  final void a_request_reset_on_a_pooled_connection_is_unknown_and_not_sent_again(String method) {
    try (RawServer server = losesSecondRequest(true)) {
      assertLostOnce(server, method);
    }
  }

  @Test
  @Tag(STALE_CONNECTION)
  final void a_post_meets_a_connection_that_closed_when_idle_at_most_once() {
    try (RawServer server =
        RawServer.start(
            c -> {
              c.read();
              c.answer("ok");
            })) {
      for (int i = 0; i < 50; i++) {
        // Whether the client notices the close in time is a race. Both ends of it are legal; what
        // is not is a lost answer called NotSent, or a request that arrives twice.
        String path = "/call-" + i;
        Throwable thrown = catchThrowable(() -> transport.send(post(server.uri(path)), AMPLE));
        long arrived = server.requests().stream().filter(r -> r.contains(path + " ")).count();
        if (thrown == null) {
          assertThat(arrived).isOne();
        } else {
          assertThat(thrown).isInstanceOf(TransportException.Unknown.class);
          assertThat(arrived).isZero();
        }
      }
    }
  }

  // ---- bad input

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S", "PT2562047788015215H"})
  @Tag(BAD_INPUT)
  @SuppressWarnings("NullAway") // The point of the test.
  final void a_limit_out_of_range_is_refused_before_any_io(@Nullable Duration limit) {
    try (RawServer server = RawServer.start(c -> c.answer(c.read()))) {
      Throwable thrown = catchThrowable(() -> transport.send(get(server.uri("/")), limit));

      assertThat(thrown).isInstanceOf(InvalidInputException.class).hasMessageContaining("limit");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  @Tag(BAD_INPUT)
  @SuppressWarnings("NullAway") // The point of the test.
  final void a_missing_request_is_refused() {
    assertThat(catchThrowable(() -> transport.send(null, AMPLE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("request");
  }

  // ---- helpers

  private static RawServer silentAfter(String start) {
    return RawServer.start(
        c -> {
          c.read();
          c.write(start);
          c.awaitClientGone();
        });
  }

  /** Answers the first request of a connection, reads the second and drops the connection. */
  private static RawServer losesSecondRequest(boolean reset) {
    return RawServer.start(
        c -> {
          String first = c.read();
          c.answer(first.startsWith("HEAD") ? "" : "ok");
          c.read();
          if (reset) {
            c.resetOnClose();
          }
        });
  }

  private void assertLostOnce(RawServer server, String method) {
    byte[] body = method.startsWith("P") ? "once".getBytes(UTF_8) : new byte[0];
    HttpRequest request = new HttpRequest(method, server.uri("/path"), HttpHeaders.none(), body);

    assertThat(transport.send(request, AMPLE).status()).isEqualTo(200);
    assertUnknown(failureOf(request, AMPLE), "http.connection-lost");
    assertThat(server.requests()).hasSize(2);
  }

  private static void drip(RawServer.Connection connection, CountDownLatch gone) throws Exception {
    try {
      while (true) {
        connection.write("xxxxxxxxxxxxxxxx");
      }
    } finally {
      gone.countDown();
    }
  }

  private TransportException interruptedOnce(CountDownLatch moment, HttpRequest request)
      throws Exception {
    FutureTask<TransportException> call =
        new FutureTask<>(
            () -> {
              TransportException thrown = failureOf(request, AMPLE);
              assertThat(Thread.currentThread().isInterrupted()).as("interrupt kept").isTrue();
              return thrown;
            });
    Thread caller = new Thread(call);
    caller.start();
    moment.await();
    caller.interrupt();
    return call.get();
  }

  private static <T> FutureTask<T> inThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task;
  }
}
