package dev.gatehouse.relay.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.apache.Destinations;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.sink.HttpSink;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One endpoint. Each event is one request, signed anew each time, under an id that stays the same.
 * Every attempt is one line in the log. Thread-safe.
 */
final class WebhookRelay implements LifecycleHook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookRelay.class);

  /** Standard Webhooks asks for 15 to 30 seconds. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final String LOCKED =
      "it refuses our signature, or lets nobody in; does it have the secret? It is told again";

  private static final String GONE =
      "the endpoint answered 410 and is switched off until the next start";

  private final String instance;
  private final EndpointSettings settings;
  private final HookEnvironment environment;
  private final HttpTransport transport;
  private final HttpSink sink;
  private final CloudEventForm form;
  private final AtomicBoolean gone = new AtomicBoolean();

  WebhookRelay(EndpointSettings settings, HookEnvironment environment, Destinations names) {
    Duration limit = environment.timeLimit();
    this.instance = environment.instance();
    this.settings = settings;
    Translation translation = new Translation(settings.prefixes(), names, environment.clock());
    this.transport = new GuardedTransport(settings.addresses(), translation, names);
    this.environment =
        new HookEnvironment(
            instance,
            transport,
            environment.clock(),
            limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
    this.sink = new HttpSink("the endpoint", this.environment, LOCKED);
    this.form = CloudEventForm.from(settings.source());
  }

  @Override
  public String id() {
    return instance;
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    return settings.events().contains(event.type());
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    String id = headerId(event.header().id());
    Instant start = environment.clock().instant();
    HookResult result =
        gone.get() ? new HookResult.Park(GONE) : told(sink.send(request(id, form.write(event))));
    log(event.type(), id, context.attempt(), start, result);
    return result;
  }

  /** Sends an event that says nothing, under an id of its own. */
  HookResult ping(String id) {
    var event =
        SinkJson.object()
            .put("specversion", "1.0")
            .put("id", id)
            .put("source", settings.source().toString())
            .put("type", WebhookPing.TYPE)
            .put("time", environment.clock().instant().toString())
            .put("datacontenttype", CloudEventForm.DATA_CONTENT_TYPE);
    event.putObject("data");
    Instant start = environment.clock().instant();
    HookResult result = told(sink.send(request(id, SinkJson.write(event))));
    log(WebhookPing.TYPE, id, 1, start, result);
    return result;
  }

  private HttpRequest request(String id, byte[] body) {
    long now = environment.clock().instant().getEpochSecond();
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", CloudEventForm.CONTENT_TYPE)
            .with("user-agent", "gatehouse")
            .with("webhook-id", id)
            .with("webhook-timestamp", Long.toString(now))
            .with("webhook-signature", settings.signer().sign(id, now, body));
    return new HttpRequest("POST", settings.url(), headers, body);
  }

  /**
   * Endpoints are somebody's programs: what they refuse today, a wrong route or a secret that was
   * not rolled out, they take once they are mended. So only 410 is an end.
   */
  private HookResult told(SinkReply reply) {
    if (reply instanceof SinkReply.Partly) {
      return HookResult.delivered();
    }
    if (reply instanceof SinkReply.Gone) {
      if (!gone.getAndSet(true)) {
        LOG.error("hook {}: {}; what it would have been told is parked", instance, GONE);
      }
      return new HookResult.Park(GONE);
    }
    if (reply instanceof SinkReply.Locked locked) {
      return again(locked.reason());
    }
    if (reply instanceof SinkReply.Refused refused) {
      return again(refused.reason());
    }
    return reply instanceof SinkReply.TooLarge large ? again(large.reason()) : reply.result();
  }

  private static HookResult again(String reason) {
    return new HookResult.Retry(Optional.empty(), reason);
  }

  private void log(String type, String id, int attempt, Instant start, HookResult result) {
    long took = Duration.between(start, environment.clock().instant()).toMillis();
    boolean isDelivered = result instanceof HookResult.Delivered;
    String outcome =
        result instanceof HookResult.Retry retry
            ? "again later: " + retry.reason()
            : result instanceof HookResult.Park park ? "parked: " + park.reason() : "delivered";
    LOG.atLevel(isDelivered ? Level.INFO : Level.WARN)
        .log("hook {}: {} {}, attempt {}: {} ({} ms)", instance, type, id, attempt, outcome, took);
  }

  /**
   * The id as a header may have it, and never with a dot, which separates what is signed. Other
   * characters than these are written as the percent signs of their bytes, so no two ids are one.
   */
  static String headerId(String id) {
    StringBuilder written = new StringBuilder(id.length());
    for (byte b : id.getBytes(UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '.' && b != '%') {
        written.append((char) b);
      } else {
        written.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return written.toString();
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "WebhookRelay[" + instance + "]";
  }
}
