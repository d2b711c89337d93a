package dev.gatehouse.engine;

import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.PaymentHint;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes in what webhooks failed to bring: asks a gateway which payments changed, and looks each of
 * them up. Thread-safe.
 */
final class Reconciler {
  private final Gateways gateways;
  private final Intake intake;

  Reconciler(Gateways gateways, Intake intake) {
    this.gateways = gateways;
    this.intake = intake;
  }

  Reconciliation reconcile(GatewayInstanceId id, Instant since) {
    GatewayHandle gateway = gateways.gateway(id);
    Changes changes = gateway.changesSince(since);
    if (changes instanceof Changes.CannotTell unclear) {
      return new Reconciliation(0, 0, since, Optional.of(unclear.failure()));
    }
    Changes.Listed listed = (Changes.Listed) changes;
    int seen = 0;
    int unclear = 0;
    for (PaymentHint hint : listed.hints()) {
      boolean found = intake.look(id, hint, Optional.empty()) == Intake.Seen.FOUND;
      seen += found ? 1 : 0;
      unclear += found ? 0 : 1;
    }
    return new Reconciliation(
        seen, unclear, unclear == 0 ? listed.upTo() : since, Optional.empty());
  }
}
