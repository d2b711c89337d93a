package dev.gatehouse.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.testkit.emulator.FaultProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real sockets, by the JDK's client, to a server that counts. */
class FaultProxyTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String TEXT = "ä".repeat(500);

  private final List<HttpRequest> reached = new CopyOnWriteArrayList<>();
  private final LoopbackServer server =
      LoopbackServer.start("bank", this::serve, e -> Answers.json(400, Map.of()));
  private final FaultProxy proxy = FaultProxy.before(server.baseUrl());
  private final HttpTransport transport = HttpTransport.onJdkClient(HttpOptions.defaults());

  @AfterEach
  void close() {
    transport.close();
    proxy.close();
    server.close();
  }

  private HttpResponse serve(HttpRequest request) {
    reached.add(request);
    return Answers.with(
        Answers.body(200, "text/plain", request.body()), "x-path", request.uri().getPath());
  }

  private HttpResponse send(Duration limit) {
    return transport.send(
        new HttpRequest(
            "POST",
            URI.create(proxy.baseUrl() + "/v1/charges"),
            HttpHeaders.none().with("x-key", "k1"),
            TEXT.getBytes(StandardCharsets.UTF_8)),
        limit);
  }

  @Test
  void without_a_fault_it_hands_on_what_it_gets() {
    HttpResponse answer = send(LONG);

    assertThat(answer.bodyAsUtf8()).isEqualTo(TEXT);
    assertThat(answer.headers().first("x-path")).contains("/v1/charges");
    assertThat(reached.get(0).headers().first("x-key")).contains("k1");
    assertThat(proxy.passed())
        .containsExactly(new FaultProxy.Passed("POST /v1/charges", Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP_REQUEST", "DROP_ANSWER", "GARBAGE", "TRUNCATE"})
  void what_breaks_on_the_way_is_unknown_and_strikes_once(Fault fault) {
    proxy.strikeNext(fault);

    assertThatThrownBy(() -> send(LONG)).isInstanceOf(TransportException.Unknown.class);
    assertThat(reached).hasSize(fault.reachesServer() ? 1 : 0);
    assertThat(proxy.passed().get(0).fault()).contains(fault);

    assertThat(send(LONG).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL_REQUEST", "STALL_ANSWER"})
  void what_stalls_runs_into_the_time_limit(Fault fault) {
    proxy.strikeNext(fault);

    assertThatThrownBy(() -> send(SHORT)).isInstanceOf(TransportException.Unknown.class);
    assertThat(reached).hasSize(fault.reachesServer() ? 1 : 0);
  }

  @Test
  void a_500_comes_before_or_after_the_deed() {
    proxy.strikeNext(Fault.FAIL);
    proxy.strikeNext(Fault.FAIL_AFTER);

    assertThat(send(LONG).status()).isEqualTo(500);
    assertThat(reached).isEmpty();
    assertThat(send(LONG).status()).isEqualTo(500);
    assertThat(reached).hasSize(1);
  }

  @Test
  void a_429_says_how_long_to_wait() {
    proxy.strikeNext(Fault.RATE_LIMIT);

    HttpResponse answer = send(LONG);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers().first("retry-after")).contains("7");
    assertThat(reached).isEmpty();
  }

  @Test
  void while_it_refuses_nothing_can_be_sent_and_then_it_is_where_it_was() {
    assertThat(send(LONG).status()).isEqualTo(200);
    proxy.refuse();
    proxy.refuse();
    assertThatThrownBy(() -> send(LONG)).isInstanceOf(TransportException.NotSent.class);

    proxy.accept();
    proxy.accept();

    assertThat(send(LONG).status()).isEqualTo(200);
    assertThat(reached).hasSize(2);
  }

  @Test
  void a_body_in_chunks_is_handed_on() throws IOException {
    String request =
        "POST /v1/charges HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", proxy.baseUrl().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();

      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).endsWith("abcde");
    }
  }

  @Test
  void a_server_that_is_down_is_unknown_to_who_asks_through_it() {
    server.close();

    assertThatThrownBy(() -> send(LONG)).isInstanceOf(TransportException.Unknown.class);
  }

  @Test
  void it_closes_twice() {
    proxy.close();
    proxy.close();

    assertThatThrownBy(() -> send(LONG)).isInstanceOf(TransportException.NotSent.class);
  }
}
