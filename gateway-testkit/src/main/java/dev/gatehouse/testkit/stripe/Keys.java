package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Idempotency keys. The first status and body under a key are its answer for as long as it is kept,
 * a 500 included; an endpoint that never began to execute leaves nothing behind.
 */
final class Keys {
  private final Desk desk;
  private final Map<String, Kept> kept = new HashMap<>();
  private final Set<String> inUse = new HashSet<>();

  private record Kept(
      String call, Map<String, Object> params, HttpResponse answer, Instant until) {}

  Keys(Desk desk) {
    this.desk = desk;
  }

  void use(String key, boolean busy) {
    if (busy) {
      inUse.add(key);
    } else {
      inUse.remove(key);
    }
  }

  Optional<HttpResponse> answerOf(
      StripeAccount account, String key, HttpRequest request, Params params) {
    if (inUse.contains(key)) {
      throw ApiError.keyInUse();
    }
    Kept first = kept.get(id(account, key));
    if (first == null || !desk.now().isBefore(first.until())) {
      return Optional.empty();
    }
    if (!first.call().equals(call(request)) || !first.params().equals(params.all())) {
      throw ApiError.otherParameters();
    }
    HttpResponse answer = first.answer();
    return Optional.of(
        new HttpResponse(
            answer.status(), answer.headers().with("idempotent-replayed", "true"), answer.body()));
  }

  void keep(
      StripeAccount account, String key, HttpRequest request, Params params, HttpResponse answer) {
    Instant until = desk.now().plus(desk.options().keyLife());
    kept.put(id(account, key), new Kept(call(request), params.all(), answer, until));
  }

  private static String call(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  private static String id(StripeAccount account, String key) {
    return account.id() + "\n" + key;
  }
}
