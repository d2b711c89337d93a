package dev.gatehouse.testkit.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The operations of a description, each with the schemas of its parts, by name. */
final class Operations {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}/]+)}");

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();

  Operations(JsonNode document) {
    this.document = document;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("responses")) {
          operations.add(operation(path, method));
        }
      }
    }
  }

  /**
   * One operation.
   *
   * @param name such as {@code GET /v1/charges/{charge}}
   * @param bodies the names of the schemas of its request, by content type
   * @param answers the names of the schemas of its answers, by status; empty for one without body
   */
  record Operation(
      String name,
      String method,
      Pattern path,
      List<String> pathNames,
      String key,
      boolean needsBody,
      Map<String, String> bodies,
      Map<String, Optional<String>> answers) {

    /** The schema of an answer of this status; empty if the status is not described. */
    Optional<Optional<String>> answer(int status) {
      return Optional.ofNullable(answers.get(Integer.toString(status)))
          .or(() -> Optional.ofNullable(answers.get(status / 100 + "XX")))
          .or(() -> Optional.ofNullable(answers.get("default")));
    }
  }

  /** The schemas made here, by name. */
  ObjectNode schemas() {
    return schemas;
  }

  JsonNode schema(String name) {
    return schemas.path(name);
  }

  /** The operation that answers this; one without placeholders comes first. */
  Optional<Operation> find(String method, String path) {
    Optional<Operation> best = Optional.empty();
    for (Operation operation : operations) {
      if (operation.method().equals(method)
          && operation.path().matcher(path).matches()
          && best.map(b -> b.pathNames().size() > operation.pathNames().size()).orElse(true)) {
        best = Optional.of(operation);
      }
    }
    return best;
  }

  private Operation operation(
      Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
    String verb = method.getKey().toUpperCase(java.util.Locale.ROOT);
    JsonNode node = method.getValue();
    String key = "op" + operations.size();
    parameters(key, path.getValue().path("parameters"), node.path("parameters"));
    JsonNode body = resolved(node.path("requestBody"));
    Map<String, String> bodies = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> content : body.path("content").properties()) {
      String name = key + "-body-" + bodies.size();
      schemas.set(name, content.getValue().path("schema"));
      bodies.put(content.getKey(), name);
    }
    List<String> names = new ArrayList<>();
    Matcher placeholders = PLACEHOLDER.matcher(path.getKey());
    while (placeholders.find()) {
      names.add(placeholders.group(1));
    }
    return new Operation(
        verb + " " + path.getKey(),
        verb,
        Pattern.compile(placeholders.replaceAll("([^/]+)")),
        names,
        key,
        body.path("required").asBoolean(false),
        bodies,
        answers(key, node.path("responses")));
  }

  private Map<String, Optional<String>> answers(String key, JsonNode responses) {
    Map<String, Optional<String>> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      JsonNode schema =
          resolved(response.getValue()).path("content").path("application/json").path("schema");
      if (schema.isMissingNode()) {
        answers.put(response.getKey(), Optional.empty());
      } else {
        String name = key + "-" + response.getKey();
        schemas.set(name, schema);
        answers.put(response.getKey(), Optional.of(name));
      }
    }
    return answers;
  }

  /** Makes one object schema each of the parameters in the path, the query and the headers. */
  private void parameters(String key, JsonNode... lists) {
    for (String place : List.of("path", "query", "header")) {
      ObjectNode schema = schemas.putObject(key + "-" + place);
      schema.put("type", "object");
      schema.put("additionalProperties", place.equals("header"));
      schema.putObject("properties");
    }
    for (JsonNode list : lists) {
      for (JsonNode one : list) {
        JsonNode parameter = resolved(one);
        String place = parameter.path("in").asString("");
        String name = parameter.path("name").asString("");
        if (place.equals("header")) {
          name = name.toLowerCase(java.util.Locale.ROOT);
        }
        ObjectNode schema = (ObjectNode) schemas.path(key + "-" + place);
        ((ObjectNode) schema.path("properties")).set(name, parameter.path("schema"));
        if (parameter.path("required").asBoolean(false)) {
          schema.withArray("required").add(name);
        }
      }
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.path("$ref").isString()
        ? document.at(node.path("$ref").stringValue().substring(1))
        : node;
  }
}
