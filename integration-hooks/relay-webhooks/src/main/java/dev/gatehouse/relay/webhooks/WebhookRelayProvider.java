package dev.gatehouse.relay.webhooks;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.apache.Destinations;
import dev.gatehouse.spi.GatewaySettings;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends events to endpoints, as <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a> with a CloudEvent as the body. Each instance is one endpoint.
 *
 * <p>It uses a transport of its own, since only that can connect to the very addresses that it has
 * checked.
 */
public final class WebhookRelayProvider implements HookProvider {
  private final Destinations names;

  /** Found by {@link java.util.ServiceLoader}, or made by hand. */
  public WebhookRelayProvider() {
    this(InetAddress::getAllByName);
  }

  /** One that looks names up elsewhere. */
  WebhookRelayProvider(Destinations names) {
    this.names = names;
  }

  @Override
  public int hookVersion() {
    return HOOK_VERSION;
  }

  @Override
  public String id() {
    return "relay-webhooks";
  }

  @Override
  public HookDescription describe() {
    return HookDescription.of(
        "Outgoing webhooks", WebhookRelayProvider.class, everyType(), EndpointSettings.ALL);
  }

  private static Set<Class<? extends LifecycleEvent>> everyType() {
    return Arrays.stream(LifecycleEvent.class.getPermittedSubclasses())
        .<Class<? extends LifecycleEvent>>map(type -> type.asSubclass(LifecycleEvent.class))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
    return relay(settings, environment);
  }

  WebhookRelay relay(GatewaySettings settings, HookEnvironment environment) {
    return new WebhookRelay(EndpointSettings.of(settings), environment, names);
  }
}
