package dev.gatehouse.engine;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a webhook, or from a list of changes, to facts: verify, keep the notice once, look up,
 * observe. What a delivery says is only a hint of where to look. Thread-safe.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_ROUNDS = 5;

  /**
   * So often a provider may say that there is nothing before a notice is set aside. With the waits
   * of the default policy, that takes a day and a half, not counting the time that it can't be
   * asked.
   */
  private static final int MAX_ABSENT = 16;

  /** A lookup that lags behind its notice is made again after the wait of that many quiet polls. */
  private static final int LAG = 5;

  /** The payment was not loaded before the fetch, so nobody knows what was committed since. */
  private static final long UNKNOWN_VERSION = -1;

  private final Store store;
  private final Gateways gateways;
  private final Caller caller;
  private final Observer observer;
  private final EnginePolicy policy;
  private final Clock clock;

  Intake(
      Store store,
      Gateways gateways,
      Caller caller,
      Observer observer,
      EnginePolicy policy,
      Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.caller = caller;
    this.observer = observer;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Takes a delivery. Any bytes get an answer; nothing is read of a delivery that is not genuine.
   */
  WebhookReply receive(GatewayInstanceId id, WebhookRequest request) {
    if (request.size() > MAX_BODY) {
      return WebhookReply.status(413);
    }
    GatewayHandle gateway = gateways.gateway(id);
    WebhookAnswer answer = gateway.receive(request);
    if (answer instanceof WebhookAnswer.Rejected rejected) {
      LOG.warn("webhook for gateway {} rejected: {}", id, rejected.reason());
      return WebhookReply.status(400);
    }
    if (answer instanceof WebhookAnswer.CannotVerify unclear) {
      LOG.warn("webhook for gateway {} could not be verified: {}", id, unclear.failure().code());
      return WebhookReply.status(503);
    }
    WebhookAnswer.Verified verified = (WebhookAnswer.Verified) answer;
    List<String> kept = verified.notices().stream().map(notice -> keep(id, notice)).toList();
    kept.forEach(notice -> handleKept(id, notice));
    return verified.reply();
  }

  /** Handles a notice that was kept; does nothing if it was handled already. */
  void handle(GatewayInstanceId id, String notice) {
    Optional<InboxItem> item = store.inboxItem(id, notice).filter(i -> i.wakeAt().isPresent());
    if (item.isEmpty()) {
      return;
    }
    InboxItem kept = item.get();
    Instant now = clock.instant();
    switch (look(id, kept.hint(), item)) {
      case FOUND -> {
        // Handled in the commit of what was found.
      }
      case IGNORED -> save(kept.handled());
      case NOTHING_NEW -> save(kept.tryAgainAt(now.plus(policy.pollAfter(LAG))));
      case CANNOT_TELL -> save(kept.putOffTo(now.plus(asLongAsItWaited(kept, now))));
      case ABSENT -> {
        if (kept.tries() < MAX_ABSENT) {
          save(kept.tryAgainAt(now.plus(policy.pollAfter(kept.tries()))));
        } else {
          LOG.warn("gateway {}: nothing was ever found for notice {}", id, notice);
          save(kept.handled());
        }
      }
    }
  }

  private void save(InboxItem item) {
    store.commit(Commit.builder().save(item).build());
  }

  /** Waits grow though nothing is counted: each is as long as all before it. */
  private Duration asLongAsItWaited(InboxItem item, Instant now) {
    Duration waited = Duration.between(item.receivedAt(), now);
    Duration first = policy.pollAfter(0);
    Duration longest = policy.slowestPoll();
    Duration wait = waited.compareTo(first) < 0 ? first : waited;
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** What a look for a notice came to. */
  enum Seen {
    /** It was found, and what it shows was kept; so was the mark that the notice was handled. */
    FOUND,
    /** It was found, and nothing of it is to be kept. */
    IGNORED,
    /** What was found was known, though a notice says that something happened. */
    NOTHING_NEW,
    /** The provider knows of no such payment. */
    ABSENT,
    /** The provider could not be asked. */
    CANNOT_TELL
  }

  /** Looks up what a hint points at, and lets it be observed. */
  Seen look(GatewayInstanceId id, PaymentHint hint, Optional<InboxItem> item) {
    Optional<Payment> known = find(id, hint);
    if (known.isEmpty() && isSetUpAtAnother(hint)) {
      return Seen.IGNORED;
    }
    GatewayHandle gateway = gateways.gateway(id);
    Trace trace = traceOf(known, hint);
    Lookup answer =
        known.map(p -> Traces.lookUp(gateway, p, trace)).orElseGet(() -> gateway.lookup(trace));
    if (!(answer instanceof Lookup.Found found)) {
      return answer instanceof Lookup.AbsentAsOf ? Seen.ABSENT : Seen.CANNOT_TELL;
    }
    Snapshot snapshot = found.snapshot();
    if (known.isEmpty() || isOfAnother(known.get(), snapshot)) {
      return observeFound(id, hint, snapshot, item);
    }
    if (mayLagBehind(id, item) && bringsNothingNew(known.get(), snapshot)) {
      return Seen.NOTHING_NEW;
    }
    observer.observe(known.get().id(), known.get().version(), snapshot, item);
    return Seen.FOUND;
  }

  /**
   * Whether what was found is of another payment than the one that we went by. That may be one that
   * we took for somebody else's when it was seen without its reference: it is ours after all.
   */
  private boolean isOfAnother(Payment known, Snapshot snapshot) {
    return Observer.isOfAnother(known, snapshot) || isForeign(known) && named(snapshot).isPresent();
  }

  private static boolean isForeign(Payment payment) {
    return payment.terms().isEmpty();
  }

  /** The payment of ours that the provider names as the one that this is. */
  private Optional<Payment> named(Snapshot snapshot) {
    return byReference(snapshot.facts().reference().value()).filter(payment -> !isForeign(payment));
  }

  /** Two instances on one account see each other's set-ups, of which no money tells. */
  private boolean isSetUpAtAnother(PaymentHint hint) {
    return byReference(hint.reference())
        .filter(payment -> payment.purpose() != Purpose.PAYMENT)
        .isPresent();
  }

  private Optional<Payment> byReference(Optional<String> reference) {
    return reference.filter(PaymentId::isWellFormed).map(PaymentId::new).flatMap(store::payment);
  }

  private Trace traceOf(Optional<Payment> known, PaymentHint hint) {
    return known
        .map(payment -> Traces.of(payment.observing(idsOf(hint))))
        .orElseGet(
            () -> new Trace(hint.reference(), clock.instant(), Optional.empty(), idsOf(hint)));
  }

  /** What a lookup misses at first is found by listing changes, where a gateway can do that. */
  private boolean mayLagBehind(GatewayInstanceId id, Optional<InboxItem> item) {
    return item.filter(i -> i.tries() == 0).isPresent()
        && !gateways.gateway(id).description().capabilities().contains(Capability.CHANGES);
  }

  private static boolean bringsNothingNew(Payment known, Snapshot snapshot) {
    return !Observer.bringsNews(known, Observer.joined(known, snapshot, known.version()));
  }

  /**
   * Keeps a notice, and says under which id. One with an id of its own is kept once. Those without
   * share an item for all that hint at the same, which each of them opens anew: so a look that was
   * under way when it came can't close it.
   */
  private String keep(GatewayInstanceId id, WebhookNotice notice) {
    String key = notice.id().orElseGet(() -> ForeignIds.of(notice.hint()));
    Optional<InboxItem> known = store.inboxItem(id, key);
    if (known.isPresent() && notice.id().isPresent()) {
      return key;
    }
    InboxItem item =
        new InboxItem(
            id,
            key,
            known.map(InboxItem::version).orElse(0L),
            notice.type(),
            notice.hint(),
            clock.instant(),
            0,
            Optional.of(clock.instant()));
    try {
      store.commit(Commit.builder().save(item).build());
    } catch (StaleVersionException e) {
      LOG.debug("notice {} of gateway {} was kept by another delivery of it", key, id);
      if (notice.id().isEmpty()) {
        return keep(id, notice);
      }
    }
    return key;
  }

  /** A notice that is kept is handled now if possible; if not, its alarm brings it back. */
  private void handleKept(GatewayInstanceId id, String notice) {
    try {
      handle(id, notice);
    } catch (GatehouseException e) {
      if (e.category() == ErrorCategory.CONFIGURATION) {
        throw e;
      }
      LOG.info("notice {} of gateway {} is handled later: {}", notice, id, e.getMessage());
    }
  }

  private Optional<Payment> find(GatewayInstanceId id, PaymentHint hint) {
    return byReference(hint.reference())
        .filter(payment -> payment.gateway().equals(id))
        .or(
            () ->
                hint.providerIds().stream()
                    .flatMap(ref -> store.paymentByProviderId(id, ref).stream())
                    .findFirst()
                    .flatMap(store::payment));
  }

  /** Whoever takes a payment in at the same time goes before; then it is one that is known. */
  private Seen observeFound(
      GatewayInstanceId id, PaymentHint hint, Snapshot snapshot, Optional<InboxItem> item) {
    for (int round = 1; ; round++) {
      try {
        return observeOrTakeIn(id, hint, snapshot, item);
      } catch (StaleVersionException e) {
        if (round == MAX_ROUNDS) {
          throw e;
        }
      }
    }
  }

  private Seen observeOrTakeIn(
      GatewayInstanceId id, PaymentHint hint, Snapshot snapshot, Optional<InboxItem> item) {
    PaymentHint shown =
        new PaymentHint(snapshot.facts().reference().value(), snapshot.facts().providerIds());
    TreeSet<ProviderId> ids = new TreeSet<>(snapshot.facts().providerIds());
    ids.addAll(hint.providerIds());
    Optional<PaymentId> asForeign = ids.stream().findFirst().map(first -> ForeignIds.of(id, first));
    Optional<Payment> stored = find(id, shown).or(() -> asForeign.flatMap(store::payment));
    if (stored.filter(payment -> !isForeign(payment)).isEmpty() && isAtAnother(id, snapshot)) {
      LOG.info("gateway {}: found a payment of another gateway; it is left to that", id);
      return Seen.IGNORED;
    }
    if (stored.isPresent()) {
      observer.observe(stored.get().id(), UNKNOWN_VERSION, snapshot, item);
      return Seen.FOUND;
    }
    if (asForeign.isEmpty()) {
      LOG.warn("gateway {}: found a payment that is not ours and has no id", id);
      return Seen.IGNORED;
    }
    takeIn(asForeign.get(), id, snapshot, item);
    return Seen.FOUND;
  }

  private void takeIn(
      PaymentId foreign, GatewayInstanceId id, Snapshot snapshot, Optional<InboxItem> item) {
    Payment payment =
        new Payment(
            foreign,
            0,
            id,
            gateways.gateway(id).mode(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            snapshot.facts().stamped(0),
            List.of(),
            new TreeSet<>(),
            List.of(),
            clock.instant(),
            Optional.empty(),
            0);
    caller.create(new Case(Optional.empty(), List.of(payment), Optional.empty()), List.of(), item);
  }

  /**
   * Whether this is a payment of ours that goes through another gateway instance, as two instances
   * on one account see each other's. It comes in through its own: what this one fetched with its
   * own keys, perhaps in the other mode, vouches for nothing there, and counted here it would be
   * the same money twice. In another account than that payment's it is other money.
   */
  private boolean isAtAnother(GatewayInstanceId id, Snapshot snapshot) {
    return named(snapshot)
        .filter(payment -> !payment.gateway().equals(id))
        .filter(payment -> !payment.facts().account().join(snapshot.facts().account()).isConflict())
        .isPresent();
  }

  private static PaymentFacts idsOf(PaymentHint hint) {
    Snapshot.Builder ids = Snapshot.builder();
    hint.providerIds().forEach(id -> ids.providerId(id.kind(), id.id()));
    return ids.build().facts();
  }
}
