package dev.gatehouse.paypal;

import com.paypal.core.PayPalEnvironment;
import com.paypal.core.PayPalHttpClient;
import com.paypal.http.Encoder;
import com.paypal.http.Headers;
import com.paypal.http.HttpRequest;
import com.paypal.http.HttpResponse;
import com.paypal.http.exceptions.HttpException;
import com.paypal.payments.CaptureRequest;
import com.paypal.payments.Money;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PayPal's Checkout SDK, all of it that is used: its types for what is sent, its encoder for what
 * goes and comes, and its client, whose transport is replaced by the framework's. Not used are its
 * transport (it sends POSTs again by itself, and can't PATCH on Java 17), its token cache (one for
 * the whole process) and its types for answers (they lack {@code custom_id}, by which we know what
 * is ours). Thread-safe.
 */
final class PayPalSdk {
  private static final String JSON = "application/json";
  private static final String DATE = "date";
  private static final String TOKEN_REFUSED = "invalid_token";

  private final PayPalSettings settings;
  private final PayPalTokens tokens;
  private final Client client;
  private volatile boolean closed;

  PayPalSdk(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.tokens = new PayPalTokens(settings, environment);
    this.client = new Client(settings.baseUrl(), environment);
  }

  void close() {
    closed = true;
  }

  /** Makes an order. No money moves by that. */
  Answer createOrder(Map<String, Object> order, String key, Deadline deadline) {
    return post("/v2/checkout/orders", key, order, deadline);
  }

  /** Captures or authorises an order that is approved, or whose source the body names. */
  Answer completeOrder(
      String order, CaptureMode mode, String key, Map<String, Object> body, Deadline deadline) {
    String action =
        switch (mode) {
          case AUTOMATIC -> "/capture";
          case MANUAL -> "/authorize";
        };
    return post("/v2/checkout/orders/" + encoded(order) + action, key, body, deadline);
  }

  /** Captures a hold; the key is also the invoice, so that the capture names its operation. */
  Answer captureHold(
      String hold, org.joda.money.Money amount, boolean isFinal, String key, Deadline deadline) {
    CaptureRequest body =
        new CaptureRequest()
            .amount(
                new Money()
                    .currencyCode(amount.getCurrencyUnit().getCode())
                    .value(PayPalGatewayProvider.MONEY.toDecimal(amount)))
            .invoiceId(PayPalSnapshots.MARK + key)
            .finalCapture(isFinal);
    return post("/v2/payments/authorizations/" + encoded(hold) + "/capture", key, body, deadline);
  }

  /** Holds the money anew, for three days that PayPal vouches for; once, whoever asks. */
  Answer renewHold(String hold, Deadline deadline) {
    String path = "/v2/payments/authorizations/" + encoded(hold) + "/reauthorize";
    return post(path, "renew~" + hold, Map.of(), deadline);
  }

  /** PayPal's description knows no key for this; the second void of a hold is refused anyway. */
  Answer voidHold(String hold, String key, Deadline deadline) {
    String path = "/v2/payments/authorizations/" + encoded(hold) + "/void";
    return act(new Timed(path, "POST", deadline), key);
  }

  /** The SDK's own type lacks {@code custom_id}, by which a refund names its operation. */
  Answer refund(String capture, org.joda.money.Money amount, String key, Deadline deadline) {
    return post(
        "/v2/payments/captures/" + encoded(capture) + "/refund",
        key,
        Map.of("amount", PayPalOrders.money(amount), "custom_id", PayPalSnapshots.MARK + key),
        deadline);
  }

  Answer get(String path, Deadline deadline) {
    return send(new Timed(path, "GET", deadline));
  }

  /** Asks whether a delivery is genuine; the question is sent byte for byte. */
  Answer verify(byte[] question, Deadline deadline) {
    Timed request = new Timed("/v1/notifications/verify-webhook-signature", "POST", deadline);
    request.raw = question;
    request.header("Content-Type", JSON);
    return send(request);
  }

  /** Makes or changes a webhook; neither knows a request id. */
  Answer webhook(String verb, String path, Object body, Deadline deadline) {
    Timed request = new Timed(path, verb, deadline);
    request.requestBody(body).header("Content-Type", JSON);
    return send(request);
  }

