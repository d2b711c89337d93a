package dev.gatehouse.store.jdbc;

import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Events to put into a store. */
final class Events {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Events() {}

  /** So many events of one subject, for one hook. */
  static Commit created(String subject, int count) {
    Commit.Builder commit = Commit.builder();
    for (int i = 0; i < count; i++) {
      commit.raise(event(subject + "/" + i, subject), Set.of("crm"));
    }
    return commit.build();
  }

  static LifecycleEvent event(String id, String subject) {
    CustomerId customer = new CustomerId(subject);
    EventHeader header =
        new EventHeader(id, NOW, subject, Optional.of(customer), Optional.of(Mode.TEST));
    return new CustomerCreated(header, customer);
  }
}
