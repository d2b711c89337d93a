package dev.gatehouse.examples.membership;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to one customer, in order: what people and machines did, and the events that came
 * of it. Not thread-safe.
 */
final class Story {
  private final Site site;
  private final CustomerId customer;
  private final List<Line> lines = new ArrayList<>();
  private boolean isKnown;
  private int eventsTold;

  /**
   * One line.
   *
   * @param at when
   * @param isEvent whether it is an event; else something that was done
   * @param what the event's type, or what was done
   * @param detail amounts and such; empty for what was done
   */
  record Line(Instant at, boolean isEvent, String what, String detail) {}

  Story(Site site, CustomerId customer) {
    this.site = site;
    this.customer = customer;
  }

  /** The customer is registered: from now on there are events to tell. */
  void customerIsKnown() {
    isKnown = true;
    catchUp();
  }

  /** Tells what is being done. */
  void tell(String what) {
    catchUp();
    lines.add(new Line(site.clock().instant(), false, what, ""));
  }

  /** Tells the events since the last time. */
  void catchUp() {
    if (!isKnown) {
      return;
    }
    List<LifecycleEvent> all = site.gatehouse().timeline(customer);
    for (LifecycleEvent event : all.subList(eventsTold, all.size())) {
      lines.add(new Line(event.header().at(), true, event.type(), EventText.of(event)));
    }
    eventsTold = all.size();
  }

  /** How many events were told. */
  int events() {
    return eventsTold;
  }

  /** Everything told. */
  List<Line> lines() {
    return List.copyOf(lines);
  }
}
