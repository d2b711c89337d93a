package dev.gatehouse.engine;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is over out of the store: facts never. Thread-safe. */
final class Tidier {
  private static final Logger LOG = LoggerFactory.getLogger(Tidier.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 500;

  private final Store store;
  private final EnginePolicy policy;
  private final Clock clock;
  private volatile Instant nextAt;

  Tidier(Store store, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
    this.nextAt = clock.instant();
  }

  /** Forgets a batch of old notices if it is time; says how many. */
  int tidyDue() {
    Instant now = clock.instant();
    // A clock that was ahead for a while must not put it off.
    if (now.isBefore(nextAt) && !now.isBefore(nextAt.minus(EVERY))) {
      return 0;
    }
    int forgotten = store.forgetNotices(now.minus(policy.noticesKept()), BATCH);
    if (forgotten < BATCH) {
      nextAt = now.plus(EVERY);
    }
    return forgotten;
  }

  /** Gives old events to an archive, and takes out each batch that it has; says how many. */
  long archive(Instant before, Consumer<LifecycleEvent> archive) {
    long taken = 0;
    Optional<LifecycleEvent> after = Optional.empty();
    while (true) {
      List<LifecycleEvent> batch = store.archivable(before, after, BATCH);
      if (batch.isEmpty()) {
        LOG.info("{} events were taken out", taken);
        return taken;
      }
      batch.forEach(archive);
      List<String> ids = batch.stream().map(event -> event.header().id()).toList();
      taken += store.takeOut(ids);
      after = Optional.of(batch.get(batch.size() - 1));
    }
  }
}
