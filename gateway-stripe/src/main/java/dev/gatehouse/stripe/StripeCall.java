package dev.gatehouse.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeObject;
import com.stripe.net.ApiMode;
import com.stripe.net.ApiRequest;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.BaseAddress;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponseGetter;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of the gateway: Stripe's SDK on the framework's door, with the time that is left for all
 * of its requests. The SDK says what to ask for, and this asks: there are neither retries nor
 * reports, and the SDK's statics do not matter.
 */
final class StripeCall implements StripeResponseGetter {
  private static final String AGENT = "Gatehouse stripe-java/" + com.stripe.Stripe.VERSION;
  private static final long LONGEST_WAIT_SECONDS = 86_400;

  private final StripeSettings settings;
  private final GatewayEnvironment environment;
  private final StripeClient client = new StripeClient(this);
  private final Deadline deadline;
  private HttpHeaders answered = HttpHeaders.none();

  StripeCall(StripeSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.deadline = environment.deadline();
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
    return answered
        .first("retry-after")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)));
  }

  /** When the last answer was given, by Stripe's clock; ours may be wrong. */
  Optional<Instant> date() {
    return answered.first("date").flatMap(StripeCall::date);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The same key goes with the request each time that it is sent. */
  static RequestOptions under(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  @Override
  public <T extends StripeObject> T request(ApiRequest asked, Type type) throws StripeException {
    HttpResponse response = environment.http().send(written(asked), deadline);
    answered = response.headers();
    return StripeAnswer.read(asked, type, response);
  }

  private HttpRequest written(ApiRequest asked) {
    RequestOptions options =
        Objects.requireNonNullElseGet(asked.getOptions(), RequestOptions::getDefault);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Accept", List.of("application/json"));
    headers.put("User-Agent", List.of(AGENT));
    headers.put("stripe-version", List.of(options.getStripeVersion()));
    headers.put("authorization", List.of("Bearer " + settings.secretKey().reveal()));
    String address = settings.baseUrl() + asked.getPath();
    String form = StripeForm.of(asked.getParams());
    if (asked.getMethod() != RequestMethod.POST) {
      return request(asked, form.isEmpty() ? address : address + "?" + form, headers, "");
    }
    headers.put("idempotency-key", List.of(key(options)));
    headers.put("Content-Type", List.of("application/x-www-form-urlencoded;charset=UTF-8"));
    return request(asked, address, headers, form);
  }

  private static HttpRequest request(
      ApiRequest asked, String address, Map<String, List<String>> headers, String body) {
    URI uri = URI.create(address.replace("[", "%5B").replace("]", "%5D"));
    return new HttpRequest(
        asked.getMethod().name(),
        uri,
        HttpHeaders.of(headers),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** What is sent just once has a key as well, as the SDK has it. */
  private static String key(RequestOptions options) {
    String key = options.getIdempotencyKey();
    return key == null ? UUID.randomUUID().toString() : key;
  }

  @Override
  @Deprecated
  public <T extends StripeObject> T request(
      BaseAddress address,
      RequestMethod method,
      String path,
      Map<String, Object> params,
      Type type,
      RequestOptions options,
      ApiMode mode)
      throws StripeException {
    return request(new ApiRequest(address, method, path, params, options), type);
  }

  @Override
  @Deprecated
  public InputStream requestStream(
      BaseAddress address,
      RequestMethod method,
      String path,
      @Nullable Map<String, Object> params,
      RequestOptions options,
      ApiMode mode) {
    throw new UnsupportedOperationException("nothing of ours is a stream");
  }
}
