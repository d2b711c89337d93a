package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One call after another through one transport; run by {@link TransportMeasurement}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TransportBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Param("JDK")
  public Candidate candidate;

  /** Where the {@link LoopbackServer} is. */
  @Param("")
  public String server;

  private HttpTransport transport;
  private HttpRequest request;

  @Setup
  public void open() {
    transport = candidate.open(HttpOptions.defaults());
    request = charge(server);
  }

  @TearDown
  public void close() {
    transport.close();
  }

  @Benchmark
  public HttpResponse call() {
    HttpResponse answer = transport.send(request, LIMIT);
    if (answer.status() != 200) {
      throw new IllegalStateException("status " + answer.status());
    }
    return answer;
  }

  static HttpRequest charge(String uri) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("Authorization", "Bearer sk_test_nobody")
            .with("Content-Type", "application/x-www-form-urlencoded")
            .with("Idempotency-Key", "pay_0123456789-charge-1")
            .with("Accept", "application/json")
            .with("User-Agent", "gatehouse");
    String body =
        "amount=1299&currency=eur&confirm=true&payment_method=pm_card_visa&capture_method=manual"
            + "&description=Order+4711&metadata%5Bpayment%5D=pay_0123456789"
            + "&metadata%5Bcheckout%5D=co_0123456789";
    return new HttpRequest("POST", URI.create(uri), headers, body.getBytes(UTF_8));
  }
}
