package dev.gatehouse.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Two schemas of a type of event, side by side. */
final class Compatibility {
  private final List<String> lost = new ArrayList<>();

  /** Whether they say the same of every document, in whatever words. */
  static boolean isSame(JsonNode one, JsonNode other) {
    return wordless(one).equals(wordless(other));
  }

  private static JsonNode wordless(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    Trees.objects(
        copy,
        (place, object) -> {
          if (object.path("description").isString()) {
            object.remove("description");
          }
        });
    return copy;
  }

  /** What a receiver that relied on the earlier one would miss. */
  static List<String> lost(JsonNode before, JsonNode after) {
    Compatibility both = new Compatibility();
    both.compare("$", before, after);
    return both.lost;
  }

  private void compare(String place, JsonNode before, JsonNode after) {
    if (after.isMissingNode()) {
      lost.add(place);
      return;
    }
    for (String keyword : List.of("type", "const", "format", "pattern", "minLength")) {
      if (!before.path(keyword).equals(after.path(keyword))) {
        lost.add(place + ": " + keyword);
      }
    }
    lostOf(before.path("enum"), after.path("enum"), place + ": ");
    lostOf(before.path("required"), after.path("required"), place + ": always has ");
    for (Map.Entry<String, JsonNode> property : before.path("properties").properties()) {
      String name = property.getKey();
      compare(place + "." + name, property.getValue(), after.path("properties").path(name));
    }
    if (before.has("items")) {
      compare(place + "[]", before.path("items"), after.path("items"));
    }
  }

  private void lostOf(JsonNode before, JsonNode after, String said) {
    List<String> still = after.valueStream().map(JsonNode::stringValue).toList();
    before
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(word -> !still.contains(word))
        .forEach(word -> lost.add(said + word));
  }
}
