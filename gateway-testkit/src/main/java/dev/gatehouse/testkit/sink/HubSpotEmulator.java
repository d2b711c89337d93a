package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A portal of HubSpot: contacts with properties, written several at once, and deleted for good. It
 * keeps to what is documented: a token, at most 100 contacts in a call and none twice, known
 * properties and values of their types only, results for each contact (207) where some fail, limits
 * by ten seconds and by the day (429), locks (423) and moves (477).
 */
public final class HubSpotEmulator extends EmulatedSink {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String CONTACTS = "/crm/v3/objects/contacts";
  private static final int MOST = 100;

  private final String token;
  private final HubSpotProperties properties = new HubSpotProperties();
  private final HubSpotLimits limits;
  private final Map<String, Map<String, String>> contacts = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final List<String> forgotten = new ArrayList<>();
  private final List<Written> writes = new ArrayList<>();
  private Optional<String> lastIsRefused = Optional.empty();
  private boolean whole;
  private long lastId = 1000;

  /**
   * What was said of a contact in one call.
   *
   * @param id the contact's
   * @param properties as JSON
   */
  public record Written(String id, String properties) {}

  /** A portal whose contacts have these properties of text beside the usual ones. */
  public HubSpotEmulator(Clock clock, String token, String... more) {
    super("hubspot");
    this.limits = new HubSpotLimits(clock);
    this.token = token;
    List.of(more).forEach(properties::add);
  }

  /** Contacts have this property, of such a type, and if it is a choice, with these options. */
  public synchronized void property(String name, String type, String... options) {
    properties.add(name, type, options);
  }

  /** The next contact that is made has this id, and those after it the next ones. */
  public synchronized void nextId(long id) {
    lastId = id - 1;
  }

  /** It takes so many requests in ten seconds and in a day; days end at midnight there. */
  public synchronized void limit(int tenSecondly, int daily, ZoneId midnight) {
    limits.be(tenSecondly, daily, midnight);
  }

  /** It is locked for two seconds, as after very much at once. */
  public synchronized void lock() {
    limits.lock();
  }

  /** It is moved to another place, and takes nothing until that is done. */
  public synchronized void move(Duration time) {
    limits.move(time);
  }

  /** How many requests it was sent that it could not take at that time. */
  public synchronized int refusals() {
    return limits.refused();
  }

  /** The contact with an address: its properties, and its id as {@code hs_object_id}. */
  public synchronized Optional<Map<String, String>> contact(String email) {
    return contacts.entrySet().stream()
        .filter(c -> same(c.getValue().get("email"), email))
        .map(
            c -> {
              Map<String, String> all = new TreeMap<>(c.getValue());
              all.put("hs_object_id", c.getKey());
              return all;
            })
        .findFirst();
  }

  /** Everything that was written, in order. */
  public synchronized List<Written> writes() {
    return List.copyOf(writes);
  }

  /** The last contact of the next call is refused with this word, and the others are written. */
  public synchronized void refuseLastOnce(String category) {
    lastIsRefused = Optional.of(category);
  }

  /** What it knows of each contact at present, as text. */
  public synchronized List<String> holds() {
    return contacts.values().stream().map(Object::toString).toList();
  }

  /** How many contacts there are. */
  public synchronized int size() {
    return contacts.size();
  }

  /** The ids of contacts that were deleted for good. */
  public synchronized List<String> forgotten() {
    return List.copyOf(forgotten);
  }

  /** A contact with this address is refused from now on. */
  public synchronized void refuse(String email) {
    refused.add(email.toLowerCase(Locale.ROOT));
  }

  /** Whether a call with one bad contact is refused as a whole, instead of in parts. */
  public synchronized void refuseWholeCalls(boolean wholeCalls) {
    whole = wholeCalls;
  }

  /** Deletes a contact, as people do there. */
  public synchronized void delete(String email) {
    contacts.values().removeIf(contact -> same(contact.get("email"), email));
  }

  private static boolean same(@Nullable String one, String other) {
    return other.equalsIgnoreCase(one);
  }

  @Override
  HttpResponse take(HttpRequest request) {
    return limits.shownIn(limits.refusal().orElseGet(() -> answer(request)));
  }

  private HttpResponse answer(HttpRequest request) {
    boolean isKnown =
        request.headers().first("authorization").filter(("Bearer " + token)::equals).isPresent();
    if (!isKnown) {
      return error(401, "INVALID_AUTHENTICATION");
    }
    String route = request.method() + " " + request.uri().getPath();
    try {
      return switch (route) {
        case "GET /crm/v3/properties/contacts" ->
            json(200, properties.asJson(MAPPER.createObjectNode()));
        case "POST " + CONTACTS + "/batch/read" -> read(request);
        case "POST " + CONTACTS + "/batch/upsert" -> batch(request, true);
        case "POST " + CONTACTS + "/batch/update" -> batch(request, false);
        case "POST " + CONTACTS + "/gdpr-delete" -> forget(request);
        default -> error(404, "OBJECT_NOT_FOUND");
      };
    } catch (JacksonException e) {
      return error(400, "VALIDATION_ERROR");
    }
  }

