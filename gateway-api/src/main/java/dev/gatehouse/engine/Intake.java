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

  /** So often a lookup may find nothing before a notice is set aside: it is a day and a half. */
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
    for (WebhookNotice notice : verified.notices()) {
      keep(id, notice);
    }
    verified.notices().forEach(notice -> handleKept(id, notice.id()));
    return verified.reply();
  }

  /** Handles a notice that was kept; does nothing if it was handled already. */
  void handle(GatewayInstanceId id, String notice) {
    Optional<InboxItem> item = store.inboxItem(id, notice).filter(i -> i.wakeAt().isPresent());
    if (item.isEmpty()) {
      return;
    }
    Seen seen = look(id, item.get().hint(), item);
    if (seen == Seen.ABSENT && item.get().tries() >= MAX_ABSENT) {
      LOG.warn("gateway {}: nothing was ever found for notice {}", id, notice);
      store.commit(Commit.builder().save(item.get().handled()).build());
    } else if (seen != Seen.FOUND) {
      int wait = seen == Seen.NOTHING_NEW ? LAG : item.get().tries();
      Instant next = clock.instant().plus(policy.pollAfter(wait));
      store.commit(Commit.builder().save(item.get().tryAgainAt(next)).build());
    }
  }

  /** What a look for a notice came to. */
  enum Seen {
    /** It was found and observed. */
    FOUND,
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
    Lookup answer = gateways.gateway(id).lookup(traceOf(known, hint));
    if (!(answer instanceof Lookup.Found found)) {
      return answer instanceof Lookup.AbsentAsOf ? Seen.ABSENT : Seen.CANNOT_TELL;
    }
    Snapshot snapshot = found.snapshot();
    if (known.isEmpty() || Observer.isOfAnother(known.get(), snapshot)) {
      observeFound(id, hint, snapshot, item);
    } else if (mayLagBehind(id, item) && bringsNothingNew(known.get(), snapshot)) {
      return Seen.NOTHING_NEW;
    } else {
      observer.observe(known.get().id(), known.get().version(), snapshot, item);
    }
    return Seen.FOUND;
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
    PaymentFacts after = Observer.joined(known, snapshot, known.version()).facts();
    return after.withoutVersions().equals(known.facts().withoutVersions());
  }

  private void keep(GatewayInstanceId id, WebhookNotice notice) {
    if (store.inboxItem(id, notice.id()).isPresent()) {
      return;
    }
    InboxItem item =
        new InboxItem(
            id,
            notice.id(),
            0,
            notice.type(),
            notice.hint(),
            clock.instant(),
            0,
            Optional.of(clock.instant()));
    try {
      store.commit(Commit.builder().save(item).build());
    } catch (StaleVersionException e) {
      LOG.debug("notice {} of gateway {} was kept by another delivery of it", notice.id(), id);
    }
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
    Optional<Payment> byReference =
        hint.reference()
            .filter(PaymentId::isWellFormed)
            .map(PaymentId::new)
            .flatMap(store::payment);
    return byReference
        .filter(payment -> payment.gateway().equals(id))
        .or(
            () ->
                hint.providerIds().stream()
                    .flatMap(ref -> store.paymentByProviderId(id, ref).stream())
                    .findFirst()
                    .flatMap(store::payment));
  }

  private void observeFound(
      GatewayInstanceId id, PaymentHint hint, Snapshot snapshot, Optional<InboxItem> item) {
    PaymentHint shown =
        new PaymentHint(snapshot.facts().reference().value(), snapshot.facts().providerIds());
    Optional<Payment> ours = find(id, shown);
    if (ours.isPresent()) {
      observer.observe(ours.get().id(), UNKNOWN_VERSION, snapshot, item);
      return;
    }
    TreeSet<ProviderId> ids = new TreeSet<>(snapshot.facts().providerIds());
    ids.addAll(hint.providerIds());
    if (ids.isEmpty()) {
      LOG.warn("gateway {}: found a payment that is not ours and has no id", id);
      item.ifPresent(i -> store.commit(Commit.builder().save(i.handled()).build()));
      return;
    }
    Payment foreign =
        new Payment(
            ForeignIds.of(id, ids.first()),
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
    Case fresh = new Case(Optional.empty(), List.of(foreign), Optional.empty());
    try {
      caller.create(fresh, List.of(), item);
    } catch (StaleVersionException e) {
      observer.observe(foreign.id(), UNKNOWN_VERSION, snapshot, item);
    }
  }

  private static PaymentFacts idsOf(PaymentHint hint) {
    Snapshot.Builder ids = Snapshot.builder();
    hint.providerIds().forEach(id -> ids.providerId(id.kind(), id.id()));
    return ids.build().facts();
  }
}
