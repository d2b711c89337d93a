package dev.gatehouse.stripe;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.stripe.StripeClient;
import com.stripe.net.HttpClient;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One call of the gateway: Stripe's SDK on the framework's door, with the time that is left for all
 * of its requests. The SDK neither retries nor reports on itself, whatever its statics say.
 */
final class StripeCall extends HttpClient {
  private static final String AGENT = "Gatehouse stripe-java/" + com.stripe.Stripe.VERSION;
  private static final long LONGEST_WAIT_SECONDS = 86_400;

  /** What Stripe needs to hear; in particular not the telemetry of earlier requests. */
  private static final Set<String> HEADERS =
      Set.of("authorization", "idempotency-key", "stripe-version", "stripe-account");

  private final GatewayEnvironment environment;
  private final StripeClient client;
  private final Deadline deadline;
  private Optional<Duration> retryAfter = Optional.empty();
  private Optional<String> date = Optional.empty();

  StripeCall(StripeSettings settings, GatewayEnvironment environment) {
    this.environment = environment;
    this.deadline = environment.deadline();
    this.client =
        StripeClient.builder()
            .setApiKey(settings.secretKey().reveal())
            .setApiBase(settings.baseUrl().toString())
            .setMaxNetworkRetries(0)
            .setHttpClient(this)
            .build();
  }

  /** Stripe's client for this call. */
  StripeClient client() {
    return client;
  }

  /** Whose call it is, for messages. */
  GatewayInstanceId instance() {
    return environment.instance();
  }

  /** How much of its time is left. */
  Duration left() {
    return deadline.left();
  }

  /** How long the last answer asks us to wait. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** When the last answer was given, by Stripe's clock; ours may be wrong. */
  Optional<Instant> date() {
    return date.flatMap(StripeCall::date);
  }

  /** The same key goes with the request each time that it is sent. */
  static RequestOptions under(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  @Override
  public StripeResponse request(StripeRequest request) {
    HttpRequest asked = translated(request);
    HttpResponse response = environment.http().send(asked, deadline);
    retryAfter = retryAfter(response);
    date = response.headers().first("date");
    String body = response.bodyAsUtf8();
    if (!body.stripLeading().startsWith("{")) {
      // The SDK stumbles over an empty body, whatever its status.
      throw Unreadable.in("body");
    }
    if (response.status() < 300 && !isOfStripe(body)) {
      throw Unreadable.in("object");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeaders.Field field : response.headers().fields()) {
      headers.put(field.name(), response.headers().all(field.name()));
    }
    return new StripeResponse(response.status(), com.stripe.net.HttpHeaders.of(headers), body);
  }

  /**
   * Each object of Stripe's says what it is; the SDK stumbles over some that do not. It says so at
   * its beginning, so that hardly anything is read twice.
   */
  private static boolean isOfStripe(String body) {
    try (JsonReader answer = new JsonReader(new StringReader(body))) {
      answer.beginObject();
      while (answer.hasNext()) {
        if (answer.nextName().equals("object")) {
          return answer.peek() == JsonToken.STRING;
        }
        answer.skipValue();
      }
      return false;
    } catch (IOException | IllegalStateException e) {
      // What is cut off the SDK refuses by itself.
      return true;
    }
  }

  @Override
  public StripeResponse requestWithRetries(StripeRequest request) {
    return request(request);
  }

  private static HttpRequest translated(StripeRequest request) {
    HttpHeaders headers =
        HttpHeaders.none().with("Accept", "application/json").with("User-Agent", AGENT);
    for (Map.Entry<String, List<String>> field : request.headers().map().entrySet()) {
      Optional<String> name = known(field.getKey());
      for (String value : name.isPresent() ? field.getValue() : List.<String>of()) {
        headers = headers.with(name.get(), value);
      }
    }
    byte[] body = new byte[0];
    if (request.content() != null) {
      String form = new String(request.content().byteArrayContent(), StandardCharsets.UTF_8);
      body = StripeIndexes.plain(form).getBytes(StandardCharsets.UTF_8);
      headers = headers.with("Content-Type", request.content().contentType());
    }
    String url =
        StripeIndexes.plain(request.url().toString()).replace("[", "%5B").replace("]", "%5D");
    return new HttpRequest(request.method().name(), URI.create(url), headers, body);
  }

  /**
   * The SDK looks its headers up in the small letters of the server's language: where that is
   * Turkish, it does not find its own Idempotency-Key.
   */
  private static Optional<String> known(String header) {
    return HEADERS.stream().filter(header::equalsIgnoreCase).findFirst();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse response) {
    return response
        .headers()
        .first("retry-after")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)));
  }
}
