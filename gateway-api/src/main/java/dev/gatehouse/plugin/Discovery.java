package dev.gatehouse.plugin;

import dev.gatehouse.fault.Faults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Finds providers through one class loader. What can't be loaded takes nothing else down.
 *
 * @param <P> what the providers implement
 */
public final class Discovery<P> {
  /** A module path or class path that can't be read at all ends the search after so many errors. */
  private static final int MAX_ERRORS = 100;

  private final List<P> found = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final String place;

  private Discovery(String place) {
    this.place = place;
  }

  /**
   * Looks for providers.
   *
   * @param service what the providers implement
   * @param loader where to look
   * @param ours which of the classes found to construct
   * @param place what a refusal says if nothing better is known
   */
  public static <P> Discovery<P> through(
      Class<P> service, ClassLoader loader, Predicate<Class<?>> ours, String place) {
    Discovery<P> discovery = new Discovery<>(place);
    discovery.search(ServiceLoader.load(service, loader).stream().iterator(), ours);
    return discovery;
  }

  /** The providers that could be constructed. */
  public List<P> found() {
    return found;
  }

  /** What could not be loaded or constructed. */
  public List<Refusal> refused() {
    return refused;
  }

  private void search(Iterator<ServiceLoader.Provider<P>> providers, Predicate<Class<?>> ours) {
    while (refused.size() < MAX_ERRORS) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        ServiceLoader.Provider<P> provider = providers.next();
        if (ours.test(provider.type())) {
          construct(provider);
        }
      } catch (ServiceConfigurationError | LinkageError | SecurityException e) {
        refuse(place, e);
      }
    }
  }

  private void construct(ServiceLoader.Provider<P> provider) {
    try {
      found.add(InOwnLoader.call(provider.type(), provider));
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      refuse(Sources.of(provider.type()), e);
    }
  }

  private void refuse(String source, Throwable e) {
    Reasons reasons = Reasons.of(e);
    refused.add(new Refusal(source, reasons.what(), reasons.remedy()));
  }
}
