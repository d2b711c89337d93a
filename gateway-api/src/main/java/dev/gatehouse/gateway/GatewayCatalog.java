package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.fault.Faults;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway providers that were found, and those that were refused and why. One broken provider
 * does not take the others down; two providers under one id are both refused, because nobody can
 * say which was meant. Immutable.
 */
public final class GatewayCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayCatalog.class);
  private static final String REPAIR = "take another version of it, or ask its author";

  /** A module path or class path that can't be read at all ends the search after so many errors. */
  private static final int MAX_ERRORS = 100;

  private final SortedMap<String, Entry> entries;
  private final List<Refusal> refusals;

  private GatewayCatalog(SortedMap<String, Entry> entries, List<Refusal> refusals) {
    this.entries = Collections.unmodifiableSortedMap(entries);
    this.refusals = List.copyOf(refusals);
  }

  /**
   * A provider that is fit to be opened.
   *
   * @param provider the provider
   * @param description what it says of itself
   * @param source the class and the JAR or folder that it came from
   */
  public record Entry(GatewayProvider provider, GatewayDescription description, String source) {}

  /**
   * A provider that was refused.
   *
   * @param source the class and the JAR or folder that it came from, as far as known
   * @param reason what is wrong
   * @param remedy what to do
   */
  public record Refusal(String source, String reason, String remedy) {
    /** One line: {@code source: reason; remedy}. */
    public String describe() {
      return source + ": " + reason + "; " + remedy;
    }
  }

  /**
   * What {@link ServiceLoader} finds through the class loader of this class, on class or module
   * path.
   */
  public static GatewayCatalog discover() {
    return discover(GatewayCatalog.class.getClassLoader());
  }

  /** What {@link ServiceLoader} finds through a class loader. */
  public static GatewayCatalog discover(ClassLoader loader) {
    required("loader", loader);
    List<GatewayProvider> found = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    Iterator<GatewayProvider> providers =
        ServiceLoader.load(GatewayProvider.class, loader).iterator();
    while (refusals.size() < MAX_ERRORS) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        refuse(refusals, "a service file", Reasons.of(e), "fix or remove that JAR");
      }
    }
    return checked(found, refusals);
  }

  /** Providers made by hand. */
  public static GatewayCatalog of(GatewayProvider... providers) {
    for (GatewayProvider provider : required("providers", providers)) {
      required("provider", provider);
    }
    return checked(List.of(providers), new ArrayList<>());
  }

  /** These providers and those. */
  public GatewayCatalog and(GatewayCatalog other) {
    required("other", other);
    List<GatewayProvider> all = new ArrayList<>();
    entries.values().forEach(entry -> all.add(entry.provider));
    other.entries.values().forEach(entry -> all.add(entry.provider));
    List<Refusal> refused = new ArrayList<>(refusals);
    refused.addAll(other.refusals);
    return checked(all, refused);
  }

  /** The providers by id. */
  public SortedMap<String, Entry> providers() {
    return entries;
  }

  /** What was refused, and why. */
  public List<Refusal> refusals() {
    return refusals;
  }

  /** The provider with an id. */
  public Optional<Entry> provider(String id) {
    return Optional.ofNullable(entries.get(required("provider", id)));
  }

  private static GatewayCatalog checked(List<GatewayProvider> found, List<Refusal> refusals) {
    SortedMap<String, List<Entry>> byId = new TreeMap<>();
    for (GatewayProvider provider : found) {
      String source = sourceOf(provider);
      try {
        String id = provider.id();
        GatewayDescription description = provider.describe();
        List<String> faults = DescriptionRules.faults(id, description);
        if (faults.isEmpty()) {
          byId.computeIfAbsent(id, same -> new ArrayList<>())
              .add(new Entry(provider, description, source));
        } else {
          refuse(refusals, source, String.join("; ", faults), REPAIR);
        }
      } catch (Throwable e) {
        Faults.rethrowIfTheMachineIsDying(e);
        refuse(refusals, source, "describing itself failed: " + Reasons.of(e), REPAIR);
      }
    }
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, List<Entry>> same : byId.entrySet()) {
      if (same.getValue().size() == 1) {
        entries.put(same.getKey(), same.getValue().get(0));
      } else {
        String sources = String.join(" and ", same.getValue().stream().map(Entry::source).toList());
        refuse(
            refusals,
            sources,
            "all have the id '" + same.getKey() + "'",
            "keep one of these JARs only");
      }
    }
    return new GatewayCatalog(entries, refusals);
  }

  /** Told once, where it is found; whoever asks for that gateway later is told again. */
  private static void refuse(List<Refusal> refusals, String source, String reason, String remedy) {
    Refusal refusal = new Refusal(source, reason, remedy);
    LOG.warn("gateway provider refused: {}", refusal.describe());
    refusals.add(refusal);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("GatewayCatalog[");
    text.append(String.join(", ", entries.keySet()));
    refusals.forEach(refusal -> text.append("; refused: ").append(refusal.describe()));
    return text.append(']').toString();
  }

  private static String sourceOf(GatewayProvider provider) {
    CodeSource code = provider.getClass().getProtectionDomain().getCodeSource();
    URL location = code == null ? null : code.getLocation();
    return provider.getClass().getName() + (location == null ? "" : " in " + location.getPath());
  }
}
