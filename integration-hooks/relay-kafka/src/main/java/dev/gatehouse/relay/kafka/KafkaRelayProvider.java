package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.spi.GatewaySettings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens {@link KafkaRelay}s from their settings. */
public final class KafkaRelayProvider implements HookProvider {
  /** Made by {@link java.util.ServiceLoader}, or by hand. */
  public KafkaRelayProvider() {}

  @Override
  public int hookVersion() {
    return HOOK_VERSION;
  }

  @Override
  public String id() {
    return "relay-kafka";
  }

  @Override
  public HookDescription describe() {
    return HookDescription.of("Kafka", KafkaRelayProvider.class, everyEvent(), RelaySettings.ALL);
  }

  private static Set<Class<? extends LifecycleEvent>> everyEvent() {
    return Arrays.stream(LifecycleEvent.class.getPermittedSubclasses())
        .map(type -> type.<LifecycleEvent>asSubclass(LifecycleEvent.class))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Asks the cluster whether it takes the credentials and has the topic; one that can't be reached
   * is waited for, event by event.
   */
  @Override
  public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
    return KafkaRelay.open(
        RelaySettings.options(settings, environment.instance(), environment.timeLimit()));
  }
}
