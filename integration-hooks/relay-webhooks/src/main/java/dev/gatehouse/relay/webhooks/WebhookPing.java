package dev.gatehouse.relay.webhooks;

import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.GatewaySettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A test send: an event of the type {@link #TYPE} that says nothing, signed and sent as every other
 * one, at once and once. For a button beside an endpoint, before anything depends on it.
 */
public final class WebhookPing {
  /** The type of the event; nothing else ever has it. */
  public static final String TYPE = "dev.gatehouse.Ping";

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private WebhookPing() {}

  /**
   * Sends one to the endpoint as it is configured; nothing is kept of it.
   *
   * @return {@code Delivered} if the endpoint took it; else why not, for people, without a secret
   * @throws dev.gatehouse.error.ConfigurationException with all that is wrong with the settings
   */
  public static HookResult send(HookConfig endpoint) {
    return send(endpoint, new WebhookRelayProvider());
  }

  static HookResult send(HookConfig endpoint, WebhookRelayProvider provider) {
    Opened opened = new Opened(provider, new ArrayList<>());
    try (HttpTransport unused = HttpTransport.onJdkClient(HttpOptions.defaults())) {
      HookConfigs configs = HookConfigs.collect().add(endpoint);
      Hooks hooks = Hooks.open(HookCatalog.of(opened), configs, unused, Clock.systemUTC(), LIMIT);
      try {
        return opened.relays().get(0).ping("ping_" + UUID.randomUUID());
      } finally {
        hooks.close();
      }
    }
  }

  /** Opens endpoints after all the checks that the framework makes, and knows what it opened. */
  private record Opened(WebhookRelayProvider provider, List<WebhookRelay> relays)
      implements HookProvider {
    @Override
    public int hookVersion() {
      return provider.hookVersion();
    }

    @Override
    public String id() {
      return provider.id();
    }

    @Override
    public HookDescription describe() {
      return provider.describe();
    }

    @Override
    public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
      WebhookRelay relay = provider.relay(settings, environment);
      relays.add(relay);
      return relay;
    }
  }
}
