package dev.gatehouse.crm.hubspot;

import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.sink.HttpSink;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import dev.gatehouse.sink.SinkSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests to HubSpot's API of contacts, version 3, that one call of the hook sends: they have
 * its time together. Thread-safe.
 */
final class HubSpotApi {
  /** What a call about several contacts takes. */
  static final int MOST = 100;

  /** A portal that is locked (423), or moved (477): documented as passing. */
  private static final Set<Integer> PASSING = Set.of(423, 477);

  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private final HubSpotSettings settings;
  private final HttpSink sink;
  private final Deadline deadline;

  HubSpotApi(HubSpotSettings settings, HttpSink sink, Deadline deadline) {
    this.settings = settings;
    this.sink = sink;
    this.deadline = deadline;
  }

  /** Whom all of them are sent to, for an instance. */
  static HttpSink sink(HookEnvironment environment) {
    return new HttpSink("HubSpot", HubSpotSettings.ACCESS_TOKEN, environment)
        .passing(PASSING, Limits::rest);
  }

  /**
   * What a contact is to hold.
   *
   * @param trace what its result is known by within a call
   * @param id the contact's, if we know it
   * @param email by which it is found otherwise
   * @param changes what it is told
   * @param all what it is told if it may be made by that: the changes, and who it is
   */
  record Contact(
      String trace, Optional<String> id, String email, ObjectNode changes, ObjectNode all) {}

  /** The properties that contacts have. */
  SinkReply properties() {
    return send("GET", "/crm/v3/properties/contacts", Optional.empty());
  }

  /** What contacts hold, known by their ids or by another property. */
  SinkReply read(List<String> ids, Optional<String> by, String property) {
    ObjectNode body = SinkJson.object();
    body.putArray("properties").add(HubSpotSettings.EMAIL).add(property);
    body.putArray("propertiesWithHistory");
    by.ifPresent(name -> body.put("idProperty", name));
    ArrayNode inputs = body.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    return send("POST", CONTACTS + "/batch/read", Optional.of(body));
  }

  /** Makes contacts, or changes those that have these addresses. */
  SinkReply upsert(List<Contact> contacts) {
    ObjectNode body = SinkJson.object();
    ArrayNode inputs = body.putArray("inputs");
    for (Contact contact : contacts) {
      inputs
          .addObject()
          .put("idProperty", HubSpotSettings.EMAIL)
          .put("id", contact.email())
          .put("objectWriteTraceId", contact.trace())
          .set("properties", contact.all().deepCopy().put("email", contact.email()));
    }
    return send("POST", CONTACTS + "/batch/upsert", Optional.of(body));
  }

  /** Changes contacts that we know. */
  SinkReply update(List<Contact> contacts) {
    ObjectNode body = SinkJson.object();
    ArrayNode inputs = body.putArray("inputs");
    for (Contact contact : contacts) {
      inputs
          .addObject()
          .put("id", contact.id().orElseThrow())
          .put("objectWriteTraceId", contact.trace())
          .set("properties", contact.changes());
    }
    return send("POST", CONTACTS + "/batch/update", Optional.of(body));
  }

  /** Deletes a contact and what is kept about it, for good. */
  SinkReply forget(String id) {
    ObjectNode body = SinkJson.object().put("objectId", id);
    return send("POST", CONTACTS + "/gdpr-delete", Optional.of(body));
  }

  private SinkReply send(String method, String path, Optional<ObjectNode> body) {
    return sink.send(request(method, path, body), deadline);
  }

  private HttpRequest request(String method, String path, Optional<ObjectNode> body) {
    URI uri = SinkSettings.below(settings.base(), path);
    HttpHeaders headers =
        HttpHeaders.none()
            .with("accept", "application/json")
            .with("authorization", "Bearer " + settings.accessToken().reveal());
    return body.isEmpty()
        ? new HttpRequest(method, uri, headers, new byte[0])
        : new HttpRequest(
            method,
            uri,
            headers.with("content-type", "application/json"),
            SinkJson.write(body.get()));
  }
}
