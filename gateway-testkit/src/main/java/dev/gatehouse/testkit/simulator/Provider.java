package dev.gatehouse.testkit.simulator;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
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
import java.util.function.Predicate;

/** The provider, what is on its way to it, and an independent record of what it was asked. */
final class Provider {
  private final World world;
  private final SimulatedProvider simulated;
  private final PriorityQueue<Arrival> onTheirWay =
      new PriorityQueue<>(Comparator.comparing(Arrival::at).thenComparing(Arrival::number));
  private final Map<String, Set<String>> keysByOperation = new TreeMap<>();
  private final List<PendingWebhook> webhooks = new ArrayList<>();
  private int arrivals;
  private int activity;

  private record Arrival(Instant at, int number, HttpRequest request) {}

  Provider(World world) {
    this.world = world;
    this.simulated = world.options.provider().open(world.real, World.CANARY, world.choices);
  }

  SimulatedProvider simulated() {
    return simulated;
  }

  String describe(HttpRequest request) {
    String query = request.uri().getQuery() == null ? "" : "?" + request.uri().getQuery();
    String key = simulated.key(request).map(k -> " under " + k).orElse("");
    return request.method() + " " + request.uri().getPath() + query + key;
  }

  /** How much has happened: it grows with everything that changes the ledger. */
  int activity() {
    return activity;
  }

  HttpResponse handle(HttpRequest request) {
    if (simulated.acts(request)) {
      activity++;
      String key = simulated.key(request).orElse("");
      simulated
          .operation(request)
          .ifPresent(o -> keysByOperation.computeIfAbsent(o, k -> new TreeSet<>()).add(key));
    }
    HttpResponse response = simulated.handle(request);
    if (world.faults.mayFire(FaultKind.STALE_READ) && simulated.lacked(request, response)) {
      world.faults.happened(FaultKind.STALE_READ);
    }
    collect();
    return response;
  }

  /** The request arrives after so much time. */
  void later(HttpRequest request, Duration delay) {
    onTheirWay.add(new Arrival(world.real.instant().plus(delay), arrivals++, request));
  }

  /** Whether a request with this key may still arrive. */
  boolean isAwaited(String key) {
    return onTheirWay.stream()
        .anyMatch(a -> simulated.key(a.request()).filter(key::equals).isPresent());
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

  /** Somebody acts at the provider, without us. Says whether that can happen there. */
  boolean by(String whom, Predicate<SimulatedProvider> action) {
    world.tell(whom);
    boolean can = action.test(simulated);
    collect();
    return can;
  }

  /** Takes what the provider wants to announce, and tells the story of it. */
  void collect() {
    for (PendingWebhook webhook : simulated.takeWebhooks()) {
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
    return simulated.signedNow(webhook);
  }

  Ledger ledger() {
    Ledger ledger = simulated.ledger();
    collect();
    return ledger;
  }

  /** Every key under which an operation of ours was ever asked for. */
  Map<String, Set<String>> keysByOperation() {
    return keysByOperation;
  }
}
