package dev.gatehouse.testkit.sink;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which properties contacts have, of which type, and what each takes (<a
 * href="https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide">properties</a>).
 */
final class HubSpotProperties {
  static final String LIFECYCLE = "lifecyclestage";

  private static final String TEXT = "string";
  private static final String CHOICE = "enumeration";
  private static final List<String> STAGES = List.of("subscriber", "lead", "customer");
  private static final List<String> TRUTH = List.of("true", "false");

  private final Map<String, Definition> all = new LinkedHashMap<>();

  private record Definition(String type, List<String> options) {}

  HubSpotProperties() {
    List.of("email", "firstname", "lastname").forEach(this::add);
    all.put(LIFECYCLE, new Definition(CHOICE, STAGES));
  }

  void add(String name) {
    add(name, TEXT);
  }

  void add(String name, String type, String... options) {
    all.put(name, new Definition(type, type.equals("bool") ? TRUTH : List.of(options)));
  }

  ObjectNode asJson(ObjectNode answer) {
    ArrayNode results = answer.putArray("results");
    all.forEach(
        (name, definition) -> {
          ObjectNode property = results.addObject().put("name", name);
          property.put("type", definition.type);
          ArrayNode options = property.putArray("options");
          definition.options.forEach(value -> options.addObject().put("value", value));
          property.putObject("modificationMetadata").put("readOnlyValue", isReadOnly(name));
        });
    return answer;
  }

  /** The word by which a value is refused; empty if it is taken. Nothing clears a property. */
  Optional<String> fault(String name, String value) {
    Definition definition = all.get(name);
    if (definition == null) {
      return Optional.of("PROPERTY_DOESNT_EXIST");
    } else if (isReadOnly(name)) {
      return Optional.of("READ_ONLY_VALUE");
    }
    return value.isEmpty() ? Optional.empty() : fault(definition, value);
  }

  private static Optional<String> fault(Definition definition, String value) {
    return switch (definition.type) {
      case "number" ->
          value.matches("-?[0-9]+(\\.[0-9]+)?") ? Optional.empty() : Optional.of("INVALID_INTEGER");
      case "date" -> day(value);
      case "datetime" -> moment(value);
      case CHOICE, "bool" ->
          definition.options.containsAll(List.of(value.split(";")))
              ? Optional.empty()
              : Optional.of("INVALID_OPTION");
      default -> Optional.empty();
    };
  }

  /** A day, or its midnight in UTC in milliseconds. */
  private static Optional<String> day(String value) {
    if (value.matches("[0-9]{1,15}")) {
      boolean isMidnight = Long.parseLong(value) % Duration.ofDays(1).toMillis() == 0;
      return isMidnight ? Optional.empty() : Optional.of("INVALID_DATE");
    }
    return parsed(() -> LocalDate.parse(value));
  }

  private static Optional<String> moment(String value) {
    return value.matches("[0-9]{1,15}")
        ? Optional.empty()
        : parsed(() -> OffsetDateTime.parse(value));
  }

  private static Optional<String> parsed(Runnable parser) {
    try {
      parser.run();
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("INVALID_LONG");
    }
  }

  /** A stage is not designed to move backwards: whoever says so is not heard. */
  boolean movesBack(String from, String to) {
    return STAGES.indexOf(to) < STAGES.indexOf(from);
  }

  private static boolean isReadOnly(String name) {
    return name.startsWith("hs_");
  }
}
