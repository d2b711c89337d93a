package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.spi.SettingSpec;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a hook is and what it wants. Immutable.
 *
 * @param name for people
 * @param version the provider's own version
 * @param events the types of events that it may want; it is offered no others
 * @param settings the settings that it wants
 */
public record HookDescription(
    String name,
    String version,
    Set<Class<? extends LifecycleEvent>> events,
    List<SettingSpec> settings) {

  /** Copies the collections; refuses missing parts. */
  public HookDescription {
    required("name", name);
    required("version", version);
    events = Set.copyOf(required("events", events));
    settings = List.copyOf(required("settings", settings));
  }

  /**
   * One whose version is that of the provider's JAR (its {@code Implementation-Version}) or module;
   * {@code unversioned} if neither says.
   */
  public static HookDescription of(
      String name,
      Class<? extends HookProvider> provider,
      Set<Class<? extends LifecycleEvent>> events,
      List<SettingSpec> settings) {
    Optional<String> jar = Optional.ofNullable(provider.getPackage().getImplementationVersion());
    Optional<String> module =
        Optional.ofNullable(provider.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion);
    return new HookDescription(name, jar.or(() -> module).orElse("unversioned"), events, settings);
  }
}
