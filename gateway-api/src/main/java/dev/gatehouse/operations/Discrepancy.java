package dev.gatehouse.operations;

import dev.gatehouse.facts.Conflict;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.PaymentState;
import java.util.List;
import java.util.Set;

/**
 * A payment whose provider contradicts itself, or did something else than we asked for. Immutable.
 *
 * @param payment the payment
 * @param gateway the gateway that it went through
 * @param state where it stands
 * @param conflicts what was seen with two values
 * @param mismatches how what was done differs from what we asked for
 */
public record Discrepancy(
    PaymentId payment,
    GatewayInstanceId gateway,
    PaymentState state,
    List<Conflict> conflicts,
    Set<Mismatch> mismatches) {

  /** Copies the collections. */
  public Discrepancy {
    conflicts = List.copyOf(conflicts);
    mismatches = Set.copyOf(mismatches);
  }
}
