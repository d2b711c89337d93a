package dev.gatehouse.testkit.scenario;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.ChargeRequest;

/** What a provider shows of a charge that was paid in full. */
final class Charged {
  private Charged() {}

  static Snapshot of(ChargeRequest request) {
    return of(request, "cap");
  }

  /** The same, with the capture under another id of the provider's. */
  static Snapshot of(ChargeRequest request, String capture) {
    return Scripted.of(request.reference())
        .attempt(
            "ch",
            Attempt.at(AttemptStep.SUCCEEDED)
                .with(request.amount())
                .causedBy(request.idempotencyKey()))
        .movement(
            capture,
            Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                .with(request.amount())
                .ofCharge("ch"))
        .build();
  }
}
