package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.money.CurrencyProfile;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a gateway can do and what it wants. Immutable, and the same at every call.
 *
 * @param name for people
 * @param version the gateway's own version
 * @param methods the payment methods that it takes, by type
 * @param gatewayCapabilities what it can do whatever the payment method, such as webhooks
 * @param currencies how it writes amounts, which currencies it takes, and their limits
 * @param recovery how the outcome of each operation is found again; an operation that is missing
 *     here has none
 * @param settings the settings that it wants
 * @param descriptionLimit the most characters of a payment's description that reach the provider;
 *     longer ones are refused
 */
public record GatewayDescription(
    String name,
    String version,
    SortedMap<String, MethodSpec> methods,
    Set<Capability> gatewayCapabilities,
    CurrencyProfile currencies,
    Map<OperationKind, Recovery> recovery,
    List<SettingSpec> settings,
    int descriptionLimit) {

  /** Copies the collections, so that nobody can change them later; refuses missing parts. */
  public GatewayDescription {
    required("name", name);
    required("version", version);
    required("currencies", currencies);
    SortedMap<String, MethodSpec> copy = new TreeMap<>();
    required("methods", methods)
        .forEach((type, spec) -> copy.put(required("type", type), required("method", spec)));
    methods = Collections.unmodifiableSortedMap(copy);
    gatewayCapabilities = Set.copyOf(required("gatewayCapabilities", gatewayCapabilities));
    recovery = Map.copyOf(required("recovery", recovery));
    settings = List.copyOf(required("settings", settings));
  }

  /** Starts a description. */
  public static Builder builder(String name, String version) {
    return new Builder(name, version);
  }

  /**
   * Starts a description whose version is that of the provider's JAR (its {@code
   * Implementation-Version}) or module; {@code unversioned} if neither says.
   */
  public static Builder builder(String name, Class<? extends GatewayProvider> provider) {
    Optional<String> jar = Optional.ofNullable(provider.getPackage().getImplementationVersion());
    Optional<String> module =
        Optional.ofNullable(provider.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion);
    return builder(name, jar.or(() -> module).orElse("unversioned"));
  }

  /** Starts a description that differs from this one in a few words. */
  public Builder toBuilder() {
    Builder builder = new Builder(name, version);
    builder.methods.putAll(methods);
    builder.gatewayCapabilities.addAll(gatewayCapabilities);
    builder.currencies = currencies;
    builder.recovery.putAll(recovery);
    builder.settings.addAll(settings);
    builder.descriptionLimit = descriptionLimit;
    return builder;
  }

  /** Everything that the gateway can do, with some method or other. */
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(gatewayCapabilities);
    methods.values().forEach(method -> all.addAll(method.capabilities()));
    return all;
  }

  /**
   * What can be done with this payment method, and whatever the method; empty if the gateway does
   * not take it.
   */
  public Set<Capability> capabilitiesOf(String method) {
    MethodSpec spec = methods.get(method);
    if (spec == null) {
      return Set.of();
    }
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(gatewayCapabilities);
    all.addAll(spec.capabilities());
    return all;
  }

  /** How the outcome of an operation is found again. */
  public Recovery recoveryOf(OperationKind kind) {
    return recovery.getOrDefault(kind, Recovery.none());
  }

  /** Collects a description. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final String version;
    private final SortedMap<String, MethodSpec> methods = new TreeMap<>();
    private final Set<Capability> gatewayCapabilities = EnumSet.noneOf(Capability.class);
    private CurrencyProfile currencies = CurrencyProfile.iso();
    private final Map<OperationKind, Recovery> recovery = new EnumMap<>(OperationKind.class);
    private final List<SettingSpec> settings = new ArrayList<>();
    private int descriptionLimit = 1024;

    private Builder(String name, String version) {
      this.name = name;
      this.version = version;
    }

    /** A payment method that it takes; the last word counts for its type. */
    public Builder method(MethodSpec spec) {
      methods.put(required("method", spec).type(), spec);
      return this;
    }

    /** What the gateway can do whatever the payment method. */
    public Builder can(Capability... capabilities) {
      Collections.addAll(gatewayCapabilities, capabilities);
      return this;
    }

    /** How it writes amounts. ISO 4217 if not said. */
    public Builder currencies(CurrencyProfile profile) {
      currencies = profile;
      return this;
    }

    /** How the outcome of an operation is found again. */
    public Builder recovers(OperationKind kind, Recovery how) {
      recovery.put(kind, how);
      return this;
    }

    /** A setting that it wants. */
    public Builder setting(SettingSpec spec) {
      settings.add(spec);
      return this;
    }

    /** The most characters of a description that reach the provider. */
    public Builder descriptionLimit(int characters) {
      descriptionLimit = characters;
      return this;
    }

    /** The description. */
    public GatewayDescription build() {
      return new GatewayDescription(
          name,
          version,
          methods,
          gatewayCapabilities,
          currencies,
          recovery,
          settings,
          descriptionLimit);
    }
  }
}
