package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.HostedPage;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds out who calls and what is wanted. Called under the lock of {@link Books}. */
final class Router {
  private static final int MAX_BODY = LoopbackServer.MAX_BODY;
  private static final int MAX_KEY = 255;
  private static final Pattern PATH =
      Pattern.compile("/v1/([a-z]+)(?:/([A-Za-z0-9_-]+)(?:/([a-z]+))?)?");

  private final Books books;
  private final Api api;
  private final Lists lists;
  private final dev.gatehouse.testkit.emulator.Router pages =
      new dev.gatehouse.testkit.emulator.Router(e -> ApiError.notFound("page").response());
  private final Keys keys;
  private final Set<String> slowedDown = new HashSet<>();
  private final Map<String, Integer> byEndpoint = new HashMap<>();
  private final Map<String, Integer> byKey = new HashMap<>();

  /** What is wanted: the path with {@code {id}} for the id, and the id. */
  private record Target(String template, String id) {}

  Router(Books books, Api api, ActionPage page) {
    this.books = books;
    this.api = api;
    new HostedPage("Reference provider", page).on(pages, "/actions/{id}");
    this.lists = new Lists(books);
    this.keys = new Keys(books);
  }

  Map<String, Integer> requestsByEndpoint() {
    return Map.copyOf(byEndpoint);
  }

  Map<String, Integer> requestsByKey() {
    return Map.copyOf(byKey);
  }

  HttpResponse handle(HttpRequest request) {
    String path = request.uri().getPath();
    if (path.startsWith("/actions/")) {
      count(request.method() + " /actions/{id}");
      return pages.handle(request);
    }
    try {
      Target target = target(path);
      count(request.method() + " " + target.template());
      ReferenceAccount account = authenticated(request);
      return switch (request.method()) {
        case "GET" -> read(account, target, request);
        case "POST" -> write(account, target, request);
        default -> throw new ApiError(405, "invalid_request", "method", "Use GET or POST.");
      };
    } catch (ApiError e) {
      return e.response();
    }
  }

  private void count(String endpoint) {
    byEndpoint.merge(endpoint, 1, Integer::sum);
  }

  private static Target target(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw ApiError.notFound("endpoint");
    }
    if (parts.group(2) == null) {
      return new Target("/v1/" + parts.group(1), "");
    }
    String rest = parts.group(3) == null ? "" : "/" + parts.group(3);
    return new Target("/v1/" + parts.group(1) + "/{id}" + rest, parts.group(2));
  }

  private ReferenceAccount authenticated(HttpRequest request) {
    byte[] given =
        request.headers().first("authorization").orElse("").getBytes(StandardCharsets.UTF_8);
    for (ReferenceAccount account : books.accounts()) {
      byte[] wanted = ("Bearer " + account.secretKey()).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(given, wanted)) {
        return account;
      }
    }
    throw new ApiError(401, "authentication", "bad_api_key", "The API key is missing or wrong.");
  }

  private HttpResponse read(ReferenceAccount account, Target target, HttpRequest request) {
    return switch (target.template()) {
      case "/v1/charges" -> lists.charges(account, request.uri(), false);
      case "/v1/charges/{id}" -> Json.response(200, books.json(books.charge(account, target.id())));
      case "/v1/setups" -> lists.charges(account, request.uri(), true);
      case "/v1/setups/{id}" -> Json.response(200, books.json(books.setUp(account, target.id())));
      case "/v1/events" -> lists.events(account, request.uri());
      default -> throw ApiError.notFound("endpoint");
    };
  }

  private HttpResponse write(ReferenceAccount account, Target target, HttpRequest request) {
    String key = request.headers().first("idempotency-key").orElse("");
    if (key.isEmpty() || key.length() > MAX_KEY) {
      throw ApiError.invalid("idempotency_key", "A key of 1 to " + MAX_KEY + " is wanted.");
    }
    byKey.merge(key, 1, Integer::sum);
    JsonNode body = body(request);
    String path = request.uri().getPath();
    Optional<HttpResponse> known = keys.answerOf(account, key, path, body);
    if (known.isPresent()) {
      return known.get();
    }
    if (mustSlowDown(account, key, body)) {
      ApiError refusal = new ApiError(429, "rate_limited", "too_many", "Too many requests.");
      HttpResponse answer = refusal.response();
      return new HttpResponse(429, answer.headers().with("retry-after", "1"), answer.body());
    }
    HttpResponse answer = execute(account, target, request, new Fields(body), key);
    keys.keep(account, key, path, body, answer);
    return answer;
  }

  private HttpResponse execute(
      ReferenceAccount account, Target target, HttpRequest request, Fields body, String key) {
    try {
      return switch (target.template()) {
        case "/v1/charges" -> api.createCharge(account, request, body, key);
        case "/v1/setups" -> api.createSetUp(account, request, body, key);
        case "/v1/methods/{id}/remove" -> api.remove(account, target.id(), body);
        case "/v1/charges/{id}/complete", "/v1/setups/{id}/complete" ->
            api.complete(account, target.id(), body, key);
        case "/v1/authorizations/{id}/captures" -> api.capture(account, target.id(), body, key);
        case "/v1/authorizations/{id}/void" -> api.release(account, target.id(), body, key);
        case "/v1/captures/{id}/refunds" -> api.refund(account, target.id(), body, key);
        default -> throw ApiError.notFound("endpoint");
      };
    } catch (ApiError e) {
      return e.response();
    }
  }

  private boolean mustSlowDown(ReferenceAccount account, String key, JsonNode body) {
    JsonNode token = body.path("payment_method").path("token");
    return token.isString()
        && token.stringValue().equals(TestToken.RATE_LIMITED_ONCE.value())
        && slowedDown.add(account.id() + "\n" + key);
  }

  private static JsonNode body(HttpRequest request) {
    byte[] bytes = request.body();
    if (bytes.length > MAX_BODY) {
      throw new ApiError(413, "invalid_request", "too_large", "The body is too large.");
    }
    try {
      JsonNode node = Json.read(bytes);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      // Refused below.
    }
    throw ApiError.invalid("body", "A JSON object is wanted.");
  }
}
