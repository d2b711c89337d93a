package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.fault.Faults;
import dev.gatehouse.plugin.Discovery;
import dev.gatehouse.plugin.InOwnLoader;
import dev.gatehouse.plugin.Reasons;
import dev.gatehouse.plugin.Sources;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway providers that were found, and those that were refused and why. One broken provider
 * does not take the others down; two providers under one id are both refused, because nobody can
 * say which was meant. Immutable.
 */
public final class GatewayCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayCatalog.class);

  /** Every version since this one only added, so gateways that were built for it still run. */
  private static final int OLDEST_SPI = 1;

  private static final String REPAIR = "take another version of it, or ask its author";

  private final SortedMap<String, Entry> entries;
  private final Set<String> ambiguous;
  private final List<Refusal> refusals;

  private GatewayCatalog(
      SortedMap<String, Entry> entries, Set<String> ambiguous, List<Refusal> refusals) {
    this.entries = Collections.unmodifiableSortedMap(entries);
    this.ambiguous = Set.copyOf(ambiguous);
    this.refusals = List.copyOf(refusals);
  }

  /**
   * A provider that is fit to be opened.
   *
   * @param provider the provider
   * @param description what it says of itself
   * @param source the class, its module, and the JAR or folder that it came from
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
    Discovery<GatewayProvider> discovery =
        Discovery.through(GatewayProvider.class, loader, type -> true, "a service file");
    return of(discovery.found(), discovery.refused());
  }

  /** Providers made by hand. */
  public static GatewayCatalog of(GatewayProvider... providers) {
    for (GatewayProvider provider : required("providers", providers)) {
      required("provider", provider);
    }
    return of(List.of(providers), List.of());
  }

  /** Providers that were found, checked, and what was refused before that. */
  static GatewayCatalog of(
      List<GatewayProvider> found, List<dev.gatehouse.plugin.Refusal> notLoaded) {
    List<Refusal> refused =
        notLoaded.stream().map(r -> new Refusal(r.source(), r.reason(), r.remedy())).toList();
    refused.forEach(GatewayCatalog::tell);
    Checked checked = new Checked(refused);
    found.forEach(checked::add);
    return checked.catalog();
  }

  /** These providers and those. */
  public GatewayCatalog and(GatewayCatalog other) {
    required("other", other);
    Checked checked = new Checked(refusals);
    checked.refusals.addAll(other.refusals);
    checked.ambiguous.addAll(ambiguous);
    checked.ambiguous.addAll(other.ambiguous);
    entries.forEach(checked::add);
    other.entries.forEach(checked::add);
    return checked.catalog();
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

  /** Told once, where it is found; whoever asks for that gateway later is told again. */
  private static void tell(Refusal refusal) {
    LOG.warn("gateway provider refused: {}", refusal.describe());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("GatewayCatalog[");
    text.append(String.join(", ", entries.keySet()));
    refusals.forEach(refusal -> text.append("; refused: ").append(refusal.describe()));
    return text.append(']').toString();
  }

  /** Collects what passes the checks, and why the rest does not. */
  private static final class Checked {
    private final SortedMap<String, List<Entry>> byId = new TreeMap<>();
    private final Set<String> ambiguous = new TreeSet<>();
    private final List<Refusal> refusals;

    Checked(List<Refusal> before) {
      refusals = new ArrayList<>(before);
    }

    void add(String id, Entry entry) {
      byId.computeIfAbsent(id, same -> new ArrayList<>()).add(entry);
    }

    void add(GatewayProvider provider) {
      InOwnLoader.call(
          provider.getClass(),
          () -> {
            check(provider, Sources.of(provider.getClass()));
            return provider;
          });
    }

    /** The version first: what was built for another one may break at any other question. */
    private void check(GatewayProvider provider, String source) {
      try {
        if (!isOfAVersionThatRuns(provider, source)) {
          return;
        }
        String id = provider.id();
        GatewayDescription description = provider.describe();
        List<String> faults = DescriptionRules.faults(id, description);
        if (faults.isEmpty()) {
          add(id, new Entry(provider, description, source));
        } else {
          refuse(source, String.join("; ", faults), REPAIR);
        }
      } catch (Throwable e) {
        Faults.rethrowIfTheMachineIsDying(e);
        Reasons reasons = Reasons.of(e);
        refuse(source, "describing itself failed: " + reasons.what(), reasons.remedy());
      }
    }

    private boolean isOfAVersionThatRuns(GatewayProvider provider, String source) {
      int ours = GatewayProvider.SPI_VERSION;
      String span =
          ours == OLDEST_SPI ? "version " + ours : "versions " + OLDEST_SPI + " to " + ours;
      String remedy = "take a release of it that was built for " + span;
      try {
        int built = provider.spiVersion();
        boolean runs = built >= OLDEST_SPI && built <= ours;
        if (!runs) {
          refuse(
              source,
              "it was built for version " + built + " of the SPI, and this runs " + span,
              built > ours ? remedy + ", or a newer Gatehouse" : remedy);
        }
        return runs;
      } catch (AbstractMethodError e) {
        refuse(source, "it does not say for which version of the SPI it was built", remedy);
        return false;
      }
    }

    private void refuse(String source, String reason, String remedy) {
      Refusal refusal = new Refusal(source, reason, remedy);
      tell(refusal);
      refusals.add(refusal);
    }

    GatewayCatalog catalog() {
      SortedMap<String, Entry> entries = new TreeMap<>();
      byId.forEach(
          (id, same) -> {
            if (same.size() > 1 || ambiguous.contains(id)) {
              String sources = String.join(" and ", same.stream().map(Entry::source).toList());
              refuse(
                  sources,
                  (same.size() > 1 ? "all have" : "one of several that have")
                      + " the id '"
                      + id
                      + "'",
                  "keep one of these JARs only");
              ambiguous.add(id);
            } else {
              entries.put(id, same.get(0));
            }
          });
      return new GatewayCatalog(entries, ambiguous, refusals);
    }
  }
}
