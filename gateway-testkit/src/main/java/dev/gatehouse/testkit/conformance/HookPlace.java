package dev.gatehouse.testkit.conformance;

import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Where and how a hook is to be opened.
 *
 * @param baseUrl where the sink listens, on the loopback interface
 * @param http a transport that leads there, for hooks that are lent one; closed by the kit
 * @param clock the time, which only the kit moves
 * @param timeLimit how long a call may take, everything included
 * @param secret to be the hook's secret, or a part of it; the kit looks for it in texts
 * @param testMode whether the hook is told to send events of test mode, too
 */
public record HookPlace(
    URI baseUrl,
    HttpTransport http,
    Clock clock,
    Duration timeLimit,
    String secret,
    boolean testMode) {
  /**
   * The hook that a provider opens with these settings, as the framework has it: offered what its
   * description names, and nothing of test mode unless told so.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the provider refuses the settings
   */
  public LifecycleHook open(HookProvider provider, Map<String, String> settings) {
    HookConfig config = new HookConfig("checked", provider.id(), testMode, settings);
    return Hooks.open(
            HookCatalog.of(provider), HookConfigs.collect().add(config), http, clock, timeLimit)
        .hooks()
        .get(0);
  }
}
