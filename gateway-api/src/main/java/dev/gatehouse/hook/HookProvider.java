package dev.gatehouse.hook;

import dev.gatehouse.spi.GatewaySettings;

/**
 * Makes hooks that have settings. Found by {@link java.util.ServiceLoader}, or made by hand; always
 * constructible, keeps no state. What it opens is known by the id of its instance, so that it may
 * be opened several times.
 */
public interface HookProvider {
  /**
   * The version that a provider is compiled against. Compilers copy it, so a provider's own class
   * says which one that was.
   */
  int HOOK_VERSION = 1;

  /** The version that this was built for: {@code return HOOK_VERSION;}. */
  int hookVersion();

  /** The id of the provider, such as {@code analytics-ga4}: 1 to 32 of a-z, 0-9 and '-'. */
  String id();

  /** What it is and what it wants. No I/O, no threads; the same at every call. */
  HookDescription describe();

  /**
   * Opens an instance. The settings are checked already against what the description says. It may
   * ask its service whether they are right; one that does not answer is no reason to throw, since
   * nothing waits for a hook.
   *
   * <p>An {@link AutoCloseable} hook is closed with the gatehouse.
   *
   * @return the hook; whatever it says of its id, its deliveries are remembered under its instance
   * @throws dev.gatehouse.error.ConfigurationException with everything that is wrong, each problem
   *     naming its setting, none showing a secret
   */
  LifecycleHook open(GatewaySettings settings, HookEnvironment environment);
}
