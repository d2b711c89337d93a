package dev.gatehouse.engine;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.InboxItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a payment up at its provider, and is the one door through which what was seen goes in.
 * Thread-safe.
 */
final class Observer {
  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

  private final Gateways gateways;
  private final Caller caller;
  private final EnginePolicy policy;
  private final Clock clock;

  Observer(Gateways gateways, Caller caller, EnginePolicy policy, Clock clock) {
    this.gateways = gateways;
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
  void observe(PaymentId id, long fetchedAt, Snapshot snapshot, Optional<InboxItem> handled) {
    observe(id, fetchedAt, snapshot, handled, (before, after) -> after);
  }

  private void observe(
      PaymentId id, long fetchedAt, Snapshot snapshot, Optional<InboxItem> handled, Then then) {
    caller.change(
        id,
        handled,
        known -> {
          Payment current = known.payment(id).orElseThrow();
          Payment next = then.apply(current, joined(current, snapshot, fetchedAt));
          tellWhatIsMissing(current, next);
          return known.with(next);
        });
  }

  /** Once, as soon as it shows: otherwise nobody hears of it for days. */
  private static void tellWhatIsMissing(Payment before, Payment after) {
    if (!after.unproven().isEmpty() && before.unproven().isEmpty()) {
      LOG.warn(
          "payment {}: gateway {} shows money and does not say: {}; it does not count as paid",
          after.id(),
          after.gateway(),
          String.join(", ", after.unproven()));
    }
  }

  /** A pure change that goes with an observation. */
  private interface Then {
    Payment apply(Payment before, Payment after);
  }

  /** Looks a payment up because its alarm went off. */
  void poll(Payment payment) {
    Lookup answer = asked(gateways.gateway(payment.gateway()), payment);
    if (answer instanceof Lookup.Found found) {
      observe(
          payment.id(), payment.version(), found.snapshot(), Optional.empty(), Observer::polled);
    } else {
      caller.changePayment(payment.id(), Observer::afterQuietPoll);
    }
  }

  /**
   * Looks a payment up because a person asks, by what is known of the call in doubt, if one is. It
   * sends nothing, and puts off nothing that happens by itself.
   */
  Lookup lookUp(Payment payment) {
    Optional<Operation> doubted =
        payment.operations().stream().filter(o -> isInDoubt(payment, o)).findFirst();
    Lookup answer =
        Traces.lookUp(gateways.gateway(payment.gateway()), payment, Traces.of(payment, doubted));
    if (answer instanceof Lookup.Found found) {
      observe(payment.id(), payment.version(), found.snapshot(), Optional.empty());
    }
    return answer;
  }

  /** Finds out by a lookup what an operation in doubt came to. */
  void recover(Payment payment, Operation inDoubt) {
    GatewayHandle gateway = gateways.gateway(payment.gateway());
    Instant askedAt = clock.instant();
    Lookup answer = Traces.lookUp(gateway, payment, Traces.of(payment, Optional.of(inDoubt)));
    if (answer instanceof Lookup.Found found) {
      Snapshot snapshot = found.snapshot();
      observe(
          payment.id(),
          payment.version(),
          snapshot,
          Optional.empty(),
          (before, after) -> notInList(polled(before, after), inDoubt, snapshot, askedAt));
      return;
    }
    boolean hadNone =
        answer instanceof Lookup.AbsentAsOf absent
            && absent.settled()
            && isSettled(payment, inDoubt, earlier(askedAt, absent.asOf()));
    caller.changePayment(
        payment.id(),
        current -> {
          Payment quiet = afterQuietPoll(current);
          return hadNone && !mayBeSeen(quiet, inDoubt)
              ? hadNoEffect(quiet, inDoubt)
              : doubtedTooLong(quiet, inDoubt);
        });
  }

  /**
   * The payments of a checkout that may have gone on are looked up now. At the provider's page, the
   * customer may have tried again after a failure that we know of. One payment's trouble must not
   * keep us from seeing that another was paid: it is logged, and its alarm brings it back.
   */
  void lookAll(CheckoutView view) {
    for (Payment payment : view.payments()) {
      boolean isLast = view.lastPayment().filter(payment::equals).isPresent();
      PaymentState state = payment.state();
      if (state == PaymentState.IN_DOUBT
          || state == PaymentState.FAILED && isLast
          || Attention.wants(payment, Optional.of(view.checkout()), policy, clock.instant())) {
        try {
          look(payment);
        } catch (Throwable e) {
          Faults.rethrowIfTheMachineIsDying(e);
          LOG.error("payment {} could not be looked up: {}", payment.id(), Faults.describe(e));
        }
      }
    }
  }

  /** A gateway that was taken out of the configuration can't be asked. */
  private void look(Payment payment) {
    Optional<GatewayHandle> gateway = gateways.find(payment.gateway());
    if (gateway.isPresent() && asked(gateway.get(), payment) instanceof Lookup.Found found) {
      observe(payment.id(), payment.version(), found.snapshot(), Optional.empty());
    }
  }

  /** A payment without a checkout is looked up if it may have gone on. */
  void lookAfter(Payment payment) {
    if (payment.state() == PaymentState.IN_DOUBT
        || Attention.wants(payment, Optional.empty(), policy, clock.instant())) {
      look(payment);
    }
  }

  private static Lookup asked(GatewayHandle gateway, Payment payment) {
    return Traces.lookUp(gateway, payment, Traces.of(payment));
  }

  /**
   * The gateway was taken out of the configuration: what is in doubt for too long is a person's.
   */
  void waitForGateway(PaymentId id) {
    caller.changePayment(
        id,
        payment -> {
          Payment next = afterQuietPoll(payment);
          for (Operation operation : payment.operations()) {
            next = doubtedTooLong(next, operation);
          }
          return next;
        });
  }

  /**
   * What is known once a snapshot is joined. A snapshot that the provider keeps under another
   * reference is of another payment: of that, only the reference is kept, which stops everything
   * and tells a person.
   */
  static Payment joined(Payment payment, Snapshot snapshot, long fetchedAt) {
    if (isOfAnother(payment, snapshot)) {
      return payment.observing(PaymentFacts.ofReference(snapshot.facts().reference()));
    }
    PaymentFacts seen =
        payment.version() == fetchedAt
            ? snapshot.facts().stamped(fetchedAt)
            : snapshot.facts().withoutUnstamped();
    return payment.observing(seen);
  }

  /** Whether a snapshot is not of this payment, but of one with another reference. */
  static boolean isOfAnother(Payment payment, Snapshot snapshot) {
    return payment.terms().isPresent()
        && snapshot.facts().reference().values().stream()
            .anyMatch(reference -> !reference.equals(payment.id().value()));
  }

  /** A poll that shows nothing new makes the next one wait longer; who else looks does not. */
  private static Payment polled(Payment before, Payment after) {
    return bringsNews(before, after) ? after.afterQuietPolls(0) : afterQuietPoll(after);
  }

  /** Whether more is known afterwards; a fresh version, token or address says nothing more. */
  static boolean bringsNews(Payment before, Payment after) {
    return !said(after).equals(said(before));
  }

  private static PaymentFacts said(Payment payment) {
    return payment.facts().withoutActions().withoutVersions();
  }

  private static Payment afterQuietPoll(Payment payment) {
    return payment.afterQuietPolls(payment.quietPolls() + 1);
  }

  /**
   * If a complete list, asked for late enough, does not hold the operation's effect, every send
   * that was known when we asked had none.
   */
  private Payment notInList(Payment payment, Operation asked, Snapshot snapshot, Instant askedAt) {
    if (isOfAnother(payment, snapshot)
        || !showsAbsence(snapshot, asked)
        || !isSettled(payment, asked, askedAt)
        || mayBeSeen(payment, asked)
        || !isInDoubt(payment, asked)) {
      return doubtedTooLong(payment, asked);
    }
    return hadNoEffect(payment, asked);
  }

  /**
   * Whether money moved of which nobody said who moved it, and it may have been this operation: out
   * of the same, or of nobody knows what, and as much, or nobody knows how much. Whether we knew of
   * it before we sent is not asked: that would not prove whose it is. A provider that says "done
   * already" has it, whatever its lists show.
   */
  private static boolean mayBeSeen(Payment payment, Operation operation) {
    if (operation.failure().filter(f -> f.category() == ErrorCategory.DUPLICATE).isPresent()) {
      return true;
    }
    return switch (operation.kind()) {
      case CAPTURE -> mayBeSeen(payment, operation, MovementKind.CAPTURE);
      case REFUND -> mayBeSeen(payment, operation, MovementKind.REFUND);
      // A charge's attempt without an owner is taken for its own; the others move no money alone.
      case CHARGE, COMPLETE, VOID, SET_UP, REMOVE -> false;
    };
  }

  private static boolean mayBeSeen(Payment payment, Operation operation, MovementKind kind) {
    return payment.facts().movements().values().stream()
        .filter(m -> m.operation().isUnknown())
        .filter(m -> m.kind().isUnknown() || m.kind().has(kind))
        .filter(m -> m.parent().isUnknown() || m.parent().has(operation.target()))
        .anyMatch(m -> mayBeOf(m.amount(), operation.amount()));
  }

  /** Another currency is no other amount: it may be the account's. */
  private static boolean mayBeOf(Flat<Money> seen, Optional<Money> asked) {
    return seen.isUnknown()
        || asked.isEmpty()
        || seen.values().stream()
            .anyMatch(
                amount ->
                    amount.equals(asked.get())
                        || !amount.getCurrencyUnit().equals(asked.get().getCurrencyUnit()));
  }

  private boolean isInDoubt(Payment payment, Operation operation) {
    return payment.status(current(payment, operation)) == OperationStatus.IN_DOUBT;
  }

  private Payment doubtedTooLong(Payment payment, Operation asked) {
    Operation operation = current(payment, asked);
    return isDoubtedTooLong(operation) && !operation.leftToPerson() && isInDoubt(payment, operation)
        ? payment.with(operation.leaveToPerson())
        : payment;
  }

  /** Whether a person is to be told, if nobody knows yet what became of the operation. */
  boolean isDoubtedTooLong(Operation operation) {
    return !clock.instant().isBefore(operation.createdAt().plus(policy.doubtPatience()));
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
      case CHARGE, SET_UP -> snapshot.complete().contains(FactList.ATTEMPTS);
      case COMPLETE -> stillApproved(snapshot, operation.target());
      case CAPTURE -> snapshot.complete().contains(FactList.CAPTURES);
      case REFUND -> snapshot.complete().contains(FactList.REFUNDS);
      case VOID -> snapshot.complete().contains(FactList.AUTHORIZATIONS);
      case REMOVE -> false;
    };
  }

  private static boolean stillApproved(Snapshot snapshot, String attemptId) {
    Attempt attempt = snapshot.facts().attempts().get(attemptId);
    return attempt != null && attempt.step().isAt(AttemptStep.APPROVED);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
