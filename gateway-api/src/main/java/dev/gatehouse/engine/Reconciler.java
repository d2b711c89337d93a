package dev.gatehouse.engine;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what webhooks failed to bring: asks a gateway which payments changed, and looks each of
 * them up. One that can't be looked up now is kept like a webhook's notice, whose alarm brings it
 * back; it holds up no other. Thread-safe.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int MAX_ROUNDS = 50;

  private final Store store;
  private final Gateways gateways;
  private final Intake intake;
  private final Pace pace;
  private final EnginePolicy policy;
  private final Clock clock;

  Reconciler(
      Store store, Gateways gateways, Intake intake, Pace pace, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.intake = intake;
    this.pace = pace;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Goes on from where the last one came to, if it is time and nobody else is doing it; says how
   * often. Each reaches back behind the last one, because a provider's list may lag.
   */
  int reconcileDue(GatewayInstanceId id) {
    Instant now = clock.instant();
    Cursor cursor = store.cursor(id).orElse(new Cursor(id, 0, now, now));
    if (cursor.nextAt().isAfter(now) || pace.rests(id) || !claims(cursor, now)) {
      return 0;
    }
    // A clock that was ahead for a while must not leave a gap.
    Instant since = earlier(cursor.upTo(), now).minus(policy.reconcileOverlap());
    Reconciliation done = reconcile(id, since);
    if (done.failure().isPresent()) {
      LOG.warn("gateway {} cannot say what changed: {}", id, done.failure().get().code());
    } else {
      // A list that ends before it begins covered nothing, however far back it says it ends.
      Instant reached = done.upTo().isBefore(since) ? cursor.upTo() : done.upTo();
      move(id, earlier(reached, now));
    }
    return 1;
  }

  Reconciliation reconcile(GatewayInstanceId id, Instant since) {
    Changes changes = gateways.gateway(id).changesSince(since);
    if (changes instanceof Changes.CannotTell unclear) {
      return new Reconciliation(0, 0, since, since, Optional.of(unclear.failure()));
    }
    Changes.Listed listed = (Changes.Listed) changes;
    if (listed.from().isAfter(since)) {
      LOG.error(
          "gateway {} can say what changed since {} only, not since {}: compare the payments in"
              + " between at the provider's console",
          id,
          listed.from(),
          since);
    }
    int seen = 0;
    int unclear = 0;
    for (PaymentHint hint : listed.hints()) {
      switch (look(id, hint)) {
        case FOUND -> seen++;
        case IGNORED -> {
          // It was looked up, and is nothing to us.
        }
        case NOTHING_NEW, ABSENT, CANNOT_TELL -> {
          unclear++;
          keep(id, hint);
        }
      }
    }
    return new Reconciliation(seen, unclear, listed.from(), listed.upTo(), Optional.empty());
  }

  /** What there is no room for now is kept, and looked up when its alarm goes off. */
  private Intake.Seen look(GatewayInstanceId id, PaymentHint hint) {
    if (pace.rests(id)) {
      return Intake.Seen.CANNOT_TELL;
    }
    try {
      return pace.look(id, () -> intake.look(id, hint, Optional.empty()));
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("a change at gateway {} is looked up later: {}", id, Faults.describe(e));
      return Intake.Seen.CANNOT_TELL;
    }
  }

  private void keep(GatewayInstanceId id, PaymentHint hint) {
    Optional<String> notice = noticeOf(id, hint);
    if (notice.isEmpty()) {
      LOG.warn("gateway {} listed a change of nothing", id);
      return;
    }
    Optional<InboxItem> kept = store.inboxItem(id, notice.get());
    if (kept.flatMap(InboxItem::wakeAt).isPresent()) {
      return;
    }
    Instant now = clock.instant();
    long version = kept.map(InboxItem::version).orElse(0L);
    Optional<Instant> later = Optional.of(now.plus(policy.pollAfter(0)));
    InboxItem item = new InboxItem(id, notice.get(), version, "change", hint, now, 0, later);
    try {
      store.commit(Commit.builder().save(item).build());
    } catch (StaleVersionException e) {
      LOG.debug("notice {} of gateway {} was kept by somebody else", notice.get(), id);
    }
  }

  /** The same for the same payment, so that it is kept once however often it is listed. */
  private static Optional<String> noticeOf(GatewayInstanceId id, PaymentHint hint) {
    return Stream.concat(
            hint.providerIds().stream(),
            hint.reference().stream().map(reference -> new ProviderId("reference", reference)))
        .findFirst()
        .map(first -> "change/" + ForeignIds.of(id, first).value());
  }

  /** With several nodes, one of them asks. */
  private boolean claims(Cursor cursor, Instant now) {
    try {
      store.save(cursor.askingAt(now.plus(policy.reconcileEvery())));
      return true;
    } catch (StaleVersionException e) {
      return false;
    }
  }

  private void move(GatewayInstanceId id, Instant upTo) {
    for (int round = 1; ; round++) {
      try {
        store.save(store.cursor(id).orElseThrow().reaching(upTo));
        return;
      } catch (StaleVersionException e) {
        if (round == MAX_ROUNDS) {
          throw e;
        }
      }
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
