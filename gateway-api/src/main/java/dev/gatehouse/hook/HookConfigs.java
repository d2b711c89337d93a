package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;
import static dev.gatehouse.hook.HookKind.HOOK;
import static dev.gatehouse.hook.HookKind.TEST_EVENTS;

import dev.gatehouse.error.Problem;
import dev.gatehouse.plugin.Declared;
import dev.gatehouse.plugin.Opening;
import dev.gatehouse.plugin.SettingNames;
import dev.gatehouse.plugin.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Which hook instances to open, and their settings, collected from several places: properties, the
 * environment, code. What is added later wins, setting by setting.
 *
 * <p>An instance is declared by naming its provider:
 *
 * <pre>
 * hook.ga4-eu.provider = analytics-ga4
 * hook.ga4-eu.measurement-id = G-…
 * hook.ga4-eu.api-secret = …
 * </pre>
 *
 * <p>In the environment the same are {@code HOOK_GA4_EU_PROVIDER}, {@code HOOK_GA4_EU_API_SECRET}
 * and so on. {@code test-events = on} lets an instance hear of payments in test mode. Not
 * thread-safe. Shows no values.
 */
public final class HookConfigs {
  private final List<HookConfig> byHand = new ArrayList<>();
  private final SettingsSources sources;

  private HookConfigs(SettingsSources sources) {
    this.sources = sources;
  }

  /**
   * What is to be opened.
   *
   * @param configs those that are whole
   * @param problems what is wrong with the others, and with the sources
   */
  record Resolved(List<HookConfig> configs, List<Problem> problems) {}

  /** No instances yet. */
  public static HookConfigs collect() {
    return new HookConfigs(new SettingsSources(HOOK));
  }

  /** An instance that is configured whole, by hand; nothing from elsewhere is added to it. */
  public HookConfigs add(HookConfig config) {
    byHand.add(required("hook", config));
    return this;
  }

  /**
   * A properties file in UTF-8. Keys that do not begin with {@code hook.} are passed over, so it
   * may be that of the gateways, or the application's own.
   */
  public HookConfigs properties(Path file) {
    sources.file(file);
    return this;
  }

  /** Properties from elsewhere; keys as in a file. */
  public HookConfigs properties(Map<String, String> values) {
    sources.properties(values);
    return this;
  }

  /** Properties from elsewhere, such as {@code System.getProperties()}; keys as in a file. */
  public HookConfigs properties(Properties values) {
    sources.properties(values);
    return this;
  }

  /**
   * Environment variables, such as {@code System.getenv()}. Those that belong to no declared
   * instance are passed over, and their names are logged.
   */
  public HookConfigs environment(Map<String, String> variables) {
    sources.environment(variables);
    return this;
  }

  /** One setting, from code: such as a secret from a vault. */
  public HookConfigs set(String instance, String setting, String value) {
    sources.set(instance, setting, value);
    return this;
  }

  /** Everything put together. */
  Resolved resolve() {
    Declared declared = sources.declared();
    List<HookConfig> configs = new ArrayList<>(byHand);
    List<Problem> problems = new ArrayList<>(declared.problems());
    declared
        .instances()
        .forEach((id, said) -> config(id, new TreeMap<>(said), problems).ifPresent(configs::add));
    return new Resolved(List.copyOf(configs), List.copyOf(problems));
  }

  private static Optional<HookConfig> config(
      String id, Map<String, String> said, List<Problem> problems) {
    Optional<String> provider = Optional.ofNullable(said.remove(SettingNames.PROVIDER));
    Optional<String> test = Optional.ofNullable(said.remove(TEST_EVENTS));
    if (provider.isEmpty()) {
      problems.add(
          Opening.missing(
              HOOK, id, SettingNames.PROVIDER, "the id of its provider, such as analytics-ga4"));
    }
    boolean malformed = test.isPresent() && !test.get().equals("on") && !test.get().equals("off");
    if (malformed) {
      problems.add(Opening.malformed(HOOK, id, TEST_EVENTS, "is neither on nor off"));
    }
    return provider.isEmpty() || malformed
        ? Optional.empty()
        : Optional.of(new HookConfig(id, provider.get(), test.equals(Optional.of("on")), said));
  }

  @Override
  public String toString() {
    return "HookConfigs[" + byHand.size() + " by hand, " + sources + "]";
  }
}
