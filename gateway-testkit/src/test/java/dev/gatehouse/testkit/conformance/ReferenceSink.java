package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Answers;
import dev.gatehouse.testkit.emulator.Call;
import dev.gatehouse.testkit.emulator.Fields;
import dev.gatehouse.testkit.emulator.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A service that takes contacts and what happened, several in one request, within limits. */
final class ReferenceSink implements HookSink {
  static final int MOST_ITEMS = 10;
  static final int LONGEST_TEXT = 100;
  static final Duration OLDEST = Duration.ofHours(72);

  private final Clock clock;
  private final String secret;
  private final Router router =
      new Router(ReferenceSink::refused).on("POST", "/batch", this::batch);
  private final List<Item> items = new ArrayList<>();
  private final Map<String, String> contacts = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private Optional<Refusal> refusal = Optional.empty();

  ReferenceSink(Clock clock, String secret) {
    this.clock = clock;
    this.secret = secret;
  }

  private static HttpResponse refused(GatehouseException e) {
    return Answers.json(400, Map.of("error", e.problems().get(0).code()));
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return router.handle(request);
  }

  private HttpResponse batch(Call call) {
    if (!call.header("authorization").equals(Optional.of("Bearer " + secret))) {
      return Answers.json(401, Map.of("error", "unauthorized"));
    }
    Fields body = call.json();
    List<Item> brought = new ArrayList<>();
    for (int i = 0; body.text("items." + i + ".id").isPresent(); i++) {
      brought.add(item(body, "items." + i + "."));
    }
    int before = violations.size();
    if (brought.size() > MOST_ITEMS) {
      violations.add(brought.size() + " items in a request");
    }
    if (violations.size() > before) {
      return Answers.json(400, Map.of("error", "limits"));
    }
    return take(brought);
  }

  private Item item(Fields body, String place) {
    String text = body.text(place + "text").orElse("");
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
      violations.add("a text of " + text.length());
    }
    body.text(place + "at")
        .map(Instant::parse)
        .filter(at -> at.isAfter(clock.instant()) || at.isBefore(clock.instant().minus(OLDEST)))
        .ifPresent(at -> violations.add("an event of " + at));
    String kind = body.required(place + "kind");
    return new Item(
        body.required(place + "id"),
        kind.equals("contact") || kind.equals("forget"),
        kind + " " + text + " " + body.text(place + "email").orElse(""));
  }

  private HttpResponse take(List<Item> brought) {
    List<Map<String, String>> results = new ArrayList<>();
    for (int i = 0; i < brought.size(); i++) {
      boolean isRefused = refusal.isPresent() && i == brought.size() - 1;
      String status =
          !isRefused ? "taken" : refusal.get() == Refusal.FOR_GOOD ? "refused" : "later";
      if (!isRefused) {
        items.add(brought.get(i));
        remember(brought.get(i));
      }
      results.add(Map.of("id", brought.get(i).id(), "status", status));
    }
    int status = refusal.isPresent() ? 207 : 200;
    refusal = Optional.empty();
    return Answers.json(status, Map.of("results", results));
  }

  private void remember(Item item) {
    if (item.content().startsWith("forget ")) {
      contacts.remove(item.id());
    } else if (item.isState()) {
      contacts.put(item.id(), item.content());
    }
  }

  @Override
  public List<String> holds() {
    return List.copyOf(contacts.values());
  }

  @Override
  public List<Item> items() {
    return List.copyOf(items);
  }

  @Override
  public List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public boolean refuseLastItem(Refusal how) {
    refusal = Optional.of(how);
    return true;
  }
}
