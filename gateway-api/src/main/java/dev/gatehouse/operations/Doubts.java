package dev.gatehouse.operations;

import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Recovery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** Says of calls in doubt why they are, and what comes next. Thread-safe. */
final class Doubts {
  private final Gateways gateways;
  private final Clock clock;
  private final Duration callGrace;

  Doubts(Gateways gateways, Clock clock, Duration callGrace) {
    this.gateways = gateways;
    this.clock = clock;
    this.callGrace = callGrace;
  }

  /** Everything of a payment that is in doubt or left to a person, oldest first. */
  List<Doubt> of(Payment payment) {
    List<Operation> left = payment.leftToPerson();
    return payment.operations().stream()
        .filter(o -> left.contains(o) || payment.status(o) == OperationStatus.IN_DOUBT)
        .map(operation -> of(payment, operation))
        .toList();
  }

  /** The same, but for payments of which a call is just being made, and nothing else. */
  List<Doubt> ofPast(Payment payment) {
    return isJustAsked(payment) ? List.of() : of(payment);
  }

  private boolean isJustAsked(Payment payment) {
    Set<Concern> concerns = payment.concerns();
    return !concerns.contains(Concern.IN_DOUBT)
        && !concerns.contains(Concern.LEFT_TO_PERSON)
        && payment.operations().stream()
            .filter(o -> payment.status(o) == OperationStatus.IN_DOUBT)
            .allMatch(o -> clock.instant().isBefore(o.lastSentAt().plus(callGrace)));
  }

  private Doubt of(Payment payment, Operation operation) {
    Optional<Recovery> recovery =
        gateways
            .find(payment.gateway())
            .map(gateway -> gateway.description().recoveryOf(operation.kind()));
    boolean isPersons = operation.leftToPerson();
    return new Doubt(
        payment.id(),
        payment.gateway(),
        operation.key(),
        operation.kind(),
        operation.amount(),
        operation.target(),
        operation.createdAt(),
        operation.sends(),
        operation.lastSentAt(),
        operation.failure(),
        isPersons,
        recovery,
        why(payment, operation),
        isPersons ? aPerson(payment) : byItself(payment, operation, recovery),
        payment.wakeAt());
  }

  private static String why(Payment payment, Operation operation) {
    String heard =
        operation.failure().map(Doubts::said).orElse("no answer was heard").replaceAll("\\s+", " ");
    return switch (payment.status(operation)) {
      case IN_DOUBT -> "it may have been done or not: " + heard;
      case UNDER_WAY, SUCCEEDED -> "the provider has it, and nothing shows how it ended";
      case NO_EFFECT -> "it was given up: " + heard;
      case FAILED -> "it failed: " + heard;
    };
  }

  private static String said(Failure failure) {
    String code = failure.code().isEmpty() ? "" : " (" + failure.code() + ")";
    return failure.message() + code;
  }

  private static String aPerson(Payment payment) {
    return "a person must find out: look for "
        + payment.id()
        + " in the console of the provider, then settle";
  }

  private static String byItself(
      Payment payment, Operation operation, Optional<Recovery> recovery) {
    if (recovery.isEmpty()) {
      return "a process that has the gateway " + payment.gateway() + " finds out";
    }
    Optional<Recovery.ByLookup> lookup = recovery.get().lookup();
    if (lookup.isPresent()) {
      return "the provider is asked; 'there is none' counts "
          + words(lookup.get().settles().toSeconds())
          + " after the last send";
    }
    Optional<Instant> keyEnds = recovery.get().replay().map(operation.createdAt()::plus);
    return keyEnds
        .map(end -> "it is sent again under the same key, until " + end + " at most")
        .orElse("the gateway declares no way to find out: a person will be told");
  }

  private static String words(long seconds) {
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
  }

  /** What was asked, such as "a refund of EUR 4.00". */
  static String asked(Operation operation) {
    String kind =
        switch (operation.kind()) {
          case VOID -> "release";
          case COMPLETE -> "completion";
          default -> operation.kind().name().toLowerCase(Locale.ROOT);
        };
    return "a " + kind + operation.amount().map(Money::toString).map(" of "::concat).orElse("");
  }
}
