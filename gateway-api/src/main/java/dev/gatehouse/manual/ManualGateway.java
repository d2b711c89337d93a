package dev.gatehouse.manual;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.TakesReports;
import dev.gatehouse.spi.Trace;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;

/** A gateway without a provider: what happened is known from a person's reports only. Pure. */
final class ManualGateway implements PaymentGateway, RefundsPayments, TakesReports {
  private static final Failure ONLY_REPORTS =
      Failure.of(
          ErrorCategory.UNKNOWN_OUTCOME,
          "manual.no-provider",
          "only a person's report says what happened");

  private final List<String> instructions;
  private final Mode mode;

  ManualGateway(String instructions, Mode mode) {
    this.instructions = List.of(instructions.split("\\|"));
    this.mode = mode;
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    List<String> lines = new ArrayList<>(instructions);
    lines.add(request.amount().toString());
    lines.add(request.reference());
    Attempt attempt =
        Attempt.at(AttemptStep.ACTION_NEEDED)
            .with(request.amount())
            .causedBy(request.idempotencyKey());
    Snapshot snapshot =
        seen(request.reference(), request.amount().getCurrencyUnit())
            .attempt(transferId(request.reference()), attempt)
            .build();
    return new Outcome.ActionRequired(snapshot, new CustomerAction.Instructions(lines));
  }

  /** The refund waits until somebody has made the transfer and reports it. */
  @Override
  public Outcome refund(RefundRequest request) {
    Movement refund =
        Movement.of(MovementKind.REFUND, MovementStep.OPEN)
            .with(request.amount())
            .outOf(request.capture())
            .causedBy(request.idempotencyKey());
    return new Outcome.Pending(
        Snapshot.builder().movement(request.idempotencyKey(), refund).build());
  }

  @Override
  public Lookup lookup(Trace trace) {
    return new Lookup.CannotTell(ONLY_REPORTS);
  }

  @Override
  public Snapshot report(OperatorReport report) {
    String reference = report.trace().reference().orElse("");
    Snapshot.Builder seen = seen(reference, report.amount().getCurrencyUnit());
    String transfer = transferId(reference);
    String movement = report.movement().orElse(transfer);
    switch (report.finding()) {
      case MONEY_ARRIVED ->
          seen.attempt(transfer, Attempt.at(AttemptStep.SUCCEEDED))
              .movement(
                  movement,
                  Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                      .with(report.amount())
                      .ofCharge(transfer));
      case MONEY_WILL_NOT_ARRIVE ->
          seen.attempt(transfer, Attempt.declined(Decline.of(DeclineCode.ABANDONED)));
      case REFUND_SENT ->
          seen.movement(movement, Movement.of(MovementKind.REFUND, MovementStep.DONE));
      case REFUND_NOT_SENT ->
          seen.movement(movement, Movement.of(MovementKind.REFUND, MovementStep.NEVER));
    }
    return seen.build();
  }

  @Override
  public void close() {}

  private Snapshot.Builder seen(String reference, CurrencyUnit currency) {
    Snapshot.Builder seen = Snapshot.builder().mode(mode).currency(currency);
    return reference.isEmpty() ? seen : seen.reference(reference);
  }

  private static String transferId(String reference) {
    return reference + "-transfer";
  }
}
