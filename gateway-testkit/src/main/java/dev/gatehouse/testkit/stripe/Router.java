package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out who calls and what is wanted. Called under the lock of {@link Desk}. */
final class Router {
  private static final int MAX_KEY = 255;
  private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
  private static final Pattern PATH =
      Pattern.compile("/v1/((?:checkout/)?[a-z_]+)(?:/([A-Za-z0-9_-]+)(?:/([a-z]+))?)?");

  private final Desk desk;
  private final IntentCalls intents;
  private final RefundCalls refunds;
  private final SessionCalls sessions;
  private final EndpointCalls endpoints;
  private final SetUps setUps;
  private final CustomerCalls customers;
  private final Lists lists;
  private final Keys keys;
  private final Map<String, Integer> byEndpoint = new TreeMap<>();
  private final Map<String, Integer> byKey = new TreeMap<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();

  /** What goes wrong at Stripe's at the next write. */
  enum Trouble {
    /** Too many requests: nothing is done. */
    RATE_LIMIT,
    /** A 500, and nothing was done. */
    BEFORE_EFFECT,
    /** A 500, though it was done. */
    AFTER_EFFECT
  }

  /** What a path names; {@code id} is empty for a collection. */
  private record Target(String template, String id) {}

  Router(
      Desk desk,
      IntentCalls intents,
      RefundCalls refunds,
      SessionCalls sessions,
      EndpointCalls endpoints,
      SetUps setUps,
      Lists lists,
      Keys keys) {
    this.desk = desk;
    this.intents = intents;
    this.refunds = refunds;
    this.sessions = sessions;
    this.endpoints = endpoints;
    this.setUps = setUps;
    this.customers = new CustomerCalls(desk);
    this.lists = lists;
    this.keys = keys;
  }

  void trouble(Trouble next) {
    troubles.add(next);
  }

  Map<String, Integer> requestsByEndpoint() {
    return byEndpoint;
  }

  Map<String, Integer> requestsByKey() {
    return byKey;
  }

  HttpResponse handle(HttpRequest request) {
    String id = desk.id("req");
    Optional<String> key = request.headers().first("idempotency-key");
    HttpResponse answer;
    try {
      desk.causedBy(id, key.orElse(null));
      answer = answer(request, key);
    } catch (ApiError e) {
      answer = e.response();
    } finally {
      desk.causedBy(null, null);
    }
    HttpHeaders headers =
        answer
            .headers()
            .with("date", DATE.format(desk.now().atZone(ZoneOffset.UTC)))
            .with("request-id", id)
            .with("stripe-version", version(request));
    return new HttpResponse(
        answer.status(),
        key.map(text -> headers.with("idempotency-key", text)).orElse(headers),
        answer.body());
  }

  private static String version(HttpRequest request) {
    return request.headers().first("stripe-version").orElse(StripeEmulator.API_VERSION);
  }

  private HttpResponse answer(HttpRequest request, Optional<String> key) {
    Target target = target(request);
    byEndpoint.merge(request.method() + " " + target.template(), 1, Integer::sum);
    StripeAccount account = authenticated(request);
    Params params = Params.of(request);
    return switch (request.method()) {
      case "GET" -> Json.response(200, read(account, target, request, params));
      case "POST" -> write(account, target, request, params, key);
      default -> throw ApiError.noSuchPath(request.method(), request.uri().getPath());
    };
  }