  private HttpResponse read(HttpRequest request) {
    JsonNode body = MAPPER.readTree(request.body());
    boolean isByEmail = body.path("idProperty").asString("").equals("email");
    if (body.path("inputs").isEmpty() || body.path("inputs").size() > MOST) {
      return error(400, "VALIDATION_ERROR");
    }
    ObjectNode answer = MAPPER.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode missing = MAPPER.createArrayNode();
    for (JsonNode input : body.path("inputs")) {
      String wanted = input.path("id").asString("");
      Optional<String> id =
          isByEmail ? known(wanted) : Optional.of(wanted).filter(contacts::containsKey);
      if (id.isEmpty()) {
        missing.add(wanted);
      } else {
        ObjectNode shown = results.addObject().put("id", id.get()).putObject("properties");
        body.path("properties")
            .forEach(
                name -> shown.put(name.asString(), contacts.get(id.get()).get(name.asString())));
      }
    }
    if (missing.isEmpty()) {
      return json(200, answer);
    }
    ObjectNode error = error("OBJECT_NOT_FOUND");
    error.putObject("context").set("ids", missing);
    answer.put("numErrors", 1).putArray("errors").add(error);
    return json(207, answer);
  }

  private HttpResponse batch(HttpRequest request, boolean upsert) {
    JsonNode inputs = MAPPER.readTree(request.body()).path("inputs");
    Set<String> ids = new HashSet<>();
    inputs.forEach(input -> ids.add(input.path("id").asString("").toLowerCase(Locale.ROOT)));
    boolean fits = !inputs.isEmpty() && inputs.size() <= MOST && ids.size() == inputs.size();
    if (!fits) {
      return error(400, "VALIDATION_ERROR");
    }
    Optional<ObjectNode> bad =
        inputs.valueStream().flatMap(input -> fault(input, upsert).stream()).findFirst();
    if (whole && bad.isPresent()) {
      return json(400, bad.get());
    }
    ObjectNode answer = MAPPER.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode errors = MAPPER.createArrayNode();
    for (int i = 0; i < inputs.size(); i++) {
      Optional<ObjectNode> fault = fault(inputs.get(i), upsert);
      boolean isLast = i == inputs.size() - 1;
      write(
          inputs.get(i),
          upsert,
          isLast ? fault.or(() -> lastIsRefused.map(HubSpotEmulator::error)) : fault,
          results,
          errors);
    }
    lastIsRefused = Optional.empty();
    if (errors.isEmpty()) {
      return json(200, answer);
    }
    answer.put("numErrors", errors.size()).set("errors", errors);
    return json(207, answer);
  }

  private Optional<ObjectNode> fault(JsonNode input, boolean upsert) {
    String id = input.path("id").asString("");
    if (!upsert && !contacts.containsKey(id)) {
      return Optional.of(error("OBJECT_NOT_FOUND"));
    }
    ObjectNode fault = error("VALIDATION_ERROR");
    fault.put("message", "quotes " + id);
    ArrayNode errors = fault.putArray("errors");
    if (refused.contains(id.toLowerCase(Locale.ROOT)) || upsert && !id.contains("@")) {
      invalid(errors, "email", "INVALID_EMAIL");
    }
    input
        .path("properties")
        .propertyStream()
        .forEach(
            property ->
                properties
                    .fault(property.getKey(), property.getValue().asString(""))
                    .ifPresent(code -> invalid(errors, property.getKey(), code)));
    return errors.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  private static void invalid(ArrayNode errors, String property, String code) {
    errors
        .addObject()
        .put("code", code)
        .putObject("context")
        .putArray("propertyName")
        .add(property);
  }

  private void write(
      JsonNode input,
      boolean upsert,
      Optional<ObjectNode> fault,
      ArrayNode results,
      ArrayNode errors) {
    String trace = input.path("objectWriteTraceId").asString("");
    if (fault.isPresent()) {
      fault.get().putObject("context").putArray("objectWriteTraceId").add(trace);
      errors.add(fault.get());
      return;
    }
    String id = input.path("id").asString("");
    String contact = upsert ? idOf(id) : id;
    Map<String, String> kept = contacts.computeIfAbsent(contact, c -> new TreeMap<>());
    input
        .path("properties")
        .properties()
        .forEach(p -> keep(kept, p.getKey(), p.getValue().asString()));
    writes.add(new Written(contact, input.path("properties").toString()));
    ObjectNode result = results.addObject().put("id", contact).put("objectWriteTraceId", trace);
    ObjectNode shown = result.putObject("properties");
    kept.forEach(shown::put);
  }

  private void keep(Map<String, String> contact, String name, String value) {
    boolean isBack =
        name.equals(HubSpotProperties.LIFECYCLE)
            && properties.movesBack(contact.getOrDefault(name, ""), value);
    if (!isBack) {
      contact.put(name, value);
    }
  }

  private String idOf(String email) {
    return known(email).orElseGet(() -> String.valueOf(++lastId));
  }

  private Optional<String> known(String email) {
    return contacts.entrySet().stream()
        .filter(c -> same(c.getValue().get("email"), email))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private HttpResponse forget(HttpRequest request) {
    String id = MAPPER.readTree(request.body()).path("objectId").asString("");
    if (contacts.remove(id) == null) {
      return error(404, "OBJECT_NOT_FOUND");
    }
    forgotten.add(id);
    return status(204);
  }

  private static HttpResponse error(int status, String category) {
    return json(status, error(category));
  }

  private static ObjectNode error(String category) {
    return MAPPER.createObjectNode().put("status", "error").put("category", category);
  }

  private static HttpResponse json(int status, JsonNode body) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "application/json"),
        MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
  }
}
