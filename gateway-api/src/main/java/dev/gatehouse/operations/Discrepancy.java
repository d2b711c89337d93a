package dev.gatehouse.operations;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.OpenConflict;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A payment whose provider contradicts itself, or did something else than we asked for, as far as
 * no person has settled it. Immutable.
 *
 * @param payment the payment
 * @param gateway the gateway that it went through
 * @param state where it stands
 * @param conflicts what was seen with two values, and then what was seen otherwise than we asked
 *     for, whose fact begins with {@code asked.}; each has an {@linkplain OpenConflict#id() id} to
 *     settle it
 * @param mismatches how what was done differs from what we asked for
 */
public record Discrepancy(
    PaymentId payment,
    GatewayInstanceId gateway,
    PaymentState state,
    List<OpenConflict> conflicts,
    Set<Mismatch> mismatches) {

  /** Copies the collections. */
  public Discrepancy {
    conflicts = List.copyOf(conflicts);
    mismatches = Set.copyOf(mismatches);
  }

  /** What nobody has settled of a payment. */
  static Discrepancy of(Payment payment) {
    Map<Mismatch, OpenConflict> mismatches = payment.openMismatches();
    List<OpenConflict> conflicts = new ArrayList<>(payment.openConflicts());
    conflicts.addAll(mismatches.values());
    return new Discrepancy(
        payment.id(), payment.gateway(), payment.state(), conflicts, mismatches.keySet());
  }
}