  private static Target target(HttpRequest request) {
    String path = request.uri().getPath();
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw ApiError.noSuchPath(request.method(), path);
    }
    String id = parts.group(2);
    if (id == null || id.equals("search")) {
      return new Target(path, "");
    }
    String rest = parts.group(3) == null ? "" : "/" + parts.group(3);
    return new Target("/v1/" + parts.group(1) + "/{id}" + rest, id);
  }

  /** The key comes as a bearer token, or as the user name of basic authentication. */
  private StripeAccount authenticated(HttpRequest request) {
    String header = request.headers().first("authorization").orElse("");
    String given = "";
    if (header.startsWith("Bearer ")) {
      given = header.substring(7);
    } else if (header.startsWith("Basic ")) {
      given = userName(header.substring(6));
    }
    for (StripeAccount account : desk.accounts()) {
      if (MessageDigest.isEqual(bytes(account.secretKey()), bytes(given))) {
        demandGood(request);
        return account;
      }
    }
    throw ApiError.unauthorized(
        given.isEmpty()
            ? "You did not provide an API key."
            : "Invalid API Key provided: " + given.replaceAll("(?<=.{8}).(?=.{4})", "*"));
  }

  private void demandGood(HttpRequest request) {
    switch (desk.keyState()) {
      case GOOD -> {
        // As it was made.
      }
      case REVOKED -> throw ApiError.expiredKey();
      case READS_ONLY -> {
        if (!request.method().equals("GET")) {
          throw ApiError.forbidden();
        }
      }
    }
  }

  private static String userName(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)
          .split(":", 2)[0];
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode read(
      StripeAccount account, Target target, HttpRequest request, Params params) {
    return switch (target.template()) {
      case "/v1/payment_intents" -> lists.intents(account, params);
      case "/v1/payment_intents/search" -> lists.search(account, params);
      case "/v1/setup_intents" -> lists.setUps(account, params);
      case "/v1/customers" -> lists.customers(account, params);
      case "/v1/charges" -> lists.charges(account, params);
      case "/v1/refunds" -> lists.refunds(account, params);
      case "/v1/disputes" -> lists.disputes(account, params);
      case "/v1/checkout/sessions" -> lists.sessions(account, params);
      case "/v1/webhook_endpoints" -> endpoints.list(account, params);
      case "/v1/events" -> lists.events(account, params);
      default -> one(account, target, request, params);
    };
  }

  private ObjectNode one(StripeAccount account, Target target, HttpRequest request, Params params) {
    Expand expand = params.expand();
    params.done();
    String id = target.id();
    ObjectNode view =
        switch (target.template()) {
          case "/v1/payment_intents/{id}" -> Views.intent(desk.intent(account, id), expand);
          case "/v1/setup_intents/{id}" -> SetUpViews.setUp(desk.setUp(account, id), expand);
          case "/v1/customers/{id}" -> SetUpViews.customer(desk.customerEver(account, id));
          case "/v1/charges/{id}" -> Views.charge(desk.charge(account, id), expand);
          case "/v1/checkout/sessions/{id}" ->
              SessionViews.session(desk.session(account, id), expand);
          case "/v1/webhook_endpoints/{id}" -> endpoints.one(account, id);
          case "/v1/refunds/{id}" -> MoneyViews.refund(desk.refund(account, id), expand);
          case "/v1/disputes/{id}" -> MoneyViews.dispute(desk.dispute(account, id), expand);
          case "/v1/balance_transactions/{id}" ->
              MoneyViews.ofCharge(desk.chargeBooked(account, id), id);
          case "/v1/payment_methods/{id}" -> Views.method(desk.method(account, id));
          default -> throw ApiError.noSuchPath("GET", request.uri().getPath());
        };
    expand.done();
    return view;
  }

  private HttpResponse write(
      StripeAccount account,
      Target target,
      HttpRequest request,
      Params params,
      Optional<String> key) {
    if (key.filter(text -> text.isEmpty() || text.length() > MAX_KEY).isPresent()) {
      throw ApiError.parameter(null, "idempotency_key", "A key has 1 to 255 characters.");
    }
    key.ifPresent(text -> byKey.merge(text, 1, Integer::sum));
    Trouble trouble = troubles.poll();
    if (trouble == Trouble.RATE_LIMIT) {
      HttpResponse limited = ApiError.rateLimit().response();
      return new HttpResponse(429, limited.headers().with("retry-after", "1"), limited.body());
    }
    Optional<HttpResponse> known = key.flatMap(k -> keys.answerOf(account, k, request, params));
    if (known.isPresent()) {
      return known.get();
    }
    HttpResponse answer;
    boolean executed = true;
    try {
      answer = execute(account, target, request, params, key.orElse(null), trouble);
    } catch (ApiError e) {
      answer = e.response();
      executed = e.executed();
    }
    if (executed && key.isPresent()) {
      keys.keep(account, key.get(), request, params, answer);
    }
    return answer;
  }

  private HttpResponse execute(
      StripeAccount account,
      Target target,
      HttpRequest request,
      Params params,
      @Nullable String key,
      @Nullable Trouble trouble) {
    if (trouble == Trouble.BEFORE_EFFECT) {
      throw ApiError.server();
    }
    HttpResponse answer = Json.response(200, change(account, target, request, params, key));
    if (trouble == Trouble.AFTER_EFFECT) {
      throw ApiError.server();
    }
    return answer;
  }

  private ObjectNode change(
      StripeAccount account,
      Target target,
      HttpRequest request,
      Params params,
      @Nullable String key) {
    String id = target.id();
    return switch (target.template()) {
      case "/v1/payment_intents" -> intents.create(account, base(request), params, key);
      case "/v1/payment_intents/{id}" -> intents.update(account, id, params);
      case "/v1/payment_intents/{id}/confirm" -> intents.confirm(account, id, params, key);
      case "/v1/payment_intents/{id}/capture" -> intents.capture(account, id, params, key);
      case "/v1/payment_intents/{id}/cancel" -> intents.cancel(account, id, params, key);
      case "/v1/checkout/sessions" -> sessions.create(account, base(request), params, key);
      case "/v1/checkout/sessions/{id}/expire" -> sessions.expire(account, id, params);
      case "/v1/webhook_endpoints" -> endpoints.create(account, params);
      case "/v1/webhook_endpoints/{id}" -> endpoints.update(account, id, params);
      case "/v1/refunds" -> refunds.create(account, params, key);
      case "/v1/customers" -> customers.create(account, params);
      case "/v1/setup_intents" -> setUps.create(account, base(request), params, key);
      case "/v1/payment_methods/{id}/detach" -> customers.detach(account, id, params);
      default -> throw ApiError.noSuchPath("POST", request.uri().getPath());
    };
  }

  private static String base(HttpRequest request) {
    return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
  }
}
