package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.reference.Ledger;
import dev.gatehouse.testkit.reference.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceControls;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The provider, what is on its way to it, and an independent record of what it was asked. */
final class Provider {
  private static final Pattern OPERATION = Pattern.compile("\"operation_key\":\"([^\"]+)\"");
  private static final Duration LIST_LAG = ReferenceOptions.defaults().indexDelay();

  private final World world;
  private final ReferenceProvider reference;
  private final PriorityQueue<Arrival> onTheirWay =
      new PriorityQueue<>(Comparator.comparing(Arrival::at).thenComparing(Arrival::number));
  private final Map<String, Set<String>> keysByOperation = new TreeMap<>();
  private final List<PendingWebhook> webhooks = new ArrayList<>();
  private int arrivals;
  private int activity;

  private record Arrival(Instant at, int number, HttpRequest request) {}

  Provider(World world) {
    this.world = world;
    this.reference =
        new ReferenceProvider(world.real, ReferenceOptions.defaults(), List.of(World.ACCOUNT));
  }

  static String describe(HttpRequest request) {
    String query = request.uri().getQuery() == null ? "" : "?" + request.uri().getQuery();
    String key = key(request).map(k -> " under " + k).orElse("");
    return request.method() + " " + request.uri().getPath() + query + key;
  }

  static Optional<String> key(HttpRequest request) {
    return request.headers().first("idempotency-key");
  }

  /** How much has happened: it grows with everything that changes the ledger. */
  int activity() {
    return activity;
  }

  HttpResponse handle(HttpRequest request) {
    if (request.method().equals("POST")) {
      activity++;
      Matcher operation = OPERATION.matcher(new String(request.body(), StandardCharsets.UTF_8));
      if (operation.find()) {
        keysByOperation
            .computeIfAbsent(operation.group(1), o -> new TreeSet<>())
            .add(key(request).orElse(""));
      }
    }
    HttpResponse response = reference.handle(request);
    if (isList(request) && world.faults.mayFire(FaultKind.STALE_READ) && lags(request, response)) {
      world.faults.happened(FaultKind.STALE_READ);
    }
    collect();
    return response;
  }

  private static boolean isList(HttpRequest request) {
    return request.method().equals("GET") && request.uri().getQuery() != null;
  }

  /** Lists always lag behind; it matters when something is missing from one. */
  private boolean lags(HttpRequest request, HttpResponse response) {
    reference.controls().indexDelay(Duration.ZERO);
    String full = data(reference.handle(request));
    reference.controls().indexDelay(LIST_LAG);
    return !full.equals(data(response));
  }

  private static String data(HttpResponse response) {
    String body = response.bodyAsUtf8();
    return body.substring(Math.max(0, body.indexOf("\"data\"")));
  }

  /** The request arrives after so much time. */
  void later(HttpRequest request, Duration delay) {
    onTheirWay.add(new Arrival(world.real.instant().plus(delay), arrivals++, request));
  }

  /** Whether a request with this key may still arrive. */
  boolean isAwaited(String key) {
    return onTheirWay.stream().anyMatch(a -> key(a.request()).filter(key::equals).isPresent());
  }

  /** When the next request arrives that is on its way, if one does before this time. */
  Optional<Instant> nextArrival(Instant before) {
    return Optional.ofNullable(onTheirWay.peek())
        .map(Arrival::at)
        .filter(at -> !at.isAfter(before));
  }

  void arrive() {
    HttpRequest request = onTheirWay.remove().request();
    world.tell("late: " + describe(request));
    handle(request);
  }

  /** Somebody acts at the provider, without us. */
  void by(String whom, Consumer<ReferenceControls> action) {
    world.tell(whom);
    action.accept(reference.controls());
    collect();
  }

  /** Takes what the provider wants to announce, and tells the story of it. */
  void collect() {
    for (PendingWebhook webhook : reference.takeWebhooks()) {
      webhooks.add(webhook);
      activity++;
      world.tell("provider: " + webhook.type() + " " + about(webhook));
    }
  }

  private static String about(PendingWebhook webhook) {
    String body = new String(webhook.body(), StandardCharsets.UTF_8);
    return webhook.eventId() + " " + body.substring(Math.max(0, body.indexOf("\"data\"")));
  }

  List<PendingWebhook> webhooks() {
    return webhooks;
  }

  PendingWebhook signedNow(PendingWebhook webhook) {
    return reference.webhookAgain(webhook.eventId());
  }

  Ledger ledger() {
    Ledger ledger = reference.ledger();
    collect();
    return ledger;
  }

  /** Every key under which an operation of ours was ever asked for. */
  Map<String, Set<String>> keysByOperation() {
    return keysByOperation;
  }
}
