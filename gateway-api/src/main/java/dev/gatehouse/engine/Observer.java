package dev.gatehouse.engine;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.InboxItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks a payment up at its provider, and is the one door through which what was seen goes in.
 * Thread-safe.
 */
final class Observer {
  private final Gateways gateways;
  private final Committer committer;
  private final Caller caller;
  private final EnginePolicy policy;
  private final Clock clock;

  Observer(
      Gateways gateways, Committer committer, Caller caller, EnginePolicy policy, Clock clock) {
    this.gateways = gateways;
    this.committer = committer;
    this.caller = caller;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The one door: joins a fetched snapshot, commits what follows, and makes the calls that follow
   * from that.
   *
   * @param fetchedAt the version of the payment that the fetch began with; what others have
   *     committed since may rest on a newer fetch, so then what only the number of the fetch dates
   *     is dropped
   */
  void observe(
      PaymentId id, long fetchedAt, Snapshot snapshot, Optional<InboxItem> handled, Then then) {
    caller.run(
        committer.change(
            id,
            handled,
            known -> {
              Payment current = known.payment(id).orElseThrow();
              return known.with(then.apply(joined(current, snapshot, fetchedAt)));
            }));
  }

  /** A pure change that goes with an observation. */
  @FunctionalInterface
  interface Then {
    Payment apply(Payment payment);
  }

  /** What became of a lookup. */
  enum Seen {
    FOUND,
    ABSENT,
    CANNOT_TELL
  }

  /** Looks a payment up, with an operation in question if there is one, and lets it be observed. */
  Seen look(Payment payment, Optional<Operation> inDoubt, Optional<InboxItem> handled) {
    GatewayHandle gateway = gateways.gateway(payment.gateway());
    Instant askedAt = clock.instant();
    Lookup answer = gateway.lookup(Traces.of(payment, inDoubt));
    if (answer instanceof Lookup.Found found) {
      Snapshot snapshot = found.snapshot();
      observe(
          payment.id(),
          payment.version(),
          snapshot,
          handled,
          seen -> inDoubt.map(o -> notInList(seen, o, snapshot, askedAt)).orElse(seen));
      return Seen.FOUND;
    }
    if (answer instanceof Lookup.AbsentAsOf absent) {
      boolean certain =
          absent.settled()
              && inDoubt
                  .filter(o -> isSettled(payment, o, earlier(askedAt, absent.asOf())))
                  .isPresent();
      quiet(payment.id(), inDoubt.filter(o -> certain), inDoubt.filter(o -> !certain));
      return Seen.ABSENT;
    }
    quiet(payment.id(), Optional.empty(), inDoubt);
    return Seen.CANNOT_TELL;
  }

  /** A person must decide about an operation, because there is no way to find out. */
  void leaveToPerson(PaymentId id, Operation operation) {
    committer.change(
        id,
        known -> {
          Payment payment = known.payment(id).orElseThrow();
          return known.with(payment.with(current(payment, operation).leaveToPerson()));
        });
  }

  private static Payment joined(Payment payment, Snapshot snapshot, long fetchedAt) {
    PaymentFacts seen =
        payment.version() == fetchedAt
            ? snapshot.facts().stamped(fetchedAt)
            : snapshot.facts().withoutUnstamped();
    Payment after = payment.observing(seen);
    boolean news = !after.facts().equals(payment.facts());
    return after.afterQuietPolls(news ? 0 : payment.quietPolls() + 1);
  }

  /**
   * If a complete list, asked for late enough, does not hold the operation's effect, every send
   * that was known when we asked had none.
   */
  private Payment notInList(Payment payment, Operation asked, Snapshot snapshot, Instant askedAt) {
    if (!showsAbsence(snapshot, asked)
        || !isSettled(payment, asked, askedAt)
        || !isInDoubt(payment, asked)) {
      return doubtedTooLong(payment, asked);
    }
    return hadNoEffect(payment, asked);
  }

  private boolean isInDoubt(Payment payment, Operation operation) {
    return payment.status(current(payment, operation)) == OperationStatus.IN_DOUBT;
  }

  /** Nothing new was seen; an operation may be known to have had no effect, or stay in doubt. */
  private void quiet(PaymentId id, Optional<Operation> absent, Optional<Operation> unclear) {
    caller.run(
        committer.change(
            id,
            known -> {
              Payment payment = known.payment(id).orElseThrow();
              Payment quiet = payment.afterQuietPolls(payment.quietPolls() + 1);
              Payment told = absent.map(o -> hadNoEffect(quiet, o)).orElse(quiet);
              return known.with(unclear.map(o -> doubtedTooLong(told, o)).orElse(told));
            }));
  }

  private Payment doubtedTooLong(Payment payment, Operation asked) {
    Operation operation = current(payment, asked);
    boolean tooLong = !clock.instant().isBefore(operation.createdAt().plus(policy.doubtPatience()));
    return tooLong && !operation.leftToPerson() && isInDoubt(payment, operation)
        ? payment.with(operation.leaveToPerson())
        : payment;
  }

  private static Payment hadNoEffect(Payment payment, Operation asked) {
    PaymentFacts none = PaymentFacts.none();
    for (int number = 1; number <= asked.sends(); number++) {
      none = none.join(PaymentFacts.ofSend(asked.sendKey(number), SendStep.HAD_NONE));
    }
    return payment.observing(none);
  }

  private boolean isSettled(Payment payment, Operation operation, Instant asOf) {
    Optional<Duration> settles =
        gateways
            .gateway(payment.gateway())
            .description()
            .recoveryOf(operation.kind())
            .lookup()
            .map(Recovery.ByLookup::settles);
    // A send of which nothing was heard may have gone out as late as the grace allows.
    Duration late = operation.failure().isPresent() ? Duration.ZERO : policy.callGrace();
    Instant arrived = operation.lastSentAt().plus(late);
    return settles.isPresent() && !asOf.isBefore(arrived.plus(settles.get()));
  }

  private static Operation current(Payment payment, Operation operation) {
    return payment.operation(operation.key()).orElseThrow();
  }

  /** Whether the snapshot would show the operation's effect if there were one. */
  private static boolean showsAbsence(Snapshot snapshot, Operation operation) {
    return switch (operation.kind()) {
      case CHARGE -> snapshot.complete().contains(FactList.ATTEMPTS);
      case COMPLETE -> stillApproved(snapshot, operation.target());
      case CAPTURE -> snapshot.complete().contains(FactList.CAPTURES);
      case REFUND -> snapshot.complete().contains(FactList.REFUNDS);
      case VOID -> snapshot.complete().contains(FactList.AUTHORIZATIONS);
    };
  }

  private static boolean stillApproved(Snapshot snapshot, String attemptId) {
    Attempt attempt = snapshot.facts().attempts().get(attemptId);
    return attempt != null && attempt.step().isAt(AttemptStep.APPROVED);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The payments of a checkout that are not decided are looked up now. */
  void lookAll(List<Payment> payments) {
    for (Payment payment : payments) {
      switch (payment.state()) {
        case IN_DOUBT, PENDING, ACTION_REQUIRED, AUTHORIZED ->
            look(payment, Optional.empty(), Optional.empty());
        default -> {}
      }
    }
  }
}
