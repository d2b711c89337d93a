package dev.gatehouse.testkit.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the texts of a form the types that the schema speaks of, where they can be read so. What
 * can't be is left as it is, and the schema then refuses it.
 */
final class FormTypes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,30})");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
  private static final Pattern PLACE = Pattern.compile("[0-9]{1,4}");

  private final Schemas schemas;

  FormTypes(Schemas schemas) {
    this.schemas = schemas;
  }

  JsonNode typed(JsonNode value, JsonNode schema) {
    JsonNode wanted = schemas.resolved(schema);
    JsonNode choices = wanted.has("anyOf") ? wanted.path("anyOf") : wanted.path("oneOf");
    for (JsonNode choice : choices) {
      JsonNode read = typed(value, choice);
      if (schemas.accepts(choice, read)) {
        return read;
      }
    }
    return switch (wanted.path("type").asString("")) {
      case "object" -> value instanceof ObjectNode object ? object(object, wanted) : value;
      case "array" -> value instanceof ObjectNode object ? array(object, wanted) : value;
      default -> value.isString() ? leaf(value, wanted.path("type").asString("")) : value;
    };
  }

  private static JsonNode leaf(JsonNode value, String type) {
    String text = value.stringValue();
    if (type.equals("integer") && INTEGER.matcher(text).matches()) {
      return NODES.numberNode(new BigInteger(text));
    }
    if (type.equals("number") && NUMBER.matcher(text).matches()) {
      return NODES.numberNode(new BigDecimal(text));
    }
    if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
      return NODES.booleanNode(text.equals("true"));
    }
    return value;
  }

  private ObjectNode object(ObjectNode value, JsonNode schema) {
    ObjectNode typed = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode other = schema.path("additionalProperties");
      typed.set(field.getKey(), typed(field.getValue(), known.isMissingNode() ? other : known));
    }
    return typed;
  }

  private JsonNode array(ObjectNode value, JsonNode schema) {
    ArrayNode typed = NODES.arrayNode();
    for (Map.Entry<String, JsonNode> place : value.properties()) {
      if (!PLACE.matcher(place.getKey()).matches()) {
        return value;
      }
      typed.add(typed(place.getValue(), schema.path("items")));
    }
    return typed;
  }
}
