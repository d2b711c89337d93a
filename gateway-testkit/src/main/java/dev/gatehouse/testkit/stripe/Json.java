package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees of JSON. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] write(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static HttpResponse response(int status, JsonNode body) {
    return new HttpResponse(
        status, HttpHeaders.none().with("content-type", "application/json"), write(body));
  }

  /** Whole seconds, or null. */
  static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : Long.valueOf(time.getEpochSecond());
  }
}
