package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Measurement Protocol of Google Analytics 4. It answers 204 to whatever it is sent, as the
 * service does, and drops in silence what breaks the documented limits; a test asks for what it
 * dropped. Its other address says what is wrong.
 */
public final class Ga4Emulator extends EmulatedSink {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Duration BACKDATED_AT_MOST = Duration.ofHours(72);
  private static final int MOST = 25;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 100;
  private static final int LARGEST_BODY = 130_000;
  private static final int LONGEST_USER_ID = 256;
  private static final int MOST_ITEMS = 200;
  private static final Set<String> PREFIXES = Set.of("_", "firebase_", "ga_", "google_", "gtag.");

  /**
   * <a
   * href="https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference#reserved_event_names">
   * Reserved event names</a>.
   */
  private static final Set<String> RESERVED =
      Set.of(
          ("ad_activeview ad_click ad_exposure ad_query ad_reward adunit_exposure app_clear_data"
                  + " app_exception app_remove app_store_refund app_store_subscription_cancel"
                  + " app_store_subscription_convert app_store_subscription_renew app_update"
                  + " app_upgrade dynamic_link_app_open dynamic_link_app_update"
                  + " dynamic_link_first_open error first_open first_visit in_app_purchase"
                  + " notification_dismiss notification_foreground notification_open"
                  + " notification_receive notification_send os_update screen_view session_start"
                  + " user_engagement")
              .split(" "));

  private final String measurementId;
  private final String apiSecret;
  private final Clock clock;
  private final List<Event> kept = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  /**
   * An event that was taken.
   *
   * @param client whose it is
   * @param name such as {@code purchase}
   * @param params what was said
   * @param at when it happened, if that was said
   * @param request the request that it came in
   */
  public record Event(
      String client, String name, JsonNode params, Optional<Instant> at, JsonNode request) {
    /** A parameter as text; empty if it is not there. */
    public String text(String param) {
      return params.path(param).asString("");
    }

    /** A number as it was written. */
    public BigDecimal number(String param) {
      return params.path(param).decimalValue();
    }
  }

  /** One data stream. */
  public Ga4Emulator(String measurementId, String apiSecret, Clock clock) {
    super("ga4");
    this.measurementId = measurementId;
    this.apiSecret = apiSecret;
    this.clock = clock;
  }

  /** The events that were taken, in order; a transaction's purchase once. */
  public synchronized List<Event> events() {
    return List.copyOf(kept);
  }

  /** Why others were dropped, although they were answered as if taken. */
  public synchronized List<String> dropped() {
    return List.copyOf(dropped);
  }

  @Override
  HttpResponse take(HttpRequest request) {
    String path = request.uri().getPath();
    String query = Optional.ofNullable(request.uri().getRawQuery()).orElse("");
    boolean ours = query.equals("measurement_id=" + measurementId + "&api_secret=" + apiSecret);
    JsonNode body;
    try {
      body = MAPPER.readTree(request.body());
    } catch (JacksonException e) {
      body = MAPPER.createObjectNode();
    }
    Set<String> faults = faults(body, request.body().length);
    if (path.equals("/debug/mp/collect")) {
      return validation(faults);
    }
    if (!path.equals("/mp/collect")) {
      return status(404);
    }
    if (!ours) {
      dropped.add("unknown stream or secret");
    } else if (!faults.isEmpty()) {
      dropped.addAll(faults);
    } else {
      keep(body);
    }
    return status(204);
  }

  private void keep(JsonNode body) {
    Optional<Instant> at =
        body.has("timestamp_micros")
            ? Optional.of(
                Instant.EPOCH.plus(body.get("timestamp_micros").longValue(), ChronoUnit.MICROS))
            : Optional.empty();
    for (JsonNode event : body.path("events")) {
      Event told =
          new Event(
              body.path("client_id").asString(""),
              event.path("name").asString(""),
              event.path("params"),
              at,
              body);
      boolean again =
          told.name().equals("purchase")
              && kept.stream()
                  .anyMatch(
                      known ->
                          known.name().equals("purchase")
                              && known.text("transaction_id").equals(told.text("transaction_id")));
      if (!again) {
        kept.add(told);
      }
    }
  }

  private static HttpResponse validation(Set<String> faults) {
    StringBuilder messages = new StringBuilder();
    for (String fault : faults) {
      messages
          .append(messages.isEmpty() ? "" : ",")
          .append("{\"fieldPath\":\"events\",\"description\":\"")
          .append(fault)
          .append("\",\"validationCode\":\"VALUE_INVALID\"}");
    }
    return new HttpResponse(
        200,
        HttpHeaders.none().with("content-type", "application/json"),
        ("{\"validationMessages\":[" + messages + "]}").getBytes(StandardCharsets.UTF_8));
  }

  private Set<String> faults(JsonNode body, int bytes) {
    Set<String> faults = new TreeSet<>();
    int events = body.path("events").size();
    check(faults, bytes <= LARGEST_BODY, "body too large");
    check(faults, !body.path("client_id").asString("").isEmpty(), "client_id");
    check(faults, events >= 1 && events <= MOST, "number of events");
    String user = body.path("user_id").asString("");
    check(faults, user.length() <= LONGEST_USER_ID, "length of user_id");
    check(faults, !body.has("user_data") || !user.isBlank(), "user_data without user_id");
    if (body.has("timestamp_micros")) {
      Instant at = Instant.EPOCH.plus(body.get("timestamp_micros").longValue(), ChronoUnit.MICROS);
      check(faults, !at.isBefore(clock.instant().minus(BACKDATED_AT_MOST)), "too old");
      check(faults, !at.isAfter(clock.instant()), "yet to come");
    }
    body.path("events").forEach(event -> event(event, faults));
    return faults;
  }

  private static void event(JsonNode event, Set<String> faults) {
    String name = event.path("name").asString("");
    JsonNode params = event.path("params");
    check(faults, isName(name) && !RESERVED.contains(name), "event name");
    check(faults, params.size() <= MOST, "number of parameters");
    texts(params, faults);
    check(faults, params.path("items").size() <= MOST_ITEMS, "number of items");
    params.path("items").forEach(item -> texts(item, faults));
    if (name.equals("purchase") || name.equals("refund")) {
      check(faults, !params.path("transaction_id").asString("").isEmpty(), "transaction_id");
      check(faults, params.path("currency").asString("").matches("[A-Z]{3}"), "currency");
      check(faults, params.path("value").isNumber(), "value");
    }
    if (name.equals("purchase")) {
      check(faults, params.path("items").isArray() && !params.path("items").isEmpty(), "items");
    }
  }

  private static void texts(JsonNode object, Set<String> faults) {
    object
        .properties()
        .forEach(
            field -> {
              check(faults, isName(field.getKey()), "parameter name");
              boolean fits =
                  !field.getValue().isString()
                      || field.getValue().stringValue().length() <= LONGEST_VALUE;
              check(faults, fits, "length of " + field.getKey());
            });
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST_NAME
        && name.matches("[A-Za-z][A-Za-z0-9_]*")
        && PREFIXES.stream().noneMatch(name::startsWith);
  }

  private static void check(Set<String> faults, boolean fine, String what) {
    if (!fine) {
      faults.add(what);
    }
  }
}
