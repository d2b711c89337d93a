package dev.gatehouse.store;

import dev.gatehouse.event.LifecycleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The events and deliveries of the in-memory store. Guarded by the store's lock. */
final class Outbox {
  private record Placed(LifecycleEvent event, long sequence) {}

  /** Every event by id, in the order of the commits. */
  private final Map<String, Placed> events = new LinkedHashMap<>();

  private final Map<String, List<LifecycleEvent>> timelines = new HashMap<>();

  /** For each hook and subject, what is not acknowledged, by the event's place. */
  private final Map<String, Map<String, NavigableMap<Long, Delivery>>> pending = new TreeMap<>();

  /** No version of a delivery is ever used again, not even after it was acknowledged. */
  private long changes;

  void demandNew(LifecycleEvent event) {
    if (events.containsKey(event.header().id())) {
      throw new StaleVersionException(event.header().id());
    }
  }

  void append(Commit.NewEvent added) {
    LifecycleEvent event = added.event();
    List<LifecycleEvent> timeline =
        timelines.computeIfAbsent(event.header().subject(), s -> new ArrayList<>());
    timeline.add(event);
    events.put(event.header().id(), new Placed(event, timeline.size()));
    for (String hook : added.hooks()) {
      put(Delivery.first(hook, event, timeline.size(), event.header().at()));
    }
  }

  List<LifecycleEvent> timeline(String subject) {
    return List.copyOf(timelines.getOrDefault(subject, List.of()));
  }

  List<LifecycleEvent> all() {
    return events.values().stream().map(Placed::event).toList();
  }

  List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return pending.getOrDefault(hook, Map.of()).values().stream()
        .map(subject -> subject.firstEntry().getValue())
        .filter(head -> head.parked().isEmpty() && !head.nextAt().isAfter(now))
        .sorted(
            Comparator.comparing(Delivery::nextAt)
                .thenComparing(head -> head.event().header().id()))
        .limit(limit)
        .toList()
        .stream()
        .map(head -> put(head.claimedUntil(until)))
        .toList();
  }

  /** Says whether it was there as it is given. */
  boolean acknowledge(Delivery delivery) {
    if (!isCurrent(delivery)) {
      return false;
    }
    pending
        .getOrDefault(delivery.hook(), Map.of())
        .computeIfPresent(
            delivery.event().header().subject(),
            (subject, waiting) -> {
              waiting.remove(delivery.sequence());
              return waiting.isEmpty() ? null : waiting;
            });
    return true;
  }

  void update(Delivery delivery) {
    if (!isCurrent(delivery)) {
      throw new StaleVersionException(delivery.event().header().id());
    }
    put(delivery);
  }

  private boolean isCurrent(Delivery delivery) {
    Delivery stored =
        pending
            .getOrDefault(delivery.hook(), Map.of())
            .getOrDefault(delivery.event().header().subject(), Collections.emptyNavigableMap())
            .get(delivery.sequence());
    return stored != null && stored.version() == delivery.version();
  }

  List<Backlog> backlogs() {
    return pending.keySet().stream().flatMap(hook -> backlog(hook).stream()).toList();
  }

  private Optional<Backlog> backlog(String hook) {
    List<Instant> times = waiting(hook).map(waiting -> waiting.event().header().at()).toList();
    return times.stream()
        .min(Comparator.naturalOrder())
        .map(oldest -> new Backlog(hook, times.size(), oldest));
  }

  private Stream<Delivery> waiting(String hook) {
    return pending.getOrDefault(hook, Map.of()).values().stream()
        .flatMap(waiting -> waiting.values().stream());
  }

  int drop(String hook) {
    int waiting = (int) waiting(hook).count();
    pending.remove(hook);
    return waiting;
  }

  List<Delivery> parked() {
    return pending.keySet().stream()
        .flatMap(this::waiting)
        .filter(delivery -> delivery.parked().isPresent())
        .sorted(Comparator.comparing(Delivery::hook).thenComparing(d -> d.event().header().id()))
        .toList();
  }

  boolean replay(String hook, String eventId, Instant now) {
    Placed placed = events.get(eventId);
    if (placed == null) {
      return false;
    }
    put(Delivery.first(hook, placed.event(), placed.sequence(), now));
    return true;
  }

  private Delivery put(Delivery delivery) {
    Delivery stored = delivery.atVersion(++changes);
    pending
        .computeIfAbsent(delivery.hook(), h -> new TreeMap<>())
        .computeIfAbsent(delivery.event().header().subject(), s -> new TreeMap<>())
        .put(delivery.sequence(), stored);
    return stored;
  }
}
