package dev.gatehouse.store.jdbc;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;

/** Records and events as the text that is kept of them, which the databases can look into, too. */
final class RecordJson {
  private RecordJson() {}

  static <T> String write(Json<T> form, T kept) {
    return new String(form.write(kept), StandardCharsets.UTF_8);
  }

  static <T> T read(Json<T> form, String text) {
    return form.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
