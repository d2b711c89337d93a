package dev.gatehouse.crm.hubspot;

import dev.gatehouse.crm.hubspot.HubSpotApi.Contact;
import dev.gatehouse.customer.Person;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Writes several contacts in as few calls as can be, and knows what became of each. Where HubSpot
 * refuses a call as a whole, because of one of them, it is divided until that one is found.
 */
final class ContactCalls {
  /** Somebody else made that contact at the same moment; the next time it is found. */
  private static final String CONFLICTING = "CONFLICT";

  private static final int CONFLICT = 409;

  private static final Set<String> PASSING =
      Set.of("RATE_LIMITS", "RATE_LIMIT", "INTERNAL_ERROR", "UNAVAILABLE", "TIMEOUT", CONFLICTING);
  private static final Set<Integer> ABOUT_SOME = Set.of(400, CONFLICT, 422);

  private final HubSpotApi api;
  private final Owners owners;

  ContactCalls(HubSpotApi api, Owners owners) {
    this.api = api;
    this.owners = owners;
  }

  /**
   * What became of a contact.
   *
   * @param result what to tell the framework
   * @param id the contact's id, if it was told
   * @param isUnsure whether there may be a contact now without our having been told its id
   * @param owner the customer whom a contact that was found by its address said it was, if it did
   */
  record Written(HookResult result, Optional<String> id, boolean isUnsure, Optional<String> owner) {
    Written(HookResult result, Optional<String> id, boolean isUnsure) {
      this(result, id, isUnsure, Optional.empty());
    }

    private Written ownedBy(Optional<String> customer) {
      return new Written(result, id, isUnsure, customer);
    }
  }

  /** What became of each, by its trace. */
  Map<String, Written> write(List<Contact> contacts) {
    Map<String, Written> results = new HashMap<>();
    List<Contact> known = contacts.stream().filter(c -> c.id().isPresent()).toList();
    List<Contact> fresh = new ArrayList<>(contacts);
    fresh.removeAll(known);
    for (List<Contact> call : calls(known, c -> c.id().orElseThrow())) {
      update(call, results);
    }
    // What HubSpot does not know any more is made anew.
    known.stream().filter(c -> !results.containsKey(c.trace())).forEach(fresh::add);
    for (List<Contact> call : calls(fresh, c -> Person.comparable(c.email()))) {
      make(call, results);
    }
    return results;
  }

  /** Whose they were is known only before they are told whose they are. */
  private void make(List<Contact> contacts, Map<String, Written> results) {
    Owners.Known known = owners.ofAddresses(contacts.stream().map(Contact::email).toList());
    Optional<SinkReply> trouble =
        known.trouble().filter(t -> t instanceof SinkReply.Later || t instanceof SinkReply.Locked);
    if (trouble.isPresent()) {
      read(trouble.get(), contacts, results, true);
      return;
    }
    upsert(contacts, results);
    for (Contact contact : contacts) {
      Optional<String> owner =
          Optional.ofNullable(known.ids().get(Person.comparable(contact.email())));
      results.computeIfPresent(contact.trace(), (trace, written) -> written.ownedBy(owner));
    }
  }

  /** A call takes so many, and each of them once. */
  private static List<List<Contact>> calls(List<Contact> contacts, Function<Contact, String> key) {
    List<Map<String, Contact>> calls = new ArrayList<>();
    for (Contact contact : contacts) {
      String name = key.apply(contact);
      Map<String, Contact> free =
          calls.stream()
              .filter(call -> call.size() < HubSpotApi.MOST && !call.containsKey(name))
              .findFirst()
              .orElseGet(
                  () -> {
                    calls.add(new LinkedHashMap<>());
                    return calls.get(calls.size() - 1);
                  });
      free.put(name, contact);
    }
    return calls.stream().map(call -> List.copyOf(call.values())).toList();
  }

  private void update(List<Contact> contacts, Map<String, Written> results) {
    SinkReply reply = api.update(contacts);
    if (divides(reply, contacts)) {
      halves(contacts).forEach(half -> update(half, results));
    } else if (reply instanceof SinkReply.Refused refused && refused.response().status() == 404) {
      return; // Deleted there, or merged into another one.
    } else {
      read(reply, contacts, results, true);
    }
  }

  private void upsert(List<Contact> contacts, Map<String, Written> results) {
    SinkReply reply = api.upsert(contacts);
    if (divides(reply, contacts)) {
      halves(contacts).forEach(half -> upsert(half, results));
    } else {
      read(reply, contacts, results, false);
    }
  }

  /** One bad contact, or too many at once. Whatever else is refused is refused to each. */
  private static boolean divides(SinkReply reply, List<Contact> contacts) {
    boolean isAboutSome =
        reply instanceof SinkReply.TooLarge
            || reply instanceof SinkReply.Refused refused
                && (ABOUT_SOME.contains(refused.response().status())
                    || Category.isNotFound(refused.response()));
    return contacts.size() > 1 && isAboutSome;
  }

