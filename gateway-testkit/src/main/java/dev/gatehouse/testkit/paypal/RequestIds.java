package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code PayPal-Request-Id}: one that is known gets the <em>latest</em> state of what it once made,
 * not the first answer again, and whatever the request says this time. Refusals are not remembered.
 * Each kind of call keeps its own ids, for its own time.
 */
final class RequestIds {
  private final Books books;
  private final Map<String, Kept> kept = new HashMap<>();
  private final Set<String> busy = new HashSet<>();

  private record Kept(Supplier<HttpResponse> latest, Instant until) {}

  RequestIds(Books books) {
    this.books = books;
  }

  /** The next request with this id comes while another one is still being worked on. */
  void busy(String key) {
    busy.add(key);
  }

  Optional<HttpResponse> latest(Call call) {
    String key = call.key();
    if (key == null || !call.kind().takesKeys()) {
      return Optional.empty();
    }
    if (busy.remove(key)) {
      throw Issue.inProgress();
    }
    Kept known = kept.get(id(call, key));
    return known == null || !books.now().isBefore(known.until())
        ? Optional.empty()
        : Optional.of(known.latest().get());
  }

  void keep(Call call, Supplier<HttpResponse> latest) {
    String key = call.key();
    if (key != null) {
      PayPalOptions options = books.options();
      kept.put(id(call, key), new Kept(latest, books.now().plus(life(call.kind(), options))));
    }
  }

  private static Duration life(Call.Kind kind, PayPalOptions options) {
    if (kind.isOfVault()) {
      return options.vaultKeyLife();
    }
    return kind.isOfOrders() ? options.orderKeyLife() : options.paymentKeyLife();
  }

  private static String id(Call call, String key) {
    return call.app().clientId() + "\n" + call.kind() + "\n" + key;
  }
}
