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
  private static final Comparator<LifecycleEvent> OLDEST_FIRST =
      Comparator.comparing((LifecycleEvent event) -> event.header().at())
          .thenComparing(event -> event.header().id());

  private record Placed(LifecycleEvent event, long sequence) {}

  /** Every event by id, in the order of the commits; empty if it was taken out. */
  private final Map<String, Optional<Placed>> events = new LinkedHashMap<>();

  private final Map<String, List<LifecycleEvent>> timelines = new HashMap<>();

  /** How many events each subject ever had. */
  private final Map<String, Long> places = new HashMap<>();

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
    long place = places.merge(event.header().subject(), 1L, Long::sum);
    events.put(event.header().id(), Optional.of(new Placed(event, place)));
    for (String hook : added.hooks()) {
      put(Delivery.first(hook, event, place, event.header().at()));
    }
  }

  List<LifecycleEvent> timeline(String subject) {
    return List.copyOf(timelines.getOrDefault(subject, List.of()));
  }

  List<LifecycleEvent> all() {
    return events.values().stream().flatMap(Optional::stream).map(Placed::event).toList();
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
    List<Delivery> all = waiting(hook).toList();
    int parked = (int) all.stream().filter(delivery -> delivery.parked().isPresent()).count();
    return all.stream()
        .map(waiting -> waiting.event().header().at())
        .min(Comparator.naturalOrder())
        .map(oldest -> new Backlog(hook, all.size(), parked, oldest));
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

  List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return pending.keySet().stream()
        .flatMap(this::waiting)
        .filter(delivery -> delivery.parked().isPresent())
        .filter(delivery -> after.isEmpty() || delivery.key().compareTo(after.get()) > 0)
        .sorted(Comparator.comparing(Delivery::key))
        .limit(limit)
        .toList();
  }

  List<Delivery> deliveries(String hook, Optional<String> after, int limit) {
    return waiting(hook)
        .filter(delivery -> after.isEmpty() || delivery.key().event().compareTo(after.get()) > 0)
        .sorted(Comparator.comparing(Delivery::key))
        .limit(limit)
        .toList();
  }

  boolean replay(String hook, String eventId, Instant now) {
    Placed placed = events.getOrDefault(eventId, Optional.empty()).orElse(null);
    if (placed == null) {
      return false;
    }
    put(Delivery.first(hook, placed.event(), placed.sequence(), now));
    return true;
  }

  List<LifecycleEvent> archivable(Instant before, Optional<LifecycleEvent> after, int limit) {
    return all().stream()
        .filter(event -> event.header().at().isBefore(before) && !waits(event))
        .filter(event -> after.isEmpty() || OLDEST_FIRST.compare(event, after.get()) > 0)
        .sorted(OLDEST_FIRST)
        .limit(limit)
        .toList();
  }

  int takeOut(List<String> ids) {
    int taken = 0;
    for (String id : ids) {
      Optional<Placed> placed = events.getOrDefault(id, Optional.empty());
      if (placed.isPresent() && !waits(placed.get().event)) {
        events.put(id, Optional.empty());
        timelines
            .getOrDefault(placed.get().event.header().subject(), new ArrayList<>())
            .remove(placed.get().event);
        taken++;
      }
    }
    return taken;
  }

  private boolean waits(LifecycleEvent event) {
    return pending.keySet().stream()
        .flatMap(this::waiting)
        .anyMatch(delivery -> delivery.event().header().id().equals(event.header().id()));
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
