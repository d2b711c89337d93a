package dev.gatehouse.event;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.payment.Reports;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * Which events a payment's facts amount to: a pure function, and a growing set. More facts add
 * events and never take one away, so the order of learning can't matter. The key of each is stable
 * within its payment.
 */
public final class PaymentEvents {
  /** What is learnt at once is told in the order in which such things happen. */
  private static final List<String> ORDER =
      List.of(
          "foreign",
          "failed",
          "authorized",
          "captured",
          "stored",
          "removed",
          "uncaptured",
          "hold-ended",
          "refunded",
          "unrefunded",
          "disputed",
          "withdrawn",
          "reinstated",
          "mismatch",
          "conflict",
          "person");

  private static final Comparator<String> CAUSAL =
      Comparator.comparingInt(PaymentEvents::rank).thenComparing(Comparator.naturalOrder());

  private final Payment payment;
  private final Reports reports;
  private final Predicate<String> wanted;
  private final Instant now;
  private final SortedMap<String, LifecycleEvent> events = new TreeMap<>(CAUSAL);

  private PaymentEvents(Payment payment, Predicate<String> wanted, Instant now) {
    this.payment = payment;
    this.reports = Reports.of(payment);
    this.wanted = wanted;
    this.now = now;
  }

  /** Every event that the payment's facts amount to, by its key. */
  public static SortedMap<String, LifecycleEvent> of(Payment payment, Instant now) {
    return of(payment, key -> true, now);
  }

  /** Those of them that were not raised yet. */
  public static SortedMap<String, LifecycleEvent> unraised(Payment payment, Instant now) {
    return of(payment, key -> !payment.raised().contains(key), now);
  }

  private static SortedMap<String, LifecycleEvent> of(
      Payment payment, Predicate<String> wanted, Instant now) {
    PaymentEvents found = new PaymentEvents(payment, wanted, now);
    payment.facts().attempts().forEach(found::attempt);
    payment.facts().authorizations().forEach(found::authorization);
    SortedMap<String, Movement> read = payment.ledger().movements();
    payment
        .facts()
        .movements()
        .forEach((id, movement) -> found.movement(id, read.getOrDefault(id, movement)));
    payment.facts().disputes().forEach(found::dispute);
    payment.facts().credentials().forEach(found::credential);
    payment.operations().forEach(found::operation);
    payment.mismatches().forEach(found::mismatch);
    payment.conflicts().forEach(found::conflict);
    if (payment.terms().isEmpty()) {
      found.raise("foreign", h -> new ForeignPaymentSeen(h, payment.id(), payment.gateway()));
    }
    return found.events;
  }

  /** The header of an event about a payment. */
  public static EventHeader header(Payment payment, String key, Instant now) {
    String subject = payment.customer().map(Object::toString).orElse(payment.id().value());
    return new EventHeader(
        payment.id().value() + "/" + key,
        now,
        subject,
        payment.customer(),
        Optional.of(payment.mode()));
  }

  private void attempt(String id, Attempt attempt) {
    attempt.failure().ifPresent(why -> failed(id, why));
    attempt
        .storedMethod()
        .values()
        .forEach(
            method ->
                raise(
                    "stored:" + method,
                    h -> new PaymentMethodStored(h, payment.id(), payment.gateway(), method)));
  }

  /** What somebody else removed is its customer's loss, and told with that. */
  private void credential(String id, Credential credential) {
    raiseIf(
        credential.isRemoved() && payment.purpose() == Purpose.REMOVAL,
        "removed:" + id,
        h -> new PaymentMethodRemoved(h, payment.id(), payment.gateway(), id));
  }

  /** What a person reported, and what the provider shows of the same, is told to be made once. */
  private void authorization(String id, Authorization authorization) {
    String told = reports.nameOfHold(id);
    any(authorization.amount())
        .ifPresent(
            amount ->
                raise(
                    "authorized:" + told, h -> new PaymentAuthorized(h, payment.id(), id, amount)));
    for (AuthorizationEnd end : authorization.end().values()) {
      if (end == AuthorizationEnd.VOIDED || end == AuthorizationEnd.EXPIRED) {
        raise("hold-ended:" + id, h -> new AuthorizationEnded(h, payment.id(), id, end));
      }
    }
  }

