package dev.gatehouse.testkit.simulator;

import dev.gatehouse.event.LifecycleEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What lies behind a hook: it outlives processes, and remembers everything that it was told. */
final class Audience {
  private final String id;
  private final Predicate<LifecycleEvent> wants;
  private final Map<String, LifecycleEvent> byId = new HashMap<>();
  private final Map<String, List<String>> firstsBySubject = new HashMap<>();
  private final Map<String, String> lastBySubject = new HashMap<>();

  Audience(String id, Predicate<LifecycleEvent> wants) {
    this.id = id;
    this.wants = wants;
  }

  String id() {
    return id;
  }

  boolean wants(LifecycleEvent event) {
    return wants.test(event);
  }

  void hear(LifecycleEvent event) {
    String eventId = event.header().id();
    lastBySubject.put(event.header().subject(), eventId);
    LifecycleEvent before = byId.putIfAbsent(eventId, event);
    if (before == null) {
      firstsBySubject
          .computeIfAbsent(event.header().subject(), subject -> new ArrayList<>())
          .add(eventId);
    } else if (!before.equals(event)) {
      throw new ViolationFound(
          Invariant.HOOKS_HEAR_ALL, eventId, "hook " + id + " was told two things under one id");
    }
  }

  /** The ids of the events of a subject, in the order in which they were first told. */
  List<String> firsts(String subject) {
    return firstsBySubject.getOrDefault(subject, List.of());
  }

  /** The id of the event of a subject that was told last, be it once more. */
  Optional<String> last(String subject) {
    return Optional.ofNullable(lastBySubject.get(subject));
  }
}
