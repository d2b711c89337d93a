package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Idempotency keys of an emulated provider: what was done under a key is not done again while the
 * key is kept; the same request gets the same answer. What is refused by throwing was not done, and
 * leaves its key free. For use under the provider's lock.
 */
public final class IdempotencyKeys {
  /** The code of the problem: the key was used with another request. */
  public static final String CONFLICT = "emulator.key-conflict";

  private final Agenda agenda;
  private final Duration life;
  private final Map<String, Kept> kept = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();

  private record Kept(HttpRequest request, HttpResponse answer, Instant until) {
    boolean isFor(HttpRequest other) {
      return request.method().equals(other.method())
          && request.uri().getRawPath().equals(other.uri().getRawPath())
          && Arrays.equals(request.body(), other.body());
    }
  }

  /** Keeps each key for so long. */
  public IdempotencyKeys(Agenda agenda, Duration life) {
    this.agenda = agenda;
    this.life = life;
  }

  /**
   * The answer that was given under this key before, or the one that is given now.
   *
   * @param key unique to the caller: put the account before it, if there are several
   * @throws InvalidStateException if the key was used with another method, path or body, with code
   *     {@link #CONFLICT}
   */
  public HttpResponse once(String key, HttpRequest request, Supplier<HttpResponse> work) {
    requests.merge(key, 1, Integer::sum);
    Optional<Kept> first =
        Optional.ofNullable(kept.get(key)).filter(k -> agenda.now().isBefore(k.until()));
    if (first.isPresent()) {
      return repeated(first.get(), request);
    }
    HttpResponse answer = work.get();
    kept.put(key, new Kept(request, answer, agenda.now().plus(life)));
    return answer;
  }

  private static HttpResponse repeated(Kept first, HttpRequest request) {
    if (!first.isFor(request)) {
      throw new InvalidStateException(
          new Problem(
              "key", CONFLICT, "the key was used with another request", "use a key of its own"));
    }
    return first.answer();
  }

  /** How many requests came under each key, repeats among them. */
  public Map<String, Integer> requests() {
    return Map.copyOf(requests);
  }
}