  private void movement(String id, Movement movement) {
    Optional<Money> seen = any(movement.amount());
    if (seen.isEmpty() || movement.kind().isUnknown()) {
      return;
    }
    Money amount = seen.get();
    String told = reports.nameOfMovement(id);
    boolean done = movement.step().reached(MovementStep.DONE);
    boolean never = movement.step().reached(MovementStep.NEVER);
    switch (movement.kind().values().iterator().next()) {
      case CAPTURE -> {
        raiseIf(done, "captured:" + told, h -> new PaymentCaptured(h, payment.id(), id, amount));
        raiseIf(never, "uncaptured:" + id, h -> new CaptureFailed(h, payment.id(), id, amount));
      }
      case REFUND -> {
        raiseIf(done, "refunded:" + told, h -> new PaymentRefunded(h, payment.id(), id, amount));
        raiseIf(never, "unrefunded:" + id, h -> new RefundFailed(h, payment.id(), id, amount));
      }
      case DISPUTE_WITHDRAWAL ->
          raiseIf(
              done, "withdrawn:" + id, h -> new DisputeFundsWithdrawn(h, payment.id(), id, amount));
      case DISPUTE_REINSTATEMENT ->
          raiseIf(
              done,
              "reinstated:" + id,
              h -> new DisputeFundsReinstated(h, payment.id(), id, amount));
    }
  }

  private void dispute(String id, Dispute dispute) {
    any(dispute.amount())
        .ifPresent(
            amount -> raise("disputed:" + id, h -> new DisputeOpened(h, payment.id(), id, amount)));
  }

  private void operation(Operation operation) {
    String key = operation.key();
    if (operation.leftToPerson()) {
      String why = operation.failure().map(f -> f.message()).orElse("no recovery is declared");
      raise(
          "person:" + key,
          h -> new OperationLeftToPerson(h, payment.id(), key, operation.kind(), why));
    }
    payment.whyNotCharged(operation).ifPresent(why -> failed(operation, why));
  }

  /** A completion that failed is the attempt that failed; a charge never made has no attempt. */
  private void failed(Operation operation, Decline why) {
    String attempt =
        operation.kind() == OperationKind.COMPLETE ? operation.target() : operation.key();
    failed(attempt, why);
  }

  private void failed(String attempt, Decline why) {
    boolean setUp = payment.purpose() == Purpose.SET_UP;
    raise(
        "failed:" + firstToldAs(attempt),
        h ->
            setUp
                ? new PaymentMethodNotStored(h, payment.id(), payment.gateway(), why)
                : new PaymentFailed(h, payment.id(), payment.checkout(), attempt, why));
  }

  /** A decline of which the provider recorded no attempt at first is told once. */
  private String firstToldAs(String attempt) {
    SortedMap<String, Attempt> attempts = payment.facts().attempts();
    return Optional.ofNullable(attempts.get(attempt))
        .flatMap(seen -> seen.operation().value())
        .filter(attempts::containsKey)
        .orElse(attempt);
  }

  private void mismatch(Mismatch mismatch) {
    raise("mismatch:" + mismatch, h -> new IntegrityMismatchFound(h, payment.id(), mismatch));
  }

  private void conflict(Conflict conflict) {
    raise(
        "conflict:" + conflict.fact(),
        h -> new ConflictFound(h, payment.id(), conflict.fact(), conflict.values()));
  }

  private interface Make {
    LifecycleEvent from(EventHeader header);
  }

  private void raiseIf(boolean happened, String key, Make make) {
    if (happened) {
      raise(key, make);
    }
  }

  private void raise(String key, Make make) {
    if (wanted.test(key)) {
      events.computeIfAbsent(key, k -> make.from(header(payment, k, now)));
    }
  }

  private static int rank(String key) {
    int end = key.indexOf(':');
    return ORDER.indexOf(end < 0 ? key : key.substring(0, end));
  }

  private static <T> Optional<T> any(Flat<T> fact) {
    return fact.values().stream().findFirst();
  }
}
