package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Idempotency keys: the first answer to a key is its answer for as long as the key is kept. */
final class Keys {
  private final Books books;
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(String path, JsonNode body, HttpResponse answer, Instant until) {}

  Keys(Books books) {
    this.books = books;
  }

  Optional<HttpResponse> answerOf(
      ReferenceAccount account, String key, String path, JsonNode body) {
    Kept first = kept.get(id(account, key));
    if (first == null || !books.now().isBefore(first.until())) {
      return Optional.empty();
    }
    if (!first.path().equals(path) || !first.body().equals(body)) {
      throw new ApiError(
          409, "idempotency_conflict", "key_reused", "The key was used with other parameters.");
    }
    return Optional.of(first.answer());
  }

  void keep(ReferenceAccount account, String key, String path, JsonNode body, HttpResponse answer) {
    Instant until = books.now().plus(books.options().keyLife());
    kept.put(id(account, key), new Kept(path, body, answer, until));
  }

  private static String id(ReferenceAccount account, String key) {
    return account.id() + "\n" + key;
  }
}
