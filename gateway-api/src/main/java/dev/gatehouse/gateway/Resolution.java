package dev.gatehouse.gateway;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the sources of settings together: which instances there are, and what each is given. */
final class Resolution {
  private static final Logger LOG = LoggerFactory.getLogger(Resolution.class);
  private static final String DECLARES = "_" + SettingNames.shouted(SettingNames.PROVIDER);

  private final SortedMap<GatewayInstanceId, SortedMap<String, String>> values = new TreeMap<>();
  private final SortedMap<GatewayInstanceId, Resolved.Refused> refused = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<SettingsLayer> layers;

  Resolution(List<SettingsLayer> layers) {
    this.layers = layers;
  }

  Resolved resolved(List<GatewayConfig> byHand) {
    declare();
    layers.forEach(this::take);
    List<GatewayConfig> configs = new ArrayList<>(byHand);
    values.forEach((instance, said) -> config(instance, said).ifPresent(configs::add));
    return new Resolved(List.copyOf(configs), refused, List.copyOf(problems));
  }

  /** Every instance must be known before a variable can be told to belong to one. */
  private void declare() {
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
    try {
      values.put(new GatewayInstanceId(SettingNames.spoken(shouted)), new TreeMap<>());
    } catch (InvalidInputException e) {
      LOG.warn("variable GATEWAY_{}{} names no instance, and is passed over", shouted, DECLARES);
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
            "variables of no declared gateway are passed over: {}; an instance is declared by"
                + " GATEWAY_INSTANCE_PROVIDER",
            nobodys);
      }
    }
  }

  /** The longest name of an instance that fits: GATEWAY_STRIPE_EU_… is not instance stripe's. */
  private void take(String name, String value, TreeSet<String> nobodys) {
    List<GatewayInstanceId> fitting =
        values.keySet().stream()
            .filter(instance -> name.startsWith(SettingNames.shouted(instance.value()) + "_"))
            .sorted(Comparator.comparing(instance -> -instance.value().length()))
            .toList();
    if (fitting.isEmpty()) {
      nobodys.add(SettingNames.VARIABLE + name);
      return;
    }
    GatewayInstanceId instance = fitting.get(0);
    String prefix = SettingNames.shouted(instance.value());
    if (called(prefix).size() > 1) {
      problems.add(
          new Problem(
              SettingNames.VARIABLE + name,
              "instance.ambiguous",
              "may mean any of the instances " + called(prefix),
              "give the instances names that differ by more than punctuation"));
      return;
    }
    of(instance).put(SettingNames.spoken(name.substring(prefix.length() + 1)), value);
  }

  private SortedMap<String, String> of(GatewayInstanceId instance) {
    return values.computeIfAbsent(instance, same -> new TreeMap<>());
  }

  private List<GatewayInstanceId> called(String shouted) {
    return values.keySet().stream()
        .filter(instance -> SettingNames.shouted(instance.value()).equals(shouted))
        .toList();
  }

  private Optional<GatewayConfig> config(GatewayInstanceId instance, Map<String, String> said) {
    List<Problem> wrong = new ArrayList<>();
    Optional<String> provider = Optional.ofNullable(said.remove(SettingNames.PROVIDER));
    Optional<String> mode = Optional.ofNullable(said.remove(SettingNames.MODE));
    Optional<String> takes = Optional.ofNullable(said.remove(SettingNames.NEW_PAYMENTS));
    if (provider.isEmpty()) {
      wrong.add(missing(instance, SettingNames.PROVIDER, "the id of its provider, such as stripe"));
    }
    if (mode.isEmpty()) {
      wrong.add(missing(instance, SettingNames.MODE, "test or live"));
    } else if (!mode.get().equals("test") && !mode.get().equals("live")) {
      wrong.add(malformed(instance, SettingNames.MODE, "is neither test nor live"));
    }
    if (takes.isPresent() && !takes.get().equals("on") && !takes.get().equals("off")) {
      wrong.add(malformed(instance, SettingNames.NEW_PAYMENTS, "is neither on nor off"));
    }
    if (!wrong.isEmpty()) {
      refused.put(instance, new Resolved.Refused(provider.orElse(""), wrong));
      return Optional.empty();
    }
    return Optional.of(
        new GatewayConfig(
            instance,
            provider.orElseThrow(),
            Mode.valueOf(mode.orElseThrow().toUpperCase(Locale.ROOT)),
            !takes.equals(Optional.of("off")),
            said));
  }

  private static Problem missing(GatewayInstanceId instance, String setting, String what) {
    return new Problem(
        setting,
        "setting.missing",
        "setting '" + setting + "' of gateway '" + instance + "' is missing",
        "set " + SettingNames.places(instance, setting) + " to " + what);
  }

  private static Problem malformed(GatewayInstanceId instance, String setting, String what) {
    return new Problem(
        setting,
        "setting.malformed",
        "setting '" + setting + "' of gateway '" + instance + "' " + what,
        "correct " + SettingNames.places(instance, setting));
  }
}
