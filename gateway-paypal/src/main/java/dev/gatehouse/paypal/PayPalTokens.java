package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one instance, renewed in time and by one caller only. Whoever gets no token
 * has sent nothing: no request of theirs has left. Thread-safe.
 */
final class PayPalTokens {
  /** A token that ends sooner is renewed; a request with it might come too late. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** PayPal's tokens live some hours; a life of more than this is none. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final byte[] FORM =
      "grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII);

  private final PayPalSettings settings;
  private final GatewayEnvironment environment;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Token current;

  /** How often a token was asked for, and what became of the last time if there was none. */
  private volatile Asked asked = new Asked(0, null);

  private record Asked(long times, @Nullable None failure) {}

  private record Token(String value, Instant until) {
    @Override
    public String toString() {
      return "Token[until " + until + "]";
    }
  }

  /** There is no token now. Nothing was sent with one. */
  static final class None extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    None(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  PayPalTokens(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  String get(Deadline deadline) throws None {
    Token known = usable();
    if (known != null) {
      return known.value();
    }
    long before = asked.times();
    demandLock(deadline);
    try {
      Token renewed = usable();
      if (renewed == null) {
        demandNotAskedSince(before);
        renewed = fetched(deadline);
        current = renewed;
      }
      return renewed.value();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waited while somebody asked in vain shares the answer, and does not ask again. */
  private void demandNotAskedSince(long before) throws None {
    Asked last = asked;
    if (last.times() > before && last.failure() != null) {
      throw last.failure();
    }
  }

  private Token fetched(Deadline deadline) throws None {
    long times = asked.times() + 1;
    try {
      Token token = fetch(deadline);
      asked = new Asked(times, null);
      return token;
    } catch (None e) {
      asked = new Asked(times, e);
      throw e;
    }
  }

  /** PayPal no longer takes this one. */
  void forget(String value) {
    Token known = current;
    if (known != null && known.value().equals(value)) {
      current = null;
    }
  }

  private @Nullable Token usable() {
    Token known = current;
    boolean fresh = known != null && environment.clock().instant().isBefore(known.until());
    return fresh ? known : null;
  }

  private void demandLock(Deadline deadline) throws None {
    try {
      if (!lock.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new None(notSent("token.timeout", "no time was left for an access token"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new None(notSent("token.interrupted", "interrupted while waiting for a token"));
    }
  }

  private Token fetch(Deadline deadline) throws None {
    Instant asked = environment.clock().instant();
    try {
      HttpResponse response = environment.http().send(request(), deadline);
      if (response.status() != 200) {
        throw new None(refusal(response));
      }
      Node body = PayPalSdk.read(response.body());
      return new Token(body.text("access_token"), asked.plus(usable(body.whole("expires_in"))));
    } catch (TransportException e) {
      throw new None(notSent(e.problems().get(0).code(), "no access token: " + e.getMessage()));
    } catch (Node.Unreadable e) {
      throw new None(unavailable("token.unreadable", ""));
    }
  }

  /** For how long a token serves; one that hardly lives serves for half of that. */
  private static Duration usable(long seconds) {
    if (seconds < 1 || seconds > LONGEST.toSeconds()) {
      throw new Node.Unreadable("expires_in");
    }
    Duration life = Duration.ofSeconds(seconds);
    return life.compareTo(MARGIN.multipliedBy(2)) < 0 ? life.dividedBy(2) : life.minus(MARGIN);
  }

  private HttpRequest request() {
    String pair = settings.clientId() + ":" + settings.clientSecret().reveal();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    HttpHeaders headers =
        HttpHeaders.none()
            .with("authorization", "Basic " + basic)
            .with("content-type", "application/x-www-form-urlencoded")
            .with("accept", "application/json");
    return new HttpRequest(
        "POST", URI.create(settings.baseUrl() + "/v1/oauth2/token"), headers, FORM);
  }

  private Failure refusal(HttpResponse response) {
    String debugId = PayPalErrors.debugId(response, Node.empty());
    if (response.status() == 429) {
      return Failure.of(
          ErrorCategory.RATE_LIMITED, "http.429", "too many requests for a token" + debugId);
    }
    if (response.status() == 401 && isUnknownClient(response)) {
      return Failure.of(
          ErrorCategory.AUTHENTICATION,
          "invalid_client",
          "PayPal's "
              + settings.site().word()
              + " site refused "
              + settings.credentials()
              + "; credentials of the other site are unknown there"
              + debugId);
    }
    return unavailable("token.http." + response.status(), debugId);
  }

  private static boolean isUnknownClient(HttpResponse response) {
    try {
      Node body = PayPalSdk.read(response.body());
      return body.optional("error").filter("invalid_client"::equals).isPresent();
    } catch (Node.Unreadable e) {
      return false;
    }
  }

  private static Failure notSent(String code, String message) {
    return Failure.of(ErrorCategory.NOT_SENT, code, message);
  }

  private static Failure unavailable(String code, String debugId) {
    return Failure.of(
        ErrorCategory.UNAVAILABLE, code, "PayPal gives no access token now" + debugId);
  }
}
