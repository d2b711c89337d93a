package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A portal of HubSpot: contacts with properties, written several at once, and deleted for good. It
 * keeps to what is documented: a token, at most 100 contacts in a call and none twice, known
 * properties and values of their types only, results for each contact (207) where some fail, limits
 * by ten seconds and by the day (429), locks (423) and moves (477).
 */
public final class HubSpotEmulator extends EmulatedSink {
  private static final String CONTACTS = "/crm/v3/objects/contacts";
  private static final int MOST = 100;

  private final String token;
  private final HubSpotProperties properties = new HubSpotProperties();
  private final HubSpotLimits limits;
  private final HubSpotForms forms;
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
    this.forms = new HubSpotForms(clock);
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
      return HubSpotForms.refusal(401, "INVALID_AUTHENTICATION");
    }
    String route = request.method() + " " + request.uri().getPath();
    try {
      JsonNode body =
          request.body().length == 0
              ? HubSpotForms.MAPPER.createObjectNode()
              : HubSpotForms.MAPPER.readTree(request.body());
      return switch (route) {
        case "GET /crm/v3/properties/contacts" ->
            HubSpotForms.json(200, properties.asJson(HubSpotForms.MAPPER.createObjectNode()));
        case "POST " + CONTACTS + "/batch/read" -> read(body);
        case "POST " + CONTACTS + "/batch/upsert" -> batch(body, true);
        case "POST " + CONTACTS + "/batch/update" -> batch(body, false);
        case "POST " + CONTACTS + "/gdpr-delete" -> forget(body);
        default -> HubSpotForms.refusal(404, "OBJECT_NOT_FOUND");
      };
    } catch (JacksonException e) {
      return HubSpotForms.refusal(400, "VALIDATION_ERROR");
    }
  }

  /** Some, each once, and each with what is required. */
  private static boolean areInputs(JsonNode inputs, String... required) {
    Set<String> ids = new HashSet<>();
    inputs.forEach(input -> ids.add(input.path("id").asString("").toLowerCase(Locale.ROOT)));
    return !inputs.isEmpty()
        && inputs.size() <= MOST
        && ids.size() == inputs.size()
        && inputs.valueStream().allMatch(input -> HubSpotForms.has(input, required));
  }

  private HttpResponse read(JsonNode body) {
    if (!HubSpotForms.has(body, "properties", "propertiesWithHistory")
        || !areInputs(body.path("inputs"), "id")) {
      return HubSpotForms.refusal(400, "VALIDATION_ERROR");
    }
    boolean isByEmail = body.path("idProperty").asString("").equals("email");
    ObjectNode answer = forms.batch();
    ArrayNode missing = HubSpotForms.MAPPER.createArrayNode();
    for (JsonNode input : body.path("inputs")) {
      String wanted = input.path("id").asString("");
      Optional<String> id =
          isByEmail ? known(wanted) : Optional.of(wanted).filter(contacts::containsKey);
      id.ifPresentOrElse(
          found -> show(answer, found, body.path("properties")), () -> missing.add(wanted));
    }
    ArrayNode errors = HubSpotForms.MAPPER.createArrayNode();
    if (!missing.isEmpty()) {
      ObjectNode error = HubSpotForms.error("OBJECT_NOT_FOUND");
      ((ObjectNode) error.get("context")).set("ids", missing);
      errors.add(error);
    }
    return HubSpotForms.answer(answer, errors);
  }

  private void show(ObjectNode answer, String id, JsonNode wanted) {
    Map<String, String> contact = contacts.getOrDefault(id, Map.of());
    ObjectNode shown = (ObjectNode) forms.contact(answer, id, contact).get("properties");
    wanted.forEach(name -> shown.put(name.asString(), contact.get(name.asString())));
  }

  private HttpResponse batch(JsonNode body, boolean upsert) {
    JsonNode inputs = body.path("inputs");
    if (!areInputs(inputs, "id", "properties")) {
      return HubSpotForms.refusal(400, "VALIDATION_ERROR");
    }
    Optional<ObjectNode> bad =
        inputs.valueStream().flatMap(input -> fault(input, upsert).stream()).findFirst();
    if (whole && bad.isPresent()) {
      return HubSpotForms.refusal(400, bad.get());
    }
    ObjectNode answer = forms.batch();
    ArrayNode errors = HubSpotForms.MAPPER.createArrayNode();
    for (int i = 0; i < inputs.size(); i++) {
      JsonNode input = inputs.get(i);
      Optional<ObjectNode> fault = fault(input, upsert);
      if (i == inputs.size() - 1) {
        fault = fault.or(() -> lastIsRefused.map(HubSpotForms::error));
      }
      String trace = input.path("objectWriteTraceId").asString("");
      if (fault.isPresent()) {
        fault.get().withObjectProperty("context").putArray("objectWriteTraceId").add(trace);
        errors.add(fault.get());
      } else {
        write(input, upsert, answer).put("objectWriteTraceId", trace);
      }
    }
    lastIsRefused = Optional.empty();
    return HubSpotForms.answer(answer, errors);
  }

  private Optional<ObjectNode> fault(JsonNode input, boolean upsert) {
    String id = input.path("id").asString("");
    if (!upsert && !contacts.containsKey(id)) {
      return Optional.of(HubSpotForms.error("OBJECT_NOT_FOUND"));
    }
    ObjectNode fault = HubSpotForms.error("VALIDATION_ERROR").put("message", "quotes " + id);
    if (refused.contains(id.toLowerCase(Locale.ROOT)) || upsert && !id.contains("@")) {
      HubSpotForms.invalid(fault, "email", "INVALID_EMAIL");
    }
    input
        .path("properties")
        .propertyStream()
        .forEach(
            property ->
                properties
                    .fault(property.getKey(), property.getValue().asString(""))
                    .ifPresent(code -> HubSpotForms.invalid(fault, property.getKey(), code)));
    return fault.path("errors").isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  private ObjectNode write(JsonNode input, boolean upsert, ObjectNode answer) {
    String id = input.path("id").asString("");
    String contact = upsert ? idOf(id) : id;
    boolean isNew = !contacts.containsKey(contact);
    Map<String, String> kept = contacts.computeIfAbsent(contact, c -> new TreeMap<>());
    input
        .path("properties")
        .properties()
        .forEach(p -> keep(kept, p.getKey(), p.getValue().asString()));
    forms.touch(kept);
    writes.add(new Written(contact, input.path("properties").toString()));
    ObjectNode result = forms.contact(answer, contact, kept);
    kept.forEach(result.withObjectProperty("properties")::put);
    return upsert ? result.put("new", isNew) : result;
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

  private HttpResponse forget(JsonNode body) {
    if (!HubSpotForms.has(body, "objectId")) {
      return HubSpotForms.refusal(400, "VALIDATION_ERROR");
    }
    String id = body.path("objectId").asString("");
    if (contacts.remove(id) == null) {
      return HubSpotForms.refusal(404, "OBJECT_NOT_FOUND");
    }
    forgotten.add(id);
    return status(204);
  }
}
