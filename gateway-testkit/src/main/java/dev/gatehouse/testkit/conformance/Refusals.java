package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.MethodSpec;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a gateway does not declare is refused: typed, and with no request sent. */
final class Refusals {
  private Refusals() {}

  /** The verdict on a check that the gateway does not declare to keep; empty if it does. */
  static Optional<Verdict> of(Check check, Bench bench) {
    Set<Capability> able = bench.capabilities();
    Set<Capability> declared = bench.description().capabilities();
    return new TreeSet<>(check.needs())
        .stream()
            .filter(capability -> !able.contains(capability))
            .findFirst()
            .map(
                capability ->
                    declared.contains(capability)
                        ? ofOthers(capability, bench)
                        : refusal(capability, bench));
  }

  private static Verdict ofOthers(Capability capability, Bench bench) {
    String others =
        bench.description().methods().values().stream()
            .filter(method -> method.capabilities().contains(capability))
            .map(MethodSpec::type)
            .collect(Collectors.joining(", "));
    return new Verdict.NotVerified(
        "the target pays with %s, and the gateway declares %s for %s; run a target that pays with it"
            .formatted(String.join(", ", bench.methods()), capability, others));
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
