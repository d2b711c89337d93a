package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.spi.Capability;
import java.util.Optional;
import java.util.TreeSet;

/** What a gateway does not declare is refused: typed, and with no request sent. */
final class Refusals {
  private Refusals() {}

  /** The verdict on a check that the gateway does not declare to keep; empty if it does. */
  static Optional<Verdict> of(Check check, Bench bench) {
    var declared = bench.description().capabilities();
    return new TreeSet<>(check.needs())
        .stream()
            .filter(capability -> !declared.contains(capability))
            .findFirst()
            .map(capability -> refusal(capability, bench));
  }

  private static Verdict refusal(Capability capability, Bench bench) {
    try (Gateways gateways = Framework.open(bench)) {
      int before = bench.network.sent().size();
      for (String method : bench.description().methods().keySet()) {
        try {
          gateways.gateway(Framework.MAIN).demand(capability, method);
          return new Verdict.Failed(capability + " is not declared, and was not refused.");
        } catch (GatehouseException refused) {
          // As it should be.
        }
      }
      int sent = bench.network.sent().size() - before;
      return sent == 0
          ? new Verdict.RefusedAsDeclared(capability.name())
          : new Verdict.Failed("Refusing " + capability + " sent " + sent + " requests.");
    }
  }
}
