package dev.gatehouse.testkit.conformance;

import dev.gatehouse.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of a provider that has gone on: with fields that were not there before. */
final class Enriched {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Enriched() {}

  static HttpResponse of(HttpResponse plain) {
    try {
      JsonNode tree = JSON.readTree(plain.body());
      if (tree.isContainer()) {
        more(tree);
        return new HttpResponse(plain.status(), plain.headers(), JSON.writeValueAsBytes(tree));
      }
    } catch (JacksonException e) {
      // It is no JSON, and stays as it is.
    }
    return plain;
  }

  static byte[] of(byte[] body) {
    JsonNode tree = JsonForms.tree(body);
    more(tree);
    return JsonForms.bytes(tree);
  }

  /** In the whole and in what lists have; an object within may be a map, which has no fields. */
  private static void more(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.put("zz_unheard_of", "new");
      object.put("zz_unheard_of_number", 7);
      object.putNull("zz_unheard_of_null");
      object.putObject("zz_unheard_of_object").putArray("list").add(1).addNull().add("x");
      object.forEach(
          child -> {
            if (child instanceof ArrayNode) {
              more(child);
            }
          });
    } else if (tree instanceof ArrayNode array) {
      array.forEach(Enriched::more);
    }
  }
}