  Answer delete(String path, String key, Deadline deadline) {
    return act(new Timed(path, "DELETE", deadline), key);
  }

  Answer post(String path, String key, Object body, Deadline deadline) {
    Timed request = new Timed(path, "POST", deadline);
    request.requestBody(body);
    return act(request, key);
  }

  private Answer act(Timed request, String key) {
    request
        .header("Content-Type", JSON)
        .header("Prefer", "return=representation")
        .header("PayPal-Request-Id", key);
    try {
      return send(request);
    } catch (Node.Unreadable e) {
      return new Answer.Unsure(PayPalErrors.unreadable(e));
    }
  }

  /**
   * Sends with a token. A token that PayPal no longer takes is renewed once: the first request was
   * refused before anything else was looked at, and the second has the same key.
   */
  private Answer send(Timed request) {
    if (closed) {
      return refused(ErrorCategory.NOT_SENT, "gateway.closed", "the gateway is closed");
    }
    try {
      String token = tokens.get(request.deadline);
      Answer first = sent(request, token);
      if (!(first instanceof Answer.Refused refused)
          || !refused.failure().code().equals(TOKEN_REFUSED)) {
        return named(first);
      }
      tokens.forget(token);
      return named(sent(request, tokens.get(request.deadline)));
    } catch (PayPalTokens.None e) {
      return new Answer.Refused(e.failure());
    }
  }

  /** A refusal of who we are says which settings say so. */
  private Answer named(Answer answer) {
    if (!(answer instanceof Answer.Refused refused)
        || refused.failure().category() != ErrorCategory.AUTHENTICATION) {
      return answer;
    }
    Failure failure = refused.failure();
    String where = failure.message() + "; see " + settings.credentials();
    return refused(failure.category(), failure.code(), where);
  }

  @SuppressWarnings("rawtypes")
  private Answer sent(Timed request, String token) {
    request.header("Authorization", "Bearer " + token);
    try {
      HttpResponse<Map> response = client.execute(request);
      Map<?, ?> body = response.result();
      Optional<Instant> date =
          Optional.ofNullable(response.headers().header(DATE)).flatMap(PayPalSdk::date);
      Node said = body == null ? Node.empty() : new Node(body);
      return new Answer.Done(response.statusCode(), said, date);
    } catch (TransportException.NotSent e) {
      return new Answer.Refused(PayPalErrors.transport(e));
    } catch (TransportException e) {
      return new Answer.Unsure(PayPalErrors.transport(e));
    } catch (NoSuccess e) {
      return of(e.response());
    } catch (NeverSent e) {
      return refused(ErrorCategory.VALIDATION, "request.malformed", "the request can't be sent");
    } catch (IOException e) {
      return new Answer.Unsure(
          PayPalErrors.unknown("answer.unreadable", "PayPal's answer can't be read"));
    }
  }

  private static Answer of(dev.gatehouse.http.HttpResponse response) {
    try {
      Node body = readable(response) ? read(response.body()) : Node.empty();
      boolean isTokenRefused =
          body.optional("error").filter(TOKEN_REFUSED::equals).isPresent()
              || body.optional("name").filter("AUTHENTICATION_FAILURE"::equals).isPresent();
      return response.status() == 401 && isTokenRefused
          ? refused(
              ErrorCategory.AUTHENTICATION,
              TOKEN_REFUSED,
              "PayPal did not take its access token" + PayPalErrors.debugId(response, body))
          : dated(PayPalErrors.of(response, body), response);
    } catch (Node.Unreadable e) {
      return new Answer.Unsure(PayPalErrors.unreadable(response, Node.empty()));
    }
  }

  private static Answer dated(Answer answer, dev.gatehouse.http.HttpResponse response) {
    return answer instanceof Answer.Declined declined
        ? new Answer.Declined(
            declined.decline(),
            declined.page(),
            response.headers().first(DATE).flatMap(PayPalSdk::date))
        : answer;
  }

