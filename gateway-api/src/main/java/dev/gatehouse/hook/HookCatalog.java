package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;
import static dev.gatehouse.hook.HookKind.HOOK;

import dev.gatehouse.fault.Faults;
import dev.gatehouse.plugin.Discovery;
import dev.gatehouse.plugin.InOwnLoader;
import dev.gatehouse.plugin.PluginFolder;
import dev.gatehouse.plugin.Reasons;
import dev.gatehouse.plugin.Refusal;
import dev.gatehouse.plugin.SettingsRules;
import dev.gatehouse.plugin.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The hook providers that were found, and why others were refused. Two providers under one id are
 * both refused, because nobody can say which was meant. Owns the class loaders of a folder.
 */
public final class HookCatalog implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  /** Every version since this one only added, so hooks that were built for it still run. */
  private static final int OLDEST = 1;

  private final Map<String, Entry> entries = new TreeMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Optional<PluginFolder<HookProvider>> folder;

  /**
   * A provider that is fit to be opened.
   *
   * @param provider the provider
   * @param description what it says of itself
   * @param source the class, its module, and the JAR or folder that it came from
   */
  public record Entry(HookProvider provider, HookDescription description, String source) {}

  private HookCatalog(
      List<HookProvider> found,
      List<Refusal> notLoaded,
      Optional<PluginFolder<HookProvider>> folder) {
    this.folder = folder;
    refusals.addAll(notLoaded);
    Map<String, List<Entry>> byId = new TreeMap<>();
    found.forEach(
        provider ->
            check(provider)
                .ifPresent(
                    entry ->
                        byId.computeIfAbsent(provider.id(), id -> new ArrayList<>()).add(entry)));
    byId.forEach(this::keep);
  }

  /** What {@link java.util.ServiceLoader} finds on class path or module path. */
  public static HookCatalog discover() {
    Discovery<HookProvider> found = discovery();
    return new HookCatalog(found.found(), found.refused(), Optional.empty());
  }

  /**
   * The same, and what lies in a folder, one sub-folder each with its libraries, as gateways may.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the folder itself can't be read
   */
  public static HookCatalog discover(Path folder) {
    Discovery<HookProvider> found = discovery();
    PluginFolder<HookProvider> dropped = PluginFolder.open(HOOK, required("folder", folder));
    List<HookProvider> all = new ArrayList<>(found.found());
    all.addAll(dropped.found());
    List<Refusal> refused = new ArrayList<>(found.refused());
    refused.addAll(dropped.refused());
    return new HookCatalog(all, refused, Optional.of(dropped));
  }

  /** Providers made by hand. */
  public static HookCatalog of(HookProvider... providers) {
    return new HookCatalog(List.of(providers), List.of(), Optional.empty());
  }

  /** The ids of the providers. */
  public Set<String> ids() {
    return Set.copyOf(entries.keySet());
  }

  /** The provider with an id. */
  public Optional<Entry> provider(String id) {
    return Optional.ofNullable(entries.get(required("provider", id)));
  }

  /** What was refused and why, a line each. */
  public List<String> refused() {
    return refusals.stream().map(Refusal::describe).toList();
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Closes the class loaders of the folder, if there is one. */
  @Override
  public void close() {
    folder.ifPresent(PluginFolder::close);
  }

  private static Discovery<HookProvider> discovery() {
    return Discovery.through(
        HookProvider.class,
        HookCatalog.class.getClassLoader(),
        type -> true,
        "a service file of hooks");
  }

  private void keep(String id, List<Entry> same) {
    if (same.size() == 1) {
      entries.put(id, same.get(0));
    } else {
      String sources = String.join(" and ", same.stream().map(Entry::source).toList());
      refusals.add(
          new Refusal(sources, "all have the id '" + id + "'", "keep one of these JARs only"));
    }
  }

  private Optional<Entry> check(HookProvider provider) {
    String source = Sources.of(provider.getClass());
    try {
      Entry entry =
          InOwnLoader.call(
              provider.getClass(), () -> new Entry(provider, provider.describe(), source));
      List<String> faults = faults(entry);
      if (faults.isEmpty()) {
        return Optional.of(entry);
      }
      refusals.add(new Refusal(source, String.join("; ", faults), Reasons.OTHER_VERSION));
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      Reasons reasons = Reasons.of(e);
      refusals.add(
          new Refusal(source, "describing itself failed: " + reasons.what(), reasons.remedy()));
    }
    return Optional.empty();
  }

  private static List<String> faults(Entry entry) {
    List<String> faults = new ArrayList<>();
    String id = entry.provider().id();
    int built = entry.provider().hookVersion();
    if (built < OLDEST || built > HookProvider.HOOK_VERSION) {
      faults.add(
          "it was built for version "
              + built
              + " of hooks, and this runs versions "
              + OLDEST
              + " to "
              + HookProvider.HOOK_VERSION);
    }
    if (id == null || !ID.matcher(id).matches()) {
      faults.add("its id must be 1 to 32 of a-z, 0-9 and '-'");
    }
    if (entry.description() == null) {
      faults.add("describe() returned null");
      return faults;
    }
    if (entry.description().name().isBlank() || entry.description().version().isBlank()) {
      faults.add("its name and version must not be blank");
    }
    faults.addAll(SettingsRules.faults(HOOK, entry.description().settings()));
    return faults;
  }
}
