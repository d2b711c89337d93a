package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a gateway's author supplies to have it checked: the gateway, a provider that answers it, and
 * how that provider is told what to do. The same provider plays in the simulator.
 *
 * <p>Found by {@link java.util.ServiceLoader} in the gateway's JAR or in one beside it, or named by
 * its class. It needs a public constructor without parameters, and keeps no state.
 */
public interface TestTarget extends SimulatedProvider.Factory {
  /** The id of the gateway that it is for. */
  String gateway();

  /**
   * What a customer pays with whose charge goes as scripted; empty if this provider can't do that.
   * Checks that need it are then reported as not verified.
   */
  Optional<PaymentMethod> paying(Script script);

  /**
   * The customer does what a charge waits for, so that it goes on as scripted. Override it where
   * {@link #paying} has no token that says so, as customers choose at the provider's page.
   *
   * @param provider one that {@link #open} made
   * @param charge the provider's id of the charge
   * @return whether customers can be told to act at this provider
   */
  default boolean customerActs(SimulatedProvider provider, Script script, String charge) {
    return provider.happens(SimulatedProvider.Happening.CUSTOMER_APPROVES, charge);
  }

  /**
   * What this provider does not have at all, by its own description: nothing, unless this is
   * overridden. Checks about it are then refused as declared, where they would not be verified
   * otherwise. What the provider can do all the same is checked.
   */
  default Set<Lack> lacks() {
    return Set.of();
  }

  /**
   * What an instance is opened with in live mode: well-formed, and nobody's. The settings of test
   * mode, with <i>live</i> where they say <i>test</i> or <i>sandbox</i>, unless this is overridden.
   *
   * @param provider one that {@link #open} made
   */
  default Map<String, String> liveSettings(SimulatedProvider provider) {
    Map<String, String> settings = new TreeMap<>(provider.settings());
    settings.replaceAll(
        (name, value) ->
            value.replaceAll("(?<![A-Za-z0-9])(?:test|sandbox)(?![A-Za-z0-9])", "live"));
    return settings;
  }

  /**
   * A provider of its own for one check, with nothing in its ledger.
   *
   * @param clock the time, which only the kit moves
   * @param secret to be a part of every secret setting; the kit looks for it in texts
   * @param random for what the provider chooses by itself
   */
  @Override
  SimulatedProvider open(Clock clock, String secret, Random random);
}
