package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;
import static dev.gatehouse.hook.HookKind.HOOK;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.plugin.Opening;
import dev.gatehouse.plugin.SettingsRules;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The hooks that were opened from their settings. All are open or none: without one, its events
 * would be lost in silence. Owns them, and what they were found in. Thread-safe.
 */
public final class Hooks implements AutoCloseable {
  private final HookCatalog catalog;
  private final List<ConfiguredHook> hooks;

  private Hooks(HookCatalog catalog, List<ConfiguredHook> hooks) {
    this.catalog = catalog;
    this.hooks = List.copyOf(hooks);
  }

  /**
   * Opens every instance that is configured.
   *
   * @param catalog the providers; closed by {@link #close}, and if this throws
   * @param configs the instances
   * @param transport the one door to the network; left open
   * @param clock the time
   * @param timeLimit how long one call may take
   * @throws ConfigurationException with the problems of all instances; nothing stays open then
   */
  public static Hooks open(
      HookCatalog catalog,
      HookConfigs configs,
      HttpTransport transport,
      Clock clock,
      Duration timeLimit) {
    required("catalog", catalog);
    HookConfigs.Resolved resolved = required("configs", configs).resolve();
    List<Problem> problems = new ArrayList<>(resolved.problems());
    List<ConfiguredHook> hooks = new ArrayList<>();
    Hooks opened = null;
    try {
      Set<String> ids = new HashSet<>();
      for (HookConfig config : resolved.configs()) {
        try {
          if (!ids.add(config.instance())) {
            throw Opening.duplicate(HOOK, config.instance());
          }
          HookEnvironment environment =
              new HookEnvironment(config.instance(), transport, clock, timeLimit);
          hooks.add(open(catalog, config, environment));
        } catch (ConfigurationException e) {
          problems.addAll(e.problems());
        }
      }
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      opened = new Hooks(catalog, hooks);
      return opened;
    } finally {
      if (opened == null) {
        new Hooks(catalog, hooks).close();
      }
    }
  }

  private static ConfiguredHook open(
      HookCatalog catalog, HookConfig config, HookEnvironment environment) {
    String id = config.instance();
    HookCatalog.Entry entry =
        catalog
            .provider(config.provider())
            .orElseThrow(
                () ->
                    Opening.unknown(
                        HOOK, id, config.provider(), catalog.ids(), catalog.refusals()));
    List<SettingSpec> specs = entry.description().settings();
    GatewaySettings settings = SettingsRules.checked(HOOK, id, config.settings(), specs);
    LifecycleHook hook =
        new Opening(HOOK, id, config.settings(), specs, entry.source())
            .open(entry.provider().getClass(), () -> entry.provider().open(settings, environment));
    return new ConfiguredHook(config, entry.description(), hook);
  }

  /** The hooks, each under the id of its instance. */
  public List<LifecycleHook> hooks() {
    return List.copyOf(hooks);
  }

  /** Closes the hooks that can be closed, and then what they were found in. */
  @Override
  public void close() {
    hooks.forEach(ConfiguredHook::close);
    catalog.close();
  }
}
