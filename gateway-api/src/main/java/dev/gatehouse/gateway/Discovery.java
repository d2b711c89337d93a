package dev.gatehouse.gateway;

import dev.gatehouse.fault.Faults;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.spi.GatewayProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** Finds providers through one class loader. What can't be loaded takes nothing else down. */
final class Discovery {
  /** A module path or class path that can't be read at all ends the search after so many errors. */
  private static final int MAX_ERRORS = 100;

  private final List<GatewayProvider> found = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final String place;

  private Discovery(String place) {
    this.place = place;
  }

  /**
   * Looks for providers.
   *
   * @param loader where to look
   * @param ours which of the classes found to construct
   * @param place what a refusal says if nothing better is known
   */
  static Discovery through(ClassLoader loader, Predicate<Class<?>> ours, String place) {
    Discovery discovery = new Discovery(place);
    discovery.search(ServiceLoader.load(GatewayProvider.class, loader).stream().iterator(), ours);
    return discovery;
  }

  /** The providers that could be constructed. */
  List<GatewayProvider> found() {
    return found;
  }

  /** What could not be loaded or constructed. */
  List<Refusal> refused() {
    return refused;
  }

  private void search(
      Iterator<ServiceLoader.Provider<GatewayProvider>> providers, Predicate<Class<?>> ours) {
    while (refused.size() < MAX_ERRORS) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        ServiceLoader.Provider<GatewayProvider> provider = providers.next();
        if (ours.test(provider.type())) {
          construct(provider);
        }
      } catch (ServiceConfigurationError | LinkageError | SecurityException e) {
        refuse(place, e);
      }
    }
  }

  private void construct(ServiceLoader.Provider<GatewayProvider> provider) {
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
