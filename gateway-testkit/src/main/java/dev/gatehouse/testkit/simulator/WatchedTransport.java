package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The network between one process and the provider. */
final class WatchedTransport implements HttpTransport {
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int SLOW_DOWN = 429;

  private final World world;
  private final Node node;

  WatchedTransport(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    node.demandAlive();
    boolean acts = world.provider.simulated().acts(request);
    if (acts) {
      world.checks.intent(request);
    }
    world.counts.request();
    if (world.interleaveCall()) {
      world.counts.othersStepped();
    }
    if (!world.provider.simulated().verifies(request)) {
      world.requests++;
    }
    world.tell("→ " + world.provider.describe(request));
    world.faults.crash(FaultKind.CRASH_BEFORE_SEND, node);
    if (world.faults.strikes(FaultKind.CONNECTION_REFUSED)) {
      throw new TransportException.NotSent(request, "http.connect", "no connection", null);
    }
    if (world.faults.strikes(FaultKind.RATE_LIMITED)) {
      return answer(SLOW_DOWN, "slow down", HttpHeaders.none().with("retry-after", "3"));
    }
    if (world.faults.strikes(FaultKind.UNAVAILABLE)) {
      return answer(503, "<h1>Maintenance</h1>", HttpHeaders.none());
    }
    if (world.faults.strikes(FaultKind.LOST_REQUEST)) {
      throw timeout(request);
    }
    if (acts && world.faults.strikes(FaultKind.DELAYED_REQUEST)) {
      world.provider.later(request, WAIT.plusMillis(world.random.nextInt(1500)));
      throw timeout(request);
    }
    world.pass(Duration.ofMillis(world.random.nextInt(200)));
    return respond(request, acts, world.provider.handle(request));
  }

  private HttpResponse respond(HttpRequest request, boolean acts, HttpResponse response) {
    // A copy of what the provider put off is put off, too.
    boolean copied = acts && response.status() != SLOW_DOWN;
    if (copied && world.faults.strikes(FaultKind.DUPLICATE_REQUEST)) {
      world.provider.handle(request);
    }
    if (acts) {
      world.webhookBeforeResponse();
    }
    world.interleaveCall();
    world.faults.crash(FaultKind.CRASH_AFTER_PROVIDER_ACTED, node);
    if (world.faults.strikes(FaultKind.LOST_RESPONSE)) {
      throw timeout(request);
    }
    if (world.faults.strikes(FaultKind.BAD_GATEWAY)) {
      return answer(502, "<h1>Bad gateway</h1>", HttpHeaders.none());
    }
    if (world.faults.strikes(FaultKind.TRUNCATED_RESPONSE)) {
      byte[] body = response.body();
      byte[] half = Arrays.copyOf(body, body.length / 2);
      return new HttpResponse(response.status(), response.headers(), half);
    }
    world.tell("← " + response.status());
    return response;
  }

  private TransportException timeout(HttpRequest request) {
    world.pass(WAIT);
    return new TransportException.Unknown(request, "http.timeout", "no complete answer");
  }

  private static HttpResponse answer(int status, String body, HttpHeaders headers) {
    return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    // The provider outlives the process.
  }
}
