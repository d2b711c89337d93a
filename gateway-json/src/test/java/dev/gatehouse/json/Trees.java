package dev.gatehouse.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents taken apart and changed, with a library that the form itself does without. */
final class Trees {
  static final JsonMapper MAPPER = new JsonMapper();

  /** A place in a document: the node that holds it and its path. */
  record Place(String path, JsonNode holder, Object key) {
    JsonNode value() {
      return holder instanceof ObjectNode object
          ? object.get((String) key)
          : holder.get((Integer) key);
    }

    void put(JsonNode value) {
      if (holder instanceof ObjectNode object) {
        object.set((String) key, value);
      } else {
        ((ArrayNode) holder).set((Integer) key, value);
      }
    }
  }

  private Trees() {}

  static JsonNode of(Sample<?> sample) {
    return MAPPER.readTree(sample.bytes());
  }

  static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** Every place below the root, outermost first. */
  static List<Place> places(JsonNode root) {
    List<Place> places = new ArrayList<>();
    walk(root, "$", places);
    return places;
  }

  private static void walk(JsonNode node, String path, List<Place> places) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        String inner = path + "." + name;
        places.add(new Place(inner, object, name));
        walk(object.get(name), inner, places);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        String inner = path + "[" + i + "]";
        places.add(new Place(inner, node, i));
        walk(node.get(i), inner, places);
      }
    }
  }

  /** Does something to every object, the root included. */
  static void objects(JsonNode node, BiConsumer<String, ObjectNode> change) {
    if (node instanceof ObjectNode root) {
      change.accept("$", root);
    }
    for (Place place : places(node)) {
      if (place.value() instanceof ObjectNode object) {
        change.accept(place.path(), object);
      }
    }
  }
}
