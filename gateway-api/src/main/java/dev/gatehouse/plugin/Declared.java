package dev.gatehouse.plugin;

import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the sources of settings together: which instances there are, and what each is given. */
public final class Declared {
  private static final Logger LOG = LoggerFactory.getLogger(Declared.class);
  private static final String DECLARES = "_" + SettingNames.shouted(SettingNames.PROVIDER);

  private final PluginKind<?> kind;
  private final SortedMap<String, SortedMap<String, String>> values = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Declared(PluginKind<?> kind, List<SettingsLayer> layers) {
    this.kind = kind;
    declare(layers);
    layers.forEach(this::take);
  }

  /** What each instance is given, by its id. */
  public SortedMap<String, SortedMap<String, String>> instances() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** What is wrong with no instance in particular, such as a file that can't be read. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Every instance must be known before a variable can be told to belong to one. */
  private void declare(List<SettingsLayer> layers) {
    for (SettingsLayer layer : layers) {
      if (layer instanceof SettingsLayer.Stated stated) {
        problems.addAll(stated.problems());
        stated.values().keySet().forEach(this::of);
      }
    }
    for (SettingsLayer layer : layers) {
      if (layer instanceof SettingsLayer.Variables variables) {
        declareBy(variables);
      }
    }
  }

  /** GATEWAY_STRIPE_EU_PROVIDER declares stripe-eu, unless properties call it otherwise. */
  private void declareBy(SettingsLayer.Variables variables) {
    for (String name : variables.values().keySet()) {
      String shouted =
          name.endsWith(DECLARES) ? name.substring(0, name.length() - DECLARES.length()) : "";
      if (!shouted.isEmpty() && called(shouted).isEmpty()) {
        declare(shouted);
      }
    }
  }

  private void declare(String shouted) {
    if (kind.names().test(SettingNames.spoken(shouted))) {
      of(SettingNames.spoken(shouted));
    } else {
      LOG.warn(
          "variable {}{}{} names no instance, and is passed over",
          kind.variable(),
          shouted,
          DECLARES);
    }
  }

  private void take(SettingsLayer layer) {
    if (layer instanceof SettingsLayer.Stated stated) {
      stated.values().forEach((instance, said) -> of(instance).putAll(said));
    }
    if (layer instanceof SettingsLayer.Variables variables) {
      TreeSet<String> nobodys = new TreeSet<>();
      variables.values().forEach((name, value) -> take(name, value, nobodys));
      if (!nobodys.isEmpty()) {
        LOG.warn(
            "variables of no declared {} are passed over: {}; an instance is declared by"
                + " {}INSTANCE_PROVIDER",
            kind.noun(),
            nobodys,
            kind.variable());
      }
    }
  }

  /** The longest name of an instance that fits: GATEWAY_STRIPE_EU_… is not instance stripe's. */
  private void take(String name, String value, TreeSet<String> nobodys) {
    List<String> fitting =
        values.keySet().stream()
            .filter(instance -> name.startsWith(SettingNames.shouted(instance) + "_"))
            .sorted(Comparator.comparing(instance -> -instance.length()))
            .toList();
    if (fitting.isEmpty()) {
      nobodys.add(kind.variable() + name);
      return;
    }
    String instance = fitting.get(0);
    String prefix = SettingNames.shouted(instance);
    if (called(prefix).size() > 1) {
      problems.add(
          new Problem(
              kind.variable() + name,
              "instance.ambiguous",
              "may mean any of the instances " + called(prefix),
              "give the instances names that differ by more than punctuation"));
      return;
    }
    of(instance).put(SettingNames.spoken(name.substring(prefix.length() + 1)), value);
  }

  private SortedMap<String, String> of(String instance) {
    return values.computeIfAbsent(instance, same -> new TreeMap<>());
  }

  private List<String> called(String shouted) {
    return values.keySet().stream()
        .filter(instance -> SettingNames.shouted(instance).equals(shouted))
        .toList();
  }
}
