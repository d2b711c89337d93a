package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Call.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds out who calls and what is wanted. Called under the lock of {@link Books}. */
final class Router {
  private static final int MAX_ORDER_KEY = 108;
  private static final Pattern CERTIFICATE =
      Pattern.compile("/v1/notifications/certs/([A-Za-z0-9-]+)");

  private final Tokens tokens;
  private final Webhooks webhooks;
  private final RequestIds keys;
  private final Answers answers;
  private final List<Route> routes;
  private final Map<String, Integer> byEndpoint = new HashMap<>();
  private final Map<String, Integer> byKey = new HashMap<>();

  private record Route(
      String method, String template, Pattern path, Kind kind, Function<Call, HttpResponse> to) {}

  Router(
      Tokens tokens,
      RequestIds keys,
      Answers answers,
      Orders orders,
      Payments payments,
      Webhooks webhooks,
      Registrations registrations,
      Disputes disputes,
      Vault vault) {
    this.tokens = tokens;
    this.webhooks = webhooks;
    this.keys = keys;
    this.answers = answers;
    String order = "/v2/checkout/orders";
    String hold = "/v2/payments/authorizations/{id}";
    String capture = "/v2/payments/captures/{id}";
    String setUps = "/v3/vault/setup-tokens";
    String vaulted = "/v3/vault/payment-tokens";
    String registered = "/v1/notifications/webhooks";
    String events = registered + "-events";
    this.routes =
        List.of(
            route("POST", order, Kind.CREATE_ORDER, orders::create),
            route("GET", order + "/{id}", Kind.OTHER, orders::get),
            route("PATCH", order + "/{id}", Kind.PATCH_ORDER, orders::patch),
            route("POST", order + "/{id}/authorize", Kind.AUTHORIZE_ORDER, orders::authorize),
            route("POST", order + "/{id}/capture", Kind.CAPTURE_ORDER, orders::capture),
            route("GET", hold, Kind.OTHER, payments::getHold),
            route("POST", hold + "/capture", Kind.CAPTURE_HOLD, payments::captureHold),
            route("POST", hold + "/reauthorize", Kind.REAUTHORIZE, payments::reauthorize),
            route("POST", hold + "/void", Kind.VOID, payments::release),
            route("GET", capture, Kind.OTHER, payments::getCapture),
            route("POST", capture + "/refund", Kind.REFUND, payments::refund),
            route("GET", "/v2/payments/refunds/{id}", Kind.OTHER, payments::getRefund),
            route("POST", setUps, Kind.SET_UP, vault::setUp),
            route("GET", setUps + "/{id}", Kind.OTHER, vault::getSetUp),
            route("POST", vaulted, Kind.VAULT, vault::vault),
            route("GET", vaulted, Kind.OTHER, vault::list),
            route("GET", vaulted + "/{id}", Kind.OTHER, vault::get),
            route("DELETE", vaulted + "/{id}", Kind.OTHER, vault::delete),
            route("GET", registered, Kind.OTHER, registrations::list),
            route("POST", registered, Kind.OTHER, registrations::create),
            route("PATCH", registered + "/{id}", Kind.PATCH_WEBHOOK, registrations::update),
            route("GET", registered + "-event-types", Kind.OTHER, registrations::eventTypes),
            route("GET", events, Kind.OTHER, webhooks::list),
            route("GET", events + "/{id}", Kind.OTHER, webhooks::get),
            route(
                "POST", "/v1/notifications/verify-webhook-signature", Kind.OTHER, webhooks::verify),
            route("GET", "/v1/customer/disputes", Kind.OTHER, disputes::list),
            route("GET", "/v1/customer/disputes/{id}", Kind.OTHER, disputes::get));
  }

  private static Route route(
      String method, String template, Kind kind, Function<Call, HttpResponse> to) {
    Pattern path = Pattern.compile(template.replace("{id}", "([A-Za-z0-9-]+)"));
    return new Route(method, template, path, kind, to);
  }

  Map<String, Integer> requestsByEndpoint() {
    return Map.copyOf(byEndpoint);
  }

  Map<String, Integer> requestsByKey() {
    return Map.copyOf(byKey);
  }

  HttpResponse handle(HttpRequest request) {
    String path = request.uri().getPath();
    Matcher certificate = CERTIFICATE.matcher(path);
    if (certificate.matches() && request.method().equals("GET")) {
      count("GET /v1/notifications/certs/{id}");
      return webhooks.certificate(certificate.group(1));
    }
    if (path.equals("/v1/oauth2/token") && request.method().equals("POST")) {
      count("POST /v1/oauth2/token");
      return tokens.grant(request);
    }
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(path);
      if (route.method().equals(request.method()) && matcher.matches()) {
        count(route.method() + " " + route.template());
        return answer(route, request, matcher.groupCount() == 0 ? "" : matcher.group(1));
      }
    }
    return answers.issue(Issue.notFound());
  }

  HttpResponse malformed() {
    return answers.issue(Issue.invalid(Kind.OTHER, "INVALID_STRING_LENGTH", "/"));
  }

  private void count(String endpoint) {
    byEndpoint.merge(endpoint, 1, Integer::sum);
  }

  private HttpResponse answer(Route route, HttpRequest request, String id) {
    Optional<PayPalApp> app = tokens.appOf(request);
    if (app.isEmpty()) {
      return tokens.refused(request);
    }
    try {
      MockResponse.demandNone(route.kind(), app.get(), request);
      Call call = new Call(route.kind(), app.get(), request, id, body(route.kind(), request));
      checkKey(call);
      Optional<HttpResponse> latest = keys.latest(call);
      return latest.isPresent() ? latest.get() : route.to().apply(call);
    } catch (Issue e) {
      return answers.issue(e);
    }
  }

  private void checkKey(Call call) {
    String key = call.key();
    if (key == null) {
      return;
    }
    if (key.isEmpty() || call.kind().isOfOrders() && key.length() > MAX_ORDER_KEY) {
      throw Issue.invalid(call.kind(), "INVALID_STRING_LENGTH", "PayPal-Request-Id");
    }
    byKey.merge(key, 1, Integer::sum);
  }

  private static Fields body(Kind kind, HttpRequest request) {
    byte[] bytes = request.body();
    boolean hasBody = !Set.of("GET", "DELETE").contains(request.method());
    if (hasBody && request.headers().first("content-type").filter(Router::isJson).isEmpty()) {
      throw Issue.unsupportedMedia();
    }
    if (bytes.length == 0) {
      return new Fields(kind, "", Json.object());
    }
    try {
      JsonNode node = Json.read(bytes);
      if (node.isObject() || node.isArray() && kind.isPatch()) {
        return new Fields(kind, "", node);
      }
    } catch (JacksonException e) {
      // Refused below.
    }
    throw Issue.invalid(kind, "MALFORMED_REQUEST_JSON", "/");
  }

  private static boolean isJson(String type) {
    return type.startsWith("application/json");
  }
}
