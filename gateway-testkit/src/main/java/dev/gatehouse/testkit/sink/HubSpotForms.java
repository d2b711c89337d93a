package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What HubSpot answers, with all that its <a
 * href="https://github.com/HubSpot/HubSpot-public-api-spec-collection">description</a> of contacts,
 * version 3, requires, and what that requires of requests.
 */
final class HubSpotForms {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String CREATED = "createdate";
  private static final String CHANGED = "lastmodifieddate";

  private final Clock clock;

  HubSpotForms(Clock clock) {
    this.clock = clock;
  }

  /** Whether a body has these. */
  static boolean has(JsonNode body, String... required) {
    return Stream.of(required).allMatch(body::has);
  }

  /** What many contacts are answered with: {@code results} are to be added. */
  ObjectNode batch() {
    String now = clock.instant().toString();
    ObjectNode answer =
        MAPPER
            .createObjectNode()
            .put("status", "COMPLETE")
            .put("startedAt", now)
            .put("completedAt", now);
    answer.putArray("results");
    return answer;
  }

  /** Notes that a contact was made, if it was now, and changed. */
  void touch(Map<String, String> contact) {
    contact.putIfAbsent(CREATED, clock.instant().toString());
    contact.put(CHANGED, clock.instant().toString());
  }

  /** A contact, of which {@code properties} are to be added. */
  ObjectNode contact(ObjectNode batch, String id, Map<String, String> contact) {
    ObjectNode shown =
        ((ArrayNode) batch.get("results"))
            .addObject()
            .put("id", id)
            .put("createdAt", contact.get(CREATED))
            .put("updatedAt", contact.get(CHANGED));
    shown.putObject("properties");
    return shown;
  }

  /** What is wrong with one of several. */
  static ObjectNode error(String category) {
    ObjectNode error =
        MAPPER
            .createObjectNode()
            .put("status", "error")
            .put("category", category)
            .put("message", "People may read this, and it may quote them");
    error.putObject("context");
    error.putObject("links");
    error.putArray("errors");
    return error;
  }

  /** A value that a property does not take. */
  static void invalid(ObjectNode error, String property, String code) {
    ((ArrayNode) error.get("errors"))
        .addObject()
        .put("message", "a value was not valid")
        .put("code", code)
        .putObject("context")
        .putArray("propertyName")
        .add(property);
  }

  /** Some were taken, and some were not. */
  static HttpResponse answer(ObjectNode batch, ArrayNode errors) {
    if (errors.isEmpty()) {
      return json(200, batch);
    }
    batch.put("numErrors", errors.size()).set("errors", errors);
    return json(207, batch);
  }

  /** A request that is refused as a whole. */
  static HttpResponse refusal(int status, ObjectNode error) {
    return json(status, error.deepCopy().put("correlationId", new UUID(0, status).toString()));
  }

  static HttpResponse refusal(int status, String category) {
    return refusal(status, error(category));
  }

  static HttpResponse json(int status, JsonNode body) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "application/json"),
        MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
  }
}
