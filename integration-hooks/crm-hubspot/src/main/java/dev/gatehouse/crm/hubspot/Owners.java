package dev.gatehouse.crm.hubspot;

import dev.gatehouse.customer.Person;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Whose contacts are, as far as a property holds our ids of customers: two customers with one
 * e-mail address are one contact there.
 */
final class Owners {
  private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final HubSpotApi api;
  private final Optional<String> property;

  Owners(HubSpotApi api, Optional<String> property) {
    this.api = api;
    this.property = property;
  }

  /**
   * What is known.
   *
   * @param trouble why nobody knows, where HubSpot did not say
   * @param ids our ids, by what was asked for
   */
  record Known(Optional<SinkReply> trouble, Map<String, String> ids) {}

  /** Of contacts with these addresses, by {@link Person#comparable(String)}. */
  Known ofAddresses(List<String> emails) {
    return read(
        emails,
        Optional.of(HubSpotSettings.EMAIL),
        contact ->
            Person.comparable(contact.path("properties").path(HubSpotSettings.EMAIL).asString("")));
  }

  /** Of a contact, by its id. */
  Known ofContact(String id) {
    return read(List.of(id), Optional.empty(), contact -> contact.path("id").asString(""));
  }

  private Known read(List<String> wanted, Optional<String> by, Function<JsonNode, String> key) {
    if (property.isEmpty()) {
      return new Known(Optional.empty(), Map.of());
    }
    SinkReply reply = api.read(wanted, by, property.get());
    boolean isNobody =
        reply instanceof SinkReply.Refused refused && Category.isNotFound(refused.response());
    if (reply.answer().isEmpty()) {
      return new Known(Optional.of(reply).filter(told -> !isNobody), Map.of());
    }
    JsonNode answer =
        reply.answer().flatMap(told -> SinkJson.read(told.body())).orElseGet(SinkJson::object);
    Map<String, String> ids = new HashMap<>();
    for (JsonNode contact : answer.path("results")) {
      String id = contact.path("properties").path(property.get()).asString("");
      if (CUSTOMER.matcher(id).matches()) {
        ids.put(key.apply(contact), id);
      }
    }
    return new Known(Optional.empty(), ids);
  }
}
