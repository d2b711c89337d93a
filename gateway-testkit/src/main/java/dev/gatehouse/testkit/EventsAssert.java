package dev.gatehouse.testkit;

import dev.gatehouse.event.LifecycleEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about events, in order. A failure shows all of them. */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<LifecycleEvent>> {
  EventsAssert(@Nullable List<LifecycleEvent> events) {
    super(events, EventsAssert.class);
  }

  /** There are so many events of this type. */
  public EventsAssert contains(int times, Class<? extends LifecycleEvent> type) {
    isNotNull();
    int count = of(type).size();
    return demand(
        count == times,
        times + " × " + type.getSimpleName(),
        "there " + (count == 1 ? "is " : "are ") + count);
  }

  /** There is exactly one event of this type. */
  public EventsAssert containsOnce(Class<? extends LifecycleEvent> type) {
    return contains(1, type);
  }

  /** There is exactly one event of this type, and it is as wanted. */
  public <E extends LifecycleEvent> EventsAssert containsOnce(Class<E> type, Consumer<E> wanted) {
    contains(1, type);
    wanted.accept(of(type).get(0));
    return this;
  }

  /** There is no event of this type. */
  public EventsAssert containsNo(Class<? extends LifecycleEvent> type) {
    return contains(0, type);
  }

  /** The events are of these types, in this order, and there are no others. */
  @SafeVarargs
  public final EventsAssert areExactly(Class<? extends LifecycleEvent>... types) {
    isNotNull();
    List<String> seen = actual.stream().map(LifecycleEvent::type).toList();
    List<String> wanted = new ArrayList<>();
    for (Class<? extends LifecycleEvent> type : types) {
      wanted.add(type.getSimpleName());
    }
    return demand(seen.equals(wanted), "exactly " + wanted, "there are " + seen);
  }

  /** Events of these types come in this order; others may be between them. */
  @SafeVarargs
  public final EventsAssert comeInOrder(Class<? extends LifecycleEvent>... types) {
    isNotNull();
    int next = 0;
    for (LifecycleEvent event : actual) {
      next += next < types.length && types[next].isInstance(event) ? 1 : 0;
    }
    String missing = next < types.length ? types[next].getSimpleName() : "";
    return demand(next == types.length, "events in order", missing + " does not come next");
  }

  /** No two events have the same id. */
  public EventsAssert haveDistinctIds() {
    isNotNull();
    Set<String> seen = new HashSet<>();
    List<String> twice =
        actual.stream().map(event -> event.header().id()).filter(id -> !seen.add(id)).toList();
    return demand(twice.isEmpty(), "distinct ids", twice + " come more than once");
  }

  private <E extends LifecycleEvent> List<E> of(Class<E> type) {
    return actual.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private EventsAssert demand(boolean met, String wanted, String but) {
    if (!met) {
      failWithMessage("%s", "Expected " + wanted + ", but " + but + ".\n" + Story.of(actual));
    }
    return this;
  }
}
