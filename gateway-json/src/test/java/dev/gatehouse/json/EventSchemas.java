package dev.gatehouse.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas as they follow from the records of events, in the words of their comments. */
final class EventSchemas {
  /** What forms leave out where it is this; nobody else leaves out a part that is always there. */
  private static final Map<String, String> LEFT_OUT = Map.of("Line.kind", "GOODS");

  private EventSchemas() {}

  /** The schema of a type of event, in the version that is written now. */
  static ObjectNode of(Class<?> event) {
    String type = event.getSimpleName();
    int version = EventCatalogue.version(type);
    ObjectNode schema = object();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", EventCatalogue.schemaId(type, version).toString());
    schema.put("title", type);
    schema.put("description", Comments.of(event));
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("type").put("const", type);
    properties
        .putObject("v")
        .put("description", "the version in which the event was told")
        .put("type", "integer")
        .put("minimum", version);
    ArrayNode required = schema.putArray("required").add("type").add("v");
    addComponents(event, properties, required);
    return schema;
  }

  private static void addComponents(Class<?> type, ObjectNode properties, ArrayNode required) {
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = properties.putObject(component.getName());
      property.put("description", Comments.ofComponent(type, component.getName()));
      property.setAll(value(component.getGenericType()));
      String leftOut = LEFT_OUT.get(type.getSimpleName() + "." + component.getName());
      if (leftOut != null) {
        property.put("default", leftOut);
      } else if (component.getType() != Optional.class && component.getType() != List.class) {
        required.add(component.getName());
      }
    }
  }

  private static ObjectNode value(Type type) {
    if (type instanceof ParameterizedType generic) {
      ObjectNode inner = value(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == Optional.class
          ? inner
          : object().put("type", "array").<ObjectNode>set("items", inner);
    }
    return value((Class<?>) type);
  }

  private static ObjectNode value(Class<?> type) {
    if (type == String.class) {
      return text();
    } else if (type == int.class) {
      return object().put("type", "integer");
    } else if (type == Instant.class) {
      return text().put("format", "date-time");
    } else if (type == Money.class) {
      return money();
    } else if (type.isEnum()) {
      ObjectNode word = text();
      ArrayNode words = word.putArray("enum");
      Arrays.stream(type.getEnumConstants()).forEach(one -> words.add(((Enum<?>) one).name()));
      return word;
    } else if (type.getPackageName().equals("dev.gatehouse.id")) {
      return text().put("minLength", 1);
    } else if (type.isRecord()) {
      ObjectNode record = object().put("type", "object");
      ObjectNode properties = record.putObject("properties");
      addComponents(type, properties, record.putArray("required"));
      return record;
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private static ObjectNode money() {
    ObjectNode money = object().put("type", "object");
    ObjectNode properties = money.putObject("properties");
    properties
        .putObject("amount")
        .put("description", "digits as text, with as many decimals as the currency has")
        .put("type", "string")
        .put("pattern", "^-?[0-9]+(\\.[0-9]+)?$");
    properties
        .putObject("currency")
        .put("description", "its code in ISO 4217")
        .put("type", "string")
        .put("pattern", "^[A-Z]{3}$");
    money.putArray("required").add("amount").add("currency");
    return money;
  }

  private static ObjectNode text() {
    return object().put("type", "string");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