  private static List<List<Contact>> halves(List<Contact> contacts) {
    int half = contacts.size() / 2;
    return List.of(contacts.subList(0, half), contacts.subList(half, contacts.size()));
  }

  private void read(
      SinkReply reply, List<Contact> contacts, Map<String, Written> results, boolean isUpdate) {
    Optional<HttpResponse> told = reply.answer();
    if (told.isPresent()) {
      items(told.get(), contacts, results, isUpdate);
      return;
    }
    boolean isUnsure =
        !isUpdate
            && (isConflict(reply) || reply instanceof SinkReply.Later later && later.mayBeTaken());
    HookResult result = result(reply);
    contacts.forEach(c -> results.put(c.trace(), new Written(result, Optional.empty(), isUnsure)));
  }

  private static HookResult result(SinkReply reply) {
    if (reply instanceof SinkReply.Refused refused) {
      String reason = refused.reason() + word(refused.response());
      return isConflict(reply)
          ? new HookResult.Retry(Optional.empty(), reason)
          : new HookResult.Park(reason);
    }
    return reply.result();
  }

  private static boolean isConflict(SinkReply reply) {
    return reply instanceof SinkReply.Refused refused && refused.response().status() == CONFLICT;
  }

  private void items(
      HttpResponse response,
      List<Contact> contacts,
      Map<String, Written> results,
      boolean isUpdate) {
    JsonNode answer = SinkJson.read(response.body()).orElseGet(SinkJson::object);
    boolean namesThoseThatAre = isUpdate && answer.path("results").isArray();
    for (Contact contact : contacts) {
      Optional<String> id = idOf(contact, answer);
      Optional<JsonNode> fault = faultOf(contact, answer);
      boolean isMissing = isUpdate && fault.map(Category::isNotFound).orElse(namesThoseThatAre);
      if (id.isPresent()) {
        results.put(contact.trace(), new Written(HookResult.delivered(), id, false));
      } else if (!isMissing) {
        results.put(contact.trace(), notWritten(fault, isUpdate));
      }
    }
  }

  private static Written notWritten(Optional<JsonNode> fault, boolean isUpdate) {
    boolean mayBeThere =
        fault.isEmpty() || fault.flatMap(Category::of).filter(CONFLICTING::equals).isPresent();
    HookResult result =
        fault
            .map(ContactCalls::faulty)
            .orElseGet(
                () ->
                    new HookResult.Retry(
                        Optional.empty(),
                        "HubSpot's answer does not say what became of the contact"));
    return new Written(result, Optional.empty(), !isUpdate && mayBeThere);
  }

  /** By what we sent along, or else by what it is about. */
  private static Optional<String> idOf(Contact contact, JsonNode answer) {
    return answer
        .path("results")
        .valueStream()
        .filter(result -> isOf(contact, result))
        .map(result -> result.path("id").asString(""))
        .filter(id -> id.matches("[0-9A-Za-z_-]{1,64}"))
        .findFirst();
  }

  private static boolean isOf(Contact contact, JsonNode result) {
    String trace = result.path("objectWriteTraceId").asString("");
    if (!trace.isEmpty()) {
      return trace.equals(contact.trace());
    }
    return contact
        .id()
        .map(id -> id.equals(result.path("id").asString("")))
        .orElseGet(
            () ->
                Person.comparable(result.path("properties").path("email").asString(""))
                    .equals(Person.comparable(contact.email())));
  }

  /** Named by what we sent along, or by the contact's id. */
  private static Optional<JsonNode> faultOf(Contact contact, JsonNode answer) {
    return answer
        .path("errors")
        .valueStream()
        .filter(
            fault ->
                names(fault, "objectWriteTraceId", Optional.of(contact.trace()))
                    || names(fault, "ids", contact.id())
                    || names(fault, "id", contact.id()))
        .findFirst();
  }

  /** A value, or a list of them. */
  private static boolean names(JsonNode fault, String by, Optional<String> wanted) {
    JsonNode named = fault.path("context").path(by);
    return wanted.isPresent()
        && Stream.concat(Stream.of(named), named.valueStream())
            .anyMatch(value -> value.asString("").equals(wanted.get()));
  }

  private static HookResult faulty(JsonNode fault) {
    String words = Category.words(fault).orElse("no reason is given");
    String reason = "HubSpot refused the contact: " + words;
    return Category.of(fault).filter(PASSING::contains).isPresent()
        ? new HookResult.Retry(Optional.empty(), reason)
        : new HookResult.Park(reason);
  }

  private static String word(HttpResponse response) {
    return Category.words(response).map(words -> ": " + words).orElse("");
  }
}
