package dev.gatehouse.testkit.spec;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of one description, and those that were made of its operations, by name. */
final class Schemas {
  private static final String BASE = "https://spec.test/";

  private final JsonNode document;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
  private final String location;
  private final SchemaRegistry registry;

  /**
   * Prepares them.
   *
   * @param document what references lead to
   * @param more schemas under names that the document does not use
   */
  Schemas(String name, JsonNode document, ObjectNode more) {
    this.document = document;
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode all = root.putObject("components").putObject("schemas");
    all.setAll((ObjectNode) document.path("components").path("schemas"));
    all.setAll(more);
    prepare(root);
    this.location = BASE + name + "#/components/schemas/";
    this.registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(),
            builder ->
                builder
                    .schemas(Map.of(BASE + name, root.toString()))
                    .schemaRegistryConfig(
                        // Types refer to each other in circles: read them as they are needed.
                        SchemaRegistryConfig.builder().preloadSchema(false).build()));
  }

  /** What does not fit the schema of this name. */
  List<String> problems(String name, JsonNode value) {
    return compiled.computeIfAbsent(name, this::compile).validate(value).stream()
        .map(Schemas::told)
        .toList();
  }

  /** By a reference: asked for by its place, each would read the whole document again. */
  private Schema compile(String name) {
    return registry.getSchema(JsonNodeFactory.instance.objectNode().put("$ref", location + name));
  }

  private static String told(Error error) {
    return error.getInstanceLocation() + ": " + error.getMessage();
  }

  /** The schema itself, where this is a reference. */
  JsonNode resolved(JsonNode schema) {
    JsonNode seen = schema;
    while (seen.path("$ref").isString()) {
      seen = document.at(seen.path("$ref").stringValue().substring(1));
    }
    return seen;
  }

  /** Whether a value may be meant by this choice of several: by its type and its listed values. */
  boolean accepts(JsonNode choice, JsonNode value) {
    JsonNode schema = resolved(choice);
    boolean listed = !schema.has("enum");
    for (JsonNode one : schema.path("enum")) {
      listed |= one.equals(value);
    }
    return listed
        && switch (schema.path("type").asString("")) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "string" -> value.isString();
          default -> true;
        };
  }

  /**
   * Makes sure that nothing is skipped silently: every pattern must compile; and says "or null" in
   * a way that holds for choices and references, too.
   */
  private static void prepare(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("pattern").isString()) {
        Pattern.compile(object.path("pattern").stringValue());
      }
      if (object.path("transmission_sig") instanceof ObjectNode signature) {
        // PayPal's pattern wants a letter or digit first, and Base64 may begin with + or /, too.
        signature.put("pattern", "^[A-Za-z0-9+/]+=*$");
      }
      if (object.path("nullable").asBoolean(false)) {
        allowNull(object);
      }
    }
    node.forEach(Schemas::prepare);
  }

  private static void allowNull(ObjectNode schema) {
    for (String choices : List.of("anyOf", "oneOf")) {
      if (schema.path(choices) instanceof ArrayNode list) {
        list.add(onlyNull());
      }
    }
    if (schema.has("$ref")) {
      ArrayNode choices = schema.putArray("anyOf");
      choices.addObject().set("$ref", schema.remove("$ref"));
      choices.add(onlyNull());
    }
  }

  private static ObjectNode onlyNull() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("enum").addNull();
    return schema;
  }
}
