package dev.gatehouse.examples.membership;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for HubSpot and for Google Analytics: an HTTP server that keeps what it is told. Now and
 * then it fails, before or after it has done its work, as services do. Analytics tells repetitions
 * by the event's id. Thread-safe.
 */
final class Receiver implements AutoCloseable {
  /** The properties of contacts that this portal has beside the usual ones. */
  static final String PLAN = "plan_name";

  static final String STATUS = "membership_status";

  private static final int REFUSES_EVERY = 5;
  private static final int FORGETS_TO_ANSWER_EVERY = 7;
  private static final byte[] NOTHING = new byte[0];
  private static final String COLLECT = "/mp/collect";
  private static final String CONTACTS = "/crm/v3/objects/contacts/batch/";
  private static final String PROPERTIES = "/crm/v3/properties/contacts";

  private final LoopbackServer server = LoopbackServer.start("receiver");
  private final Map<String, ObjectNode> contacts = new HashMap<>();
  private final List<Tracked> tracked = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> kept = new HashSet<>();
  private final Logbook log;
  private int requests;
  private int failures;

  /**
   * One event that analytics was told of.
   *
   * @param client whose browser it is about
   * @param name such as {@code purchase}
   * @param params what was said
   */
  record Tracked(String client, String name, JsonNode params) {}

  /** What a service says to a request. */
  private record Answer(int status, byte[] body) {}

  Receiver(Logbook log) {
    this.log = log;
    server.serve(CONTACTS, this::receive);
    server.serve(COLLECT, this::receive);
    server.serve(PROPERTIES, exchange -> LoopbackServer.answer(exchange, 200, properties()));
  }

  /** Where it listens. */
  URI base() {
    return server.at("");
  }

  /** The contact with an e-mail address. */
  synchronized Optional<JsonNode> contact(String email) {
    return contactId(email).map(contacts::get);
  }

  /** The id of the contact with an e-mail address. */
  synchronized Optional<String> contactId(String email) {
    return contacts.entrySet().stream()
        .filter(c -> c.getValue().path("email").asString("").equalsIgnoreCase(email))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What analytics was told of a customer, in order. */
  synchronized List<Tracked> trackedOf(String customer) {
    String client = SiteHooks.clientOf(customer);
    return tracked.stream().filter(event -> event.client().equals(client)).toList();
  }

  /** How many requests came. */
  synchronized int requests() {
    return requests;
  }

  /** How many requests were answered with an error on purpose. */
  synchronized int failures() {
    return failures;
  }

  /** From here on, requests and failures are counted anew. */
  synchronized void countFromHere() {
    requests = 0;
    failures = 0;
  }

  private static byte[] properties() {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("results");
    List.of("email", "firstname", "lifecyclestage", PLAN, STATUS)
        .forEach(name -> all.addObject().put("name", name));
    return Json.write(answer);
  }

  private synchronized void receive(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Answer answer;
    try {
      JsonNode body = Json.read(LoopbackServer.body(exchange));
      if (!isAllowed(exchange, path)) {
        throw new IOException("nobody that is known here");
      }
      ObjectNode line = Json.object().put("path", path);
      line.set("body", body);
      log.add("heard", line);
      answer = hear(path, body);
    } catch (JacksonException | IOException e) {
      answer = new Answer(400, NOTHING);
    }
    LoopbackServer.answer(exchange, answer.status(), answer.body());
  }

  private static boolean isAllowed(HttpExchange exchange, String path) {
    return path.equals(COLLECT)
        ? ("measurement_id=" + SiteHooks.MEASUREMENT_ID + "&api_secret=" + SiteHooks.API_SECRET)
            .equals(exchange.getRequestURI().getRawQuery())
        : ("Bearer " + SiteHooks.TOKEN)
            .equals(exchange.getRequestHeaders().getFirst("authorization"));
  }

  /** What was heard before the process died. */
  synchronized void hearAgain(JsonNode line) {
    hear(line.path("path").asString(), line.path("body"));
  }

  private Answer hear(String path, JsonNode body) {
    requests++;
    boolean isNew = seen.add(path + " " + body);
    if (isNew && seen.size() % REFUSES_EVERY == 0) {
      failures++;
      return new Answer(503, NOTHING);
    }
    byte[] answer = path.equals(COLLECT) ? collect(body) : write(path, body);
    boolean forgets = isNew && seen.size() % FORGETS_TO_ANSWER_EVERY == 0;
    failures += forgets ? 1 : 0;
    return forgets ? new Answer(503, NOTHING) : new Answer(200, answer);
  }

  private byte[] write(String path, JsonNode body) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("results");
    for (JsonNode input : body.path("inputs")) {
      String id = input.path("id").asString("");
      String contact =
          path.endsWith("upsert") ? contactId(id).orElse("contact-" + (contacts.size() + 1)) : id;
      ObjectNode known = contacts.computeIfAbsent(contact, c -> Json.object());
      input.path("properties").properties().forEach(p -> known.set(p.getKey(), p.getValue()));
      results
          .addObject()
          .put("id", contact)
          .put("objectWriteTraceId", input.path("objectWriteTraceId").asString(""));
    }
    return Json.write(answer);
  }

  private byte[] collect(JsonNode body) {
    String client = body.path("client_id").asString("");
    for (JsonNode event : body.path("events")) {
      JsonNode params = event.path("params");
      if (kept.add(params.path("event_id").asString(""))) {
        tracked.add(new Tracked(client, event.path("name").asString(""), params));
      }
    }
    return NOTHING;
  }

  @Override
  public void close() {
    server.close();
  }
}
