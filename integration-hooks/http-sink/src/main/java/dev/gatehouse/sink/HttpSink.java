package dev.gatehouse.sink;

import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that is told over HTTP, through the framework's one door: one request, one answer,
 * nothing queued, nothing retried. What it says holds neither an address nor a body, so no secret
 * of either can show. Once the service has asked for rest, nothing is sent until that is over.
 * Thread-safe.
 */
public final class HttpSink {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSink.class);
  private static final int TOO_MANY = 429;

  private final String service;
  private final String remedy;
  private final HookEnvironment environment;
  private final Set<Integer> passing;
  private final Function<HttpResponse, Optional<Duration>> usualRest;
  private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.MIN);
  private final AtomicBoolean locked = new AtomicBoolean();

  /**
   * A service.
   *
   * @param service what people call it
   * @param credential the name of the setting that it knows us by
   * @param environment what the framework lends to the hook
   */
  public HttpSink(String service, String credential, HookEnvironment environment) {
    this(
        service,
        environment,
        "setting '"
            + credential
            + "' is not taken, or may not do this; set it right, start again, replay");
  }

  /**
   * A service that does not know us by a credential.
   *
   * @param service what people call it
   * @param environment what the framework lends to the hook
   * @param remedy what a person is to look at if it says 401 or 403
   */
  public HttpSink(String service, HookEnvironment environment, String remedy) {
    this(service, environment, remedy, Set.of(), response -> Optional.empty());
  }

  private HttpSink(
      String service,
      HookEnvironment environment,
      String remedy,
      Set<Integer> passing,
      Function<HttpResponse, Optional<Duration>> usualRest) {
    this.service = service;
    this.environment = environment;
    this.remedy = remedy;
    this.passing = Set.copyOf(passing);
    this.usualRest = usualRest;
  }

  /**
   * This service, with answers of its own. Made at the start, for what was asked of this one is not
   * known to it.
   *
   * @param statuses by which it says, too, that it can't now, such as 423
   * @param rest how long it wants to be left alone after an answer that says it can't now, and not
   *     for how long; empty if nobody knows
   */
  public HttpSink passing(Set<Integer> statuses, Function<HttpResponse, Optional<Duration>> rest) {
    return new HttpSink(service, environment, remedy, statuses, rest);
  }

  /** Sends one request, and says what the answer means. It has the time of one call. */
  public SinkReply send(HttpRequest request) {
    return send(request, environment.deadline());
  }

  /** The same, as one of several that have the time of one call together. */
  public SinkReply send(HttpRequest request, Deadline deadline) {
    Instant now = environment.clock().instant();
    Instant until = restsUntil.get();
    if (now.isBefore(until)) {
      return new SinkReply.Later(
          Optional.of(Duration.between(now, until)), service + " asked for rest", false);
    }
    try {
      return reply(environment.http().send(request, deadline));
    } catch (TransportException e) {
      // Names the method and the host, and nothing of the request.
      return new SinkReply.Later(
          Optional.empty(),
          service + " gave no answer: " + e.problems().get(0).code(),
          e instanceof TransportException.Unknown);
    }
  }

  private SinkReply reply(HttpResponse response) {
    SinkReply reply = classified(response);
    if (reply instanceof SinkReply.Locked refused) {
      if (!locked.getAndSet(true)) {
        LOG.error("hook {}: {}", environment.instance(), refused.reason());
      }
    } else if (response.status() / 100 == 2) {
      locked.set(false);
    }
    return reply;
  }

  private SinkReply classified(HttpResponse response) {
    int status = response.status();
    String reason = service + " answered " + status;
    if (passing.contains(status)) {
      return resting(response, reason);
    }
    return switch (status) {
      case 207 -> new SinkReply.Partly(response);
      case 401, 403 -> new SinkReply.Locked(reason + ": " + remedy);
      case 408, 425, TOO_MANY -> resting(response, reason);
      case 410 -> new SinkReply.Gone(reason);
      case 413 -> new SinkReply.TooLarge(reason);
      default -> {
        if (status / 100 == 2) {
          yield new SinkReply.Taken(response);
        }
        yield status / 100 == 4
            ? new SinkReply.Refused(response, reason)
            : resting(response, reason);
      }
    };
  }

  /** Whoever is asked for rest while others go on would be asked again and again. */
  private SinkReply resting(HttpResponse response, String reason) {
    Instant now = environment.clock().instant();
    Optional<Duration> after =
        RetryAfter.of(response.headers(), now).or(() -> usualRest.apply(response));
    after.ifPresent(
        wait -> restsUntil.accumulateAndGet(now.plus(wait), (a, b) -> a.isAfter(b) ? a : b));
    return new SinkReply.Later(after, reason, response.status() != TOO_MANY);
  }
}
