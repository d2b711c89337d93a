package dev.gatehouse.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same JSON in other bytes. */
final class JsonForms {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonForms() {}

  /** With white space, with escapes, and with its keys in another order. */
  static List<String> others(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    JsonNode tree = tree(body);
    List<String> others = new ArrayList<>();
    others.add(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    others.add(escaped(text));
    others.add(JSON.writeValueAsString(turned(tree)));
    others.removeIf(text::equals);
    return others;
  }

  static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      if (tree.isContainer()) {
        return tree;
      }
    } catch (JacksonException e) {
      // Told below.
    }
    throw new NotVerifiable("the provider's notices are no JSON");
  }

  static byte[] bytes(JsonNode tree) {
    return JSON.writeValueAsBytes(tree);
  }

  private static JsonNode turned(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      Collections.reverse(names);
      ObjectNode turned = JSON.createObjectNode();
      names.forEach(name -> turned.set(name, turned(object.get(name))));
      return turned;
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode same = JSON.createArrayNode();
      array.forEach(element -> same.add(turned(element)));
      return same;
    }
    return tree;
  }

  /** Every letter in a text as its number, but for those that are escaped already. */
  private static String escaped(String json) {
    StringBuilder out = new StringBuilder();
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inText && c == '\\') {
        int length = json.charAt(i + 1) == 'u' ? 6 : 2;
        out.append(json, i, i + length);
        i += length - 1;
      } else if (inText && Character.isLetter(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        inText ^= c == '"';
        out.append(c);
      }
    }
    return out.toString();
  }
}
