package dev.gatehouse.spi;

import java.time.Instant;

/** Lists which payments changed lately. Declared as {@link Capability#CHANGES}. */
public interface ListsChanges {
  /**
   * Which payments changed since a time, payments that we did not start among them. Backfills what
   * webhooks failed to bring.
   */
  Changes changesSince(Instant since);
}