  private static Answer refused(ErrorCategory category, String code, String message) {
    return new Answer.Refused(Failure.of(category, code, message));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /** Reads one JSON object that is nested within bounds, or throws {@link Node.Unreadable}. */
  static Node read(byte[] json) {
    try {
      Map<?, ?> map = decoded(json);
      if (map != null) {
        return new Node(map);
      }
    } catch (IOException | RuntimeException e) {
      // Not passed on: what a parser says may quote what it read.
    }
    throw new Node.Unreadable("body");
  }

  private static Map<?, ?> decoded(byte[] json) throws IOException {
    if (!PlainJson.isPlain(json)) {
      throw new IOException("no plain JSON");
    }
    Headers headers = new Headers().header("content-type", JSON);
    return new Encoder().deserializeResponse(new ByteArrayInputStream(json), Map.class, headers);
  }

  private static boolean readable(dev.gatehouse.http.HttpResponse response) {
    return response.headers().first("content-type").filter(t -> t.startsWith(JSON)).isPresent();
  }

  /** A request of the SDK with the time that is left for it. */
  @SuppressWarnings("rawtypes")
  private static final class Timed extends HttpRequest<Map> {
    private final Deadline deadline;

    /** The body, where the SDK must not write it. */
    private byte @Nullable [] raw;

    Timed(String path, String verb, Deadline deadline) {
      super(path, verb, Map.class);
      this.deadline = deadline;
    }
  }

  /** PayPal, or somebody on the way, answered with another status than success. */
  private static final class NoSuccess extends HttpException {
    private static final long serialVersionUID = 1L;
    private final transient dev.gatehouse.http.HttpResponse response;

    NoSuccess(dev.gatehouse.http.HttpResponse response) {
      // Without the body, which is what the SDK would put here: it may hold anything.
      super("status " + response.status(), response.status(), new Headers());
      this.response = response;
    }

    dev.gatehouse.http.HttpResponse response() {
      return response;
    }
  }

  /** The request is none that can be sent. */
  private static final class NeverSent extends IOException {
    private static final long serialVersionUID = 1L;

    NeverSent() {
      super("the request is malformed");
    }
  }

  /** What the SDK answers with. */
  private static final class Result<T> extends HttpResponse<T> {
    Result(dev.gatehouse.http.HttpResponse response, T result) {
      super(dated(response), response.status(), result);
    }

    private static Headers dated(dev.gatehouse.http.HttpResponse response) {
      Headers headers = new Headers();
      response.headers().first(DATE).ifPresent(date -> headers.header(DATE, date));
      return headers;
    }
  }

  /** The SDK's client on the framework's door. */
  private static final class Client extends PayPalHttpClient {
    private final URI baseUrl;
    private final GatewayEnvironment environment;

    Client(URI baseUrl, GatewayEnvironment environment) {
      // Its credentials are for its own token cache.
      super(new PayPalEnvironment("", "", baseUrl.toString(), baseUrl.toString()));
      this.baseUrl = baseUrl;
      this.environment = environment;
    }

    /** One request at most, within its time, whatever the SDK would have done. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> HttpResponse<T> execute(HttpRequest<T> request) throws IOException {
      if (!(request instanceof Timed timed)) {
        throw new NeverSent();
      }
      dev.gatehouse.http.HttpRequest ours = ours(timed);
      var response = environment.http().send(ours, timed.deadline);
      int status = response.status();
      if (status < 200 || status > 299) {
        throw new NoSuccess(response);
      }
      if (response.body().length == 0) {
        return new Result<>(response, (T) new HashMap<String, Object>());
      }
      if (!readable(response)) {
        throw new IOException("no JSON");
      }
      return new Result<>(response, (T) read(response.body()).fields());
    }

    private dev.gatehouse.http.HttpRequest ours(Timed request) throws IOException {
      HttpHeaders headers = HttpHeaders.none().with("accept", JSON);
      for (String name : request.headers()) {
        headers = headers.with(name, request.headers().header(name));
      }
      byte[] body = request.raw;
      if (body == null) {
        body = request.requestBody() == null ? new byte[0] : getEncoder().serializeRequest(request);
      }
      try {
        URI uri = URI.create(baseUrl + request.path());
        return new dev.gatehouse.http.HttpRequest(request.verb(), uri, headers, body);
      } catch (GatehouseException | IllegalArgumentException e) {
        throw new NeverSent();
      }
    }
  }

  @Override
  public String toString() {
    return "PayPalSdk[" + settings.baseUrl() + "]";
  }
}
