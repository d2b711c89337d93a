package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as plain maps and texts, read within bounds. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private Json() {}

  static byte[] write(Map<String, ?> fields) {
    return MAPPER.writeValueAsBytes(present(fields));
  }

  private static Object present(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> all = new LinkedHashMap<>();
      map.forEach(
          (name, each) -> {
            if (!(each instanceof Optional<?> maybe) || maybe.isPresent()) {
              all.put(String.valueOf(name), present(each));
            }
          });
      return all;
    }
    if (value instanceof Collection<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(present(each)));
      return all;
    }
    return value instanceof Optional<?> maybe ? present(maybe.orElseThrow()) : value;
  }

  /** Every single value of an object, under its path, such as {@code amount.value}. */
  static Map<String, String> flat(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node.isObject()) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten("", node, values);
        return values;
      }
    } catch (JacksonException e) {
      // Refused below.
    }
    throw new InvalidInputException(
        new Problem("body", Router.BODY, "the body is no JSON object", "send one"));
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    String below = path.isEmpty() ? "" : path + ".";
    if (node.isObject()) {
      node.properties().forEach(e -> flatten(below + e.getKey(), e.getValue(), values));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(below + i, node.get(i), values);
      }
    } else if (!node.isNull()) {
      values.put(path, node.asString());
    }
  }
}
