package dev.gatehouse.engine;

import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.OpenConflict;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people say: about money that no provider can be asked about, and about operations in doubt.
 * What they say is kept with who said it and why. Thread-safe.
 */
final class Operators {
  private final Store store;
  private final Gateways gateways;
  private final Caller caller;
  private final Clock clock;

  Operators(Store store, Gateways gateways, Caller caller, Clock clock) {
    this.store = store;
    this.gateways = gateways;
    this.caller = caller;
    this.clock = clock;
  }

  void report(ReportMoney command) {
    Payment payment =
        store
            .payment(command.payment())
            .orElseThrow(() -> Committer.notFound("payment", command.payment().value()));
    Refusals.demandCurrency(payment, "amount", command.amount());
    demandAboutThis(payment, command);
    Instant now = clock.instant();
    Snapshot snapshot =
        gateways
            .gateway(payment.gateway())
            .report(
                new OperatorReport(
                    Traces.of(payment),
                    command.finding(),
                    command.amount(),
                    command.movement(),
                    command.actor(),
                    command.reason(),
                    now));
    String what = command.finding() + " " + command.amount();
    Note note = new Note(now, command.actor(), what, command.reason());
    caller.changePayment(
        payment.id(),
        current -> {
          demandAboutThis(current, command); // Somebody else may have reported meanwhile.
          return Observer.joined(current, snapshot, payment.version()).noting(note);
        });
  }

  /**
   * A report about a refund names one, with its amount; others name no refund. None contradicts
   * what is known.
   */
  private static void demandAboutThis(Payment payment, ReportMoney command) {
    boolean aboutRefund =
        command.finding() == OperatorReport.Finding.REFUND_SENT
            || command.finding() == OperatorReport.Finding.REFUND_NOT_SENT;
    Optional<Movement> refund =
        command
            .movement()
            .map(payment.facts().movements()::get)
            .filter(movement -> movement.is(MovementKind.REFUND));
    if (aboutRefund != refund.isPresent()) {
      throw new InvalidInputException(
          new Problem(
              "movement",
              "report.movement",
              aboutRefund ? "is no refund of this payment" : "is a refund",
              aboutRefund
                  ? "name the refund that the report is about"
                  : "name the money that arrived, or nothing"));
    }
    if (refund
        .flatMap(r -> r.amount().value())
        .filter(a -> !a.equals(command.amount()))
        .isPresent()) {
      throw new InvalidInputException(
          new Problem(
              "amount",
              "report.amount",
              "is not the refund's amount",
              "report the refund as it was asked for, or that it was not made"));
    }
    refund.ifPresent(named -> demandOpen(named, command.finding()));
    if (command.finding() == OperatorReport.Finding.MONEY_WILL_NOT_ARRIVE) {
      demandNothingArrived(payment);
    }
  }

  /** What was said once may be said again; the opposite would give the money back twice. */
  private static void demandOpen(Movement refund, OperatorReport.Finding finding) {
    MovementStep said =
        finding == OperatorReport.Finding.REFUND_SENT ? MovementStep.DONE : MovementStep.NEVER;
    if (!refund.step().isAt(MovementStep.OPEN) && !refund.step().isAt(said)) {
      throw new InvalidStateException(
          new Problem(
              "movement",
              "report.refund-over",
              refund.step().isAt(MovementStep.DONE)
                  ? "is known to have been sent"
                  : "is known not to have been made, or to have come back",
              "look at who reported what; what is free again can be refunded with a new key"));
    }
  }

  private static void demandNothingArrived(Payment payment) {
    boolean arrived =
        payment.facts().attempts().values().stream()
            .anyMatch(attempt -> attempt.step().reached(AttemptStep.SUCCEEDED));
    if (arrived) {
      throw new InvalidStateException(
          new Problem(
              "finding",
              "report.money-arrived",
              "is not so: money of this payment is known to have arrived",
              "look at who reported it; give back by a refund what is not to be kept"));
    }
  }

  /**
   * A person's finding is a fact like any other; who said so, and why, is kept beside it. While we
   * may still find out by ourselves, nobody else decides.
   */
  void settle(SettleOperation command) {
    caller.changePayment(
        command.payment(),
        payment -> {
          Operation operation =
              payment
                  .operation(command.operation())
                  .orElseThrow(() -> Committer.notFound("operation", command.operation()));
          demandLeftToPerson(payment, operation);
          command.effect().ifPresent(id -> demandUnknown(payment, operation, id));
          String what = operation.key() + command.effect().map(e -> " was " + e).orElse(" was not");
          Note note = new Note(clock.instant(), command.actor(), what, command.reason());
          Optional<String> named =
              command.effect().filter(id -> !Findings.isVouchedFor(payment, operation, id));
          return payment
              .reporting(operation, named, Findings.of(payment, operation, command.effect()))
              .noting(note);
        });
  }

  /**
   * A note and nothing else: facts stay, and so does all that follows from them. It names what that
   * person saw, so what was seen meanwhile stays open.
   */
  void settle(SettleConflict command) {
    caller.changePayment(
        command.payment(),
        payment -> {
          OpenConflict conflict = open(payment, command.conflict());
          String what = conflict.fact() + ": " + String.join(" or ", conflict.values());
          return payment.noting(
              new Note(
                  clock.instant(),
                  command.actor(),
                  what,
                  command.reason(),
                  Optional.of(conflict.id())));
        });
  }

  private static OpenConflict open(Payment payment, String id) {
    return Stream.concat(
            payment.openConflicts().stream(), payment.openMismatches().values().stream())
        .filter(conflict -> conflict.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidStateException(
                    new Problem(
                        "conflict",
                        "conflict.not-open",
                        "is not open: it was settled, or more was seen since",
                        "list the conflicts again, and settle what is there now")));
  }

  /** What we know already is not the effect of this operation, unless it may well be. */
  private static void demandUnknown(Payment payment, Operation operation, String id) {
    Movement known = payment.facts().movements().get(id);
    boolean maybe =
        known != null
            && known.operation().isUnknown()
            && (known.is(MovementKind.REFUND) && operation.kind() == OperationKind.REFUND
                || known.is(MovementKind.CAPTURE) && operation.kind() != OperationKind.REFUND);
    boolean other =
        known != null && !maybe
            || isOneOf(operation, OperationKind.CAPTURE, OperationKind.REFUND)
                && (payment.facts().attempts().containsKey(id)
                    || payment.facts().authorizations().containsKey(id));
    if (other) {
      throw new InvalidInputException(
          new Problem(
              "effect",
              "settle.effect-known",
              "is the id of something else",
              "name what the operation itself made"));
    }
  }

  private static boolean isOneOf(Operation operation, OperationKind one, OperationKind other) {
    return operation.kind() == one || operation.kind() == other;
  }

  private static void demandLeftToPerson(Payment payment, Operation operation) {
    if (!payment.isOpen(operation)) {
      throw new InvalidStateException(
          new Problem(
              "operation",
              "operation.not-in-doubt",
              "is not in doubt",
              "look at the payment: what became of it is known"));
    }
    if (!operation.leftToPerson()) {
      throw new InvalidStateException(
          new Problem(
              "operation",
              "operation.not-left-to-person",
              "is still being found out about",
              "wait until it is left to a person, which an event tells"));
    }
  }
}
