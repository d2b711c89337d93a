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
  private static final String CUSTOMERS = "/crm/customers/";
  private static final String CONTACTS = "/crm/contacts/";

  private final LoopbackServer server = LoopbackServer.start("receiver");
  private final Map<String, String> contactIds = new HashMap<>();
  private final Map<String, ObjectNode> contacts = new HashMap<>();
  private final List<Tracked> tracked = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> kept = new HashSet<>();
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

  private interface Service {
    byte[] take(String path, JsonNode body);
  }

  Receiver() {
    server.serve(CUSTOMERS, exchange -> receive(exchange, "crm", this::upsert));
    server.serve(CONTACTS, exchange -> receive(exchange, "crm", this::update));
    server.serve("/analytics/collect", exchange -> receive(exchange, "analytics", this::collect));
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

  private synchronized void receive(HttpExchange exchange, String name, Service service)
      throws IOException {
    requests++;
    String event = exchange.getRequestHeaders().getFirst(Sink.EVENT_ID);
    if (event == null) {
      LoopbackServer.answer(exchange, 400, NOTHING);
      return;
    }
    String delivery = name + " " + event;
    boolean isNew = seen.add(delivery);
    if (isNew && seen.size() % REFUSES_EVERY == 0) {
      failures++;
      LoopbackServer.answer(exchange, 503, NOTHING);
      return;
    }
    byte[] answer;
    try {
      JsonNode body = Json.read(LoopbackServer.body(exchange));
      String path = exchange.getRequestURI().getPath();
      // Analytics would count a repetition; the CRM is told what is, and may hear it again.
      boolean counts = kept.add(delivery) || name.equals("crm");
      answer = counts ? service.take(path, body) : NOTHING;
    } catch (JacksonException e) {
      LoopbackServer.answer(exchange, 400, NOTHING);
      return;
    }
    boolean forgets = isNew && seen.size() % FORGETS_TO_ANSWER_EVERY == 0;
    failures += forgets ? 1 : 0;
    LoopbackServer.answer(exchange, forgets ? 503 : 200, forgets ? NOTHING : answer);
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

  private byte[] collect(String path, JsonNode body) {
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
