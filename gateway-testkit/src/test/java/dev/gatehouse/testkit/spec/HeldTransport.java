package dev.gatehouse.testkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A door that holds all that goes through it against a description, and keeps what is wrong. If the
 * description is not there, everything passes, and a test that asks what was held is skipped.
 * Thread-safe.
 */
public final class HeldTransport implements HttpTransport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String file;
  private final Optional<ApiSpec> description;
  private final HttpTransport inner;
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Map<String, Exchange> exchanges = new ConcurrentSkipListMap<>();

  /** Around another door, with the description in a file, if that is there. */
  HeldTransport(String file, Optional<ApiSpec> description, HttpTransport inner) {
    this.file = file;
    this.description = description;
    this.inner = inner;
  }

  /** A request that fits the description, and its answer, which does, too. */
  private record Exchange(HttpRequest request, HttpResponse response) {}

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    return description.isPresent()
        ? held(description.get(), request, limit)
        : inner.send(request, limit);
  }

  private HttpResponse held(ApiSpec spec, HttpRequest request, Duration limit) {
    List<String> asked = spec.requestProblems(request);
    problems.addAll(asked);
    HttpResponse response = inner.send(request, limit);
    List<String> told = spec.responseProblems(request, response);
    problems.addAll(told);
    if (asked.isEmpty() && told.isEmpty()) {
      String operation = spec.operationName(request).orElseThrow();
      exchanges.put(operation + " " + response.status(), new Exchange(request, response));
    }
    return response;
  }

  @Override
  public void close() {
    inner.close();
  }

  /** All that was wrong, in order. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** The operations and statuses seen, such as {@code GET /v1/refunds/{refund} 200}. */
  public List<String> seen() {
    spec();
    return List.copyOf(exchanges.keySet());
  }

  /**
   * Breaks one exchange of each operation and status in several ways, and asserts that this is
   * noticed: a description that accepts anything holds nothing.
   */
  public void assertThatWrongOnesAreRejected() {
    ApiSpec spec = spec();
    assertThat(exchanges).as("exchanges that fit").isNotEmpty();
    exchanges.forEach(
        (name, exchange) -> {
          for (HttpRequest wrong : wrongRequests(exchange.request())) {
            assertThat(spec.requestProblems(wrong)).as("wrong request: %s", name).isNotEmpty();
          }
          if (exchange.response().body().length > 0) {
            assertThat(wrongAnswers(exchange.response()))
                .as("wrong answers: %s", name)
                .isNotEmpty()
                .anySatisfy(
                    wrong ->
                        assertThat(spec.responseProblems(exchange.request(), wrong)).isNotEmpty());
            HttpResponse list = with(exchange.response(), "[]");
            assertThat(spec.responseProblems(exchange.request(), list))
                .as("a list as the answer: %s", name)
                .isNotEmpty();
          }
        });
  }

  boolean isHolding() {
    return description.isPresent();
  }

  private ApiSpec spec() {
    Specs.demand(description.isPresent(), file);
    return description.orElseThrow();
  }

  private static List<HttpRequest> wrongRequests(HttpRequest right) {
    List<HttpRequest> wrong = new ArrayList<>();
    String query = right.uri().getRawQuery();
    String more = query == null ? "?surprise=1" : "&surprise=1";
    wrong.add(
        new HttpRequest(
            right.method(), URI.create(right.uri() + more), right.headers(), right.body()));
    if (right.body().length > 0) {
      boolean json = right.body()[0] == '{';
      String body = new String(right.body(), StandardCharsets.UTF_8);
      String broken = json ? "[]" : body + "&surprise=1";
      wrong.add(
          new HttpRequest(
              right.method(),
              right.uri(),
              right.headers(),
              broken.getBytes(StandardCharsets.UTF_8)));
    }
    return wrong;
  }

  /** Each field in turn as something that nothing is: a list of lists. */
  private static List<HttpResponse> wrongAnswers(HttpResponse right) {
    List<HttpResponse> wrong = new ArrayList<>();
    JsonNode body = JSON.readTree(right.body());
    for (String name : body.propertyNames()) {
      ObjectNode copy = (ObjectNode) body.deepCopy();
      copy.putArray(name).addArray();
      wrong.add(with(right, copy.toString()));
    }
    return wrong;
  }

  private static HttpResponse with(HttpResponse response, String body) {
    return new HttpResponse(
        response.status(), response.headers(), body.getBytes(StandardCharsets.UTF_8));
  }
}
