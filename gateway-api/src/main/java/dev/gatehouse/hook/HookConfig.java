package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Map;
import java.util.TreeMap;

/**
 * How one hook instance is to be opened. {@code toString} shows no values.
 *
 * @param instance its id here, such as {@code ga4-eu}, under which deliveries are remembered: 1 to
 *     64 of a-z, 0-9 and '-'; never change it
 * @param provider the id of its provider, such as {@code analytics-ga4}
 * @param testEvents whether it also hears of payments in test mode
 * @param settings its settings by name
 */
public record HookConfig(
    String instance, String provider, boolean testEvents, Map<String, String> settings) {

  /** Copies the settings; refuses missing parts, naming the setting that has no value. */
  public HookConfig {
    required("instance", instance);
    required("provider", provider);
    required("settings", settings)
        .forEach((name, value) -> required(required("setting", name), value));
    settings = Map.copyOf(settings);
  }

  /** An instance that hears of nothing that happens in test mode. */
  public static HookConfig live(String instance, String provider, Map<String, String> settings) {
    return new HookConfig(instance, provider, false, settings);
  }

  /** This, hearing of payments in test mode, too. */
  public HookConfig withTestEvents() {
    return new HookConfig(instance, provider, true, settings);
  }

  @Override
  public String toString() {
    return "HookConfig["
        + instance
        + ", "
        + provider
        + (testEvents ? ", test events" : "")
        + ", "
        + new TreeMap<>(settings).keySet()
        + "]";
  }
}
