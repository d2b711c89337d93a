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
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for a CRM and for analytics: an HTTP server that keeps what it is told. Now and then it
 * fails, before or after it has done its work, as services do. It tells repetitions by the event's
 * id. Thread-safe.
 */
final class Receiver implements AutoCloseable {
  private static final int REFUSES_EVERY = 5;
  private static final int FORGETS_TO_ANSWER_EVERY = 7;
  private static final byte[] NOTHING = new byte[0];
  private static final String CRM = "crm";
  private static final String ANALYTICS = "analytics";
  private static final String CUSTOMERS = "/crm/customers/";
  private static final String CONTACTS = "/crm/contacts/";

  private final LoopbackServer server = LoopbackServer.start("receiver");
  private final Map<String, String> contactIds = new HashMap<>();
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
   * @param customer who it is about
   * @param name such as {@code purchase}
   * @param params what was said
   */
  record Tracked(String customer, String name, JsonNode params) {}

  /** What a service says to a request. */
  private record Answer(int status, byte[] body) {}

  Receiver(Logbook log) {
    this.log = log;
    server.serve(CUSTOMERS, exchange -> receive(exchange, CRM));
    server.serve(CONTACTS, exchange -> receive(exchange, CRM));
    server.serve("/analytics/collect", exchange -> receive(exchange, ANALYTICS));
  }

  /** Where it listens. */
  URI base() {
    return server.at("/");
  }

  /** The contact of a customer. */
  synchronized Optional<JsonNode> contact(String customer) {
    return Optional.ofNullable(contactIds.get(customer)).map(contacts::get);
  }

  /** The contact's id of a customer. */
  synchronized Optional<String> contactId(String customer) {
    return Optional.ofNullable(contactIds.get(customer));
  }

  /** What analytics was told of a customer, in order. */
  synchronized List<Tracked> trackedOf(String customer) {
    return tracked.stream().filter(event -> event.customer().equals(customer)).toList();
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

  private synchronized void receive(HttpExchange exchange, String name) throws IOException {
    String event = exchange.getRequestHeaders().getFirst(Sink.EVENT_ID);
    String path = exchange.getRequestURI().getPath();
    Answer answer;
    try {
      JsonNode body = Json.read(LoopbackServer.body(exchange));
      if (event == null) {
        throw new IOException("no event is named");
      }
      ObjectNode line = Json.object().put("service", name).put("event", event).put("path", path);
      line.set("body", body);
      log.add("heard", line);
      answer = hear(name, event, path, body);
    } catch (JacksonException | IOException e) {
      answer = new Answer(400, NOTHING);
    }
    LoopbackServer.answer(exchange, answer.status(), answer.body());
  }

  /** What was heard before the process died. */
  synchronized void hearAgain(JsonNode line) {
    hear(
        line.path("service").asString(),
        line.path("event").asString(),
        line.path("path").asString(),
        line.path("body"));
  }

  private Answer hear(String name, String event, String path, JsonNode body) {
    requests++;
    String delivery = name + " " + event;
    boolean isNew = seen.add(delivery);
    if (isNew && seen.size() % REFUSES_EVERY == 0) {
      failures++;
      return new Answer(503, NOTHING);
    }
    // Analytics would count a repetition; the CRM is told what is, and may hear it again.
    boolean counts = kept.add(delivery) || name.equals(CRM);
    byte[] answer = counts ? take(name, path, body) : NOTHING;
    boolean forgets = isNew && seen.size() % FORGETS_TO_ANSWER_EVERY == 0;
    failures += forgets ? 1 : 0;
    return forgets ? new Answer(503, NOTHING) : new Answer(200, answer);
  }

  private byte[] take(String name, String path, JsonNode body) {
    if (name.equals(ANALYTICS)) {
      return collect(body);
    }
    return path.startsWith(CUSTOMERS) ? upsert(path, body) : update(path, body);
  }

  private byte[] upsert(String path, JsonNode body) {
    String customer = path.substring(CUSTOMERS.length());
    String id = contactIds.computeIfAbsent(customer, c -> "contact-" + (contactIds.size() + 1));
    merge(id, body);
    return Json.write(Json.object().put("id", id));
  }

  private byte[] update(String path, JsonNode body) {
    merge(path.substring(CONTACTS.length()), body);
    return NOTHING;
  }

  private void merge(String contact, JsonNode changes) {
    ObjectNode known = contacts.computeIfAbsent(contact, id -> Json.object());
    changes.properties().forEach(field -> known.set(field.getKey(), field.getValue()));
  }

  private byte[] collect(JsonNode body) {
    String customer = body.path("client_id").asString("");
    for (JsonNode event : body.path("events")) {
      tracked.add(new Tracked(customer, event.path("name").asString(""), event.path("params")));
    }
    return NOTHING;
  }

  @Override
  public void close() {
    server.close();
  }
}
