package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one gateway instance is to be opened. {@code toString} shows no values.
 *
 * @param instance its id here, such as {@code stripe-eu}
 * @param provider the id of its provider, such as {@code stripe}
 * @param mode whether real money moves
 * @param newPayments whether new payments may begin; if not, everything else still goes on
 * @param settings its settings by name
 */
public record GatewayConfig(
    GatewayInstanceId instance,
    String provider,
    Mode mode,
    boolean newPayments,
    Map<String, String> settings) {

  /** Copies the settings; refuses missing parts, naming the setting that has no value. */
  public GatewayConfig {
    required("instance", instance);
    required("provider", provider);
    required("mode", mode);
    required("settings", settings)
        .forEach((name, value) -> required(required("setting", name), value));
    settings = Map.copyOf(settings);
  }

  /** An instance that takes new payments. */
  public GatewayConfig(
      GatewayInstanceId instance, String provider, Mode mode, Map<String, String> settings) {
    this(instance, provider, mode, true, settings);
  }

  /** An instance in test mode whose id is its provider's. */
  public static GatewayConfig test(String provider, Map<String, String> settings) {
    return new GatewayConfig(new GatewayInstanceId(provider), provider, Mode.TEST, settings);
  }

  /** This, switched off: no new payment begins, and everything else goes on. */
  public GatewayConfig off() {
    return new GatewayConfig(instance, provider, mode, false, settings);
  }

  @Override
  public String toString() {
    return "GatewayConfig["
        + instance
        + ", "
        + provider
        + ", "
        + mode
        + (newPayments ? "" : ", off")
        + ", "
        + new TreeMap<>(settings).keySet()
        + "]";
  }
}
