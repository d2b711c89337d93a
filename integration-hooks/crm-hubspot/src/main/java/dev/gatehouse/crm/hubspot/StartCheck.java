package dev.gatehouse.crm.hubspot;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.sink.SinkJson;
import dev.gatehouse.sink.SinkReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks HubSpot at the start whether it knows our token and the properties that are mapped. If it
 * does not answer, nothing is known, and the hook opens: no start waits for a CRM.
 */
final class StartCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

  private final Map<String, JsonNode> known;
  private final List<Problem> problems = new ArrayList<>();

  private StartCheck(Map<String, JsonNode> known) {
    this.known = known;
  }

  static void demandFit(HubSpotApi api, HubSpotSettings settings, String instance) {
    SinkReply reply = api.properties();
    if (reply instanceof SinkReply.Locked) {
      throw new ConfigurationException(
          new Problem(
              HubSpotSettings.ACCESS_TOKEN,
              "setting.refused",
              "setting 'access-token' is not taken by HubSpot, or may not read the properties of"
                  + " contacts",
              "set the token of a service key or private app with the scopes"
                  + " crm.schemas.contacts.read, crm.objects.contacts.read and"
                  + " crm.objects.contacts.write"));
    }
    Optional<Map<String, JsonNode>> known =
        reply instanceof SinkReply.Taken taken
            ? SinkJson.read(taken.response().body()).flatMap(StartCheck::byName)
            : Optional.empty();
    if (known.isPresent()) {
      new StartCheck(known.get()).check(settings);
    } else if (isNobody(reply)) {
      throw elsewhere();
    } else {
      LOG.warn(
          "hook {}: HubSpot does not say which properties it has; they are not checked", instance);
    }
  }

  /** No such address, or a page that is not HubSpot's. */
  private static boolean isNobody(SinkReply reply) {
    return reply instanceof SinkReply.Taken
        || reply instanceof SinkReply.Gone
        || reply instanceof SinkReply.Refused refused && refused.response().status() == 404;
  }

  private static ConfigurationException elsewhere() {
    return new ConfigurationException(
        new Problem(
            HubSpotSettings.BASE_URL,
            "setting.refused",
            "at the address of setting 'base-url' is nobody who knows the properties of contacts",
            "set it to https://api.hubapi.com, or leave it out; behind a proxy, look at its routes"));
  }

  private static Optional<Map<String, JsonNode>> byName(JsonNode answer) {
    if (!answer.path("results").isArray()) {
      return Optional.empty();
    }
    Map<String, JsonNode> known = new HashMap<>();
    answer.get("results").forEach(p -> known.put(p.path("name").asString(""), p));
    return Optional.of(known);
  }

  private void check(HubSpotSettings settings) {
    settings.properties().forEach(this::property);
    settings.signedUp().ifPresent(stage -> stage(HubSpotSettings.SIGNED_UP, stage));
    settings.bought().ifPresent(stage -> stage(HubSpotSettings.BOUGHT, stage));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void property(Field told, String name) {
    String setting = told.settingName();
    JsonNode property = known.get(name);
    if (property == null) {
      wrong(
          setting,
          "names a property that contacts in HubSpot do not have",
          "create the property there, name one that exists, or set none");
    } else if (property.path("modificationMetadata").path("readOnlyValue").asBoolean(false)) {
      wrong(setting, "names a property that can't be written", "name another one, or set none");
    } else if (!takes(told, property.path("type").asString(""))) {
      wrong(
          setting,
          "names a property of a type that does not take it",
          "name a property of type " + String.join(" or ", told.types()) + ", or set none");
    } else if (!hasOptionsOf(told, property)) {
      wrong(
          setting,
          "names a property with options that lack one that is told",
          "add the options " + new TreeSet<>(told.words()) + " there, or name a property for text");
    }
  }

  private static boolean takes(Field told, String type) {
    return type.isEmpty() || told.types().contains(type);
  }

  /** Some options are kept elsewhere; a list that is not told is no reason to refuse. */
  private static boolean hasOptionsOf(Field told, JsonNode property) {
    Set<String> options = options(property);
    boolean isChoice = property.path("type").asString("").equals(Field.CHOICE);
    return !isChoice || options.isEmpty() || options.containsAll(told.words());
  }

  private static Set<String> options(JsonNode property) {
    return property
        .path("options")
        .valueStream()
        .map(option -> option.path("value").asString(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Stages may be renamed there; a list that is not told is no reason to refuse. */
  private void stage(String setting, String stage) {
    JsonNode property = known.get(HubSpotSettings.LIFECYCLE);
    Set<String> stages = property == null ? Set.of() : options(property);
    if (!stages.isEmpty() && !stages.contains(stage)) {
      wrong(setting, "names a lifecycle stage that HubSpot does not have", "use one of " + stages);
    }
  }

  private void wrong(String setting, String what, String remedy) {
    problems.add(
        new Problem(setting, "setting.unmapped", "setting '" + setting + "' " + what, remedy));
  }
}
