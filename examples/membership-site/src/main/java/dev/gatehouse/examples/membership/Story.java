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

  /** Begins with what was told by processes that died. */
  Story(Site site, CustomerId customer) {
    this.site = site;
    this.customer = customer;
    this.isKnown = site.knows(customer);
    for (Course.Told told : site.course().told(customer)) {
      catchUp(told.events());
      lines.add(new Line(told.at(), false, told.what(), ""));
    }
  }

  /** The customer is registered: from now on there are events to tell. */
  void customerIsKnown() {
    isKnown = true;
    catchUp();
  }

  /** Tells what is being done. */
  void tell(String what) {
    catchUp();
    site.course().tell(customer, eventsTold, what);
    lines.add(new Line(site.clock().instant(), false, what, ""));
  }

  /** Tells the events since the last time. */
  void catchUp() {
    catchUp(Integer.MAX_VALUE);
  }

  private void catchUp(int upTo) {
    if (!isKnown) {
      return;
    }
    List<LifecycleEvent> all = site.gatehouse().timeline(customer);
    int end = Math.min(upTo, all.size());
    for (LifecycleEvent event : all.subList(Math.min(eventsTold, end), end)) {
      lines.add(new Line(event.header().at(), true, event.type(), EventText.of(event)));
    }
    eventsTold = Math.max(eventsTold, end);
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
