package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.FaultProxy;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The way between a hook and its sink: a server on the loopback interface, and before it somebody
 * who breaks connections. Remembers every request that reached the server.
 */
final class HookNetwork implements AutoCloseable {
  private final HookSink sink;
  private final LoopbackServer server;
  private final FaultProxy proxy;
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<Function<HttpRequest, HttpResponse>> instead = Optional.empty();
  private volatile int mostItems;

  HookNetwork(HookSink sink) {
    this.sink = sink;
    this.server = LoopbackServer.start("hook-sink", this::handle, HookNetwork::malformed);
    this.proxy = FaultProxy.before(server.baseUrl());
  }

  private static HttpResponse malformed(GatehouseException e) {
    return answer(413, "", HttpHeaders.none());
  }

  private synchronized HttpResponse handle(HttpRequest request) {
    requests.add(request);
    if (instead.isPresent()) {
      return instead.get().apply(request);
    }
    int before = sink.items().size();
    HttpResponse answer = sink.handle(request);
    mostItems = Math.max(mostItems, sink.items().size() - before);
    return answer;
  }

  URI baseUrl() {
    return proxy.baseUrl();
  }

  /** Every request is answered with this from now on, and the sink hears of none. */
  void answer(Function<HttpRequest, HttpResponse> answer) {
    instead = Optional.of(answer);
  }

  /** Every request is answered with this status and these headers, and the sink hears of none. */
  void answer(int status, String... headers) {
    HttpHeaders all = HttpHeaders.none();
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    HttpResponse response = answer(status, "{}", all);
    answer(request -> response);
  }

  static HttpResponse answer(int status, String body, HttpHeaders headers) {
    return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The sink answers again. */
  void answerNormally() {
    instead = Optional.empty();
    proxy.accept();
  }

  /** The next request meets this. */
  void strikeNext(FaultProxy.Fault fault) {
    proxy.strikeNext(fault);
  }

  /** Nobody can connect until the sink answers again. */
  void refuse() {
    proxy.refuse();
  }

  List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many requests came, whether they reached the server or not. */
  int arrived() {
    return proxy.passed().size();
  }

  /** The most things that the sink took out of one request. */
  int mostItems() {
    return mostItems;
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
