package dev.gatehouse.plugin;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the settings of an instance against what its provider wants; names, never values. */
public final class SettingsRules {
  /** What may be a mistyped name; anything else may be a value that slipped into its place. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,63}");

  /** What a provider may call a setting. */
  private static final Pattern SPEC = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final PluginKind<?> kind;
  private final String instance;
  private final Map<String, String> settings;

  private SettingsRules(PluginKind<?> kind, String instance, Map<String, String> settings) {
    this.kind = kind;
    this.instance = instance;
    this.settings = settings;
  }

  /** The settings with fallbacks filled in; throws with all problems if there are any. */
  public static GatewaySettings checked(
      PluginKind<?> kind, String instance, Map<String, String> settings, List<SettingSpec> specs) {
    SettingsRules rules = new SettingsRules(kind, instance, settings);
    return rules.checked(specs);
  }

  /** What is wrong with what a provider wants; empty if nothing is. */
  public static List<String> faults(PluginKind<?> kind, List<SettingSpec> specs) {
    List<String> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SettingSpec setting : specs) {
      if (!SPEC.matcher(setting.name()).matches()) {
        faults.add("setting '" + setting.name() + "' must be of a-z, 0-9 and '-'");
      }
      if (kind.own().contains(setting.name())) {
        faults.add("setting '" + setting.name() + "' has a name that is the framework's own");
      }
      if (!names.add(setting.name())) {
        faults.add("setting '" + setting.name() + "' is declared twice");
      }
      if (setting.kind() == SettingKind.SECRET
          && (setting.isPublic() || setting.fallback().isPresent())) {
        faults.add("secret setting '" + setting.name() + "' can be neither public nor defaulted");
      }
    }
    return faults;
  }

  private GatewaySettings checked(List<SettingSpec> specs) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    for (SettingSpec spec : specs) {
      String given = settings.get(spec.name());
      Optional<String> value = given == null ? spec.fallback() : Optional.of(given);
      if (value.isEmpty() && spec.required()) {
        problems.add(problem(spec.name(), "setting.missing", "is missing", "set"));
      }
      value.ifPresent(
          text -> {
            fault(spec, text)
                .ifPresent(
                    fault ->
                        problems.add(problem(spec.name(), "setting.malformed", fault, "correct")));
            values.put(spec.name(), text);
          });
    }
    unknown(specs, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return GatewaySettings.of(values);
  }

  private Problem problem(String setting, String code, String what, String verb) {
    return new Problem(
        setting,
        code,
        "setting '" + setting + "' of " + kind.noun() + " '" + instance + "' " + what,
        verb + " " + kind.places(instance, setting));
  }

  private static Optional<String> fault(SettingSpec spec, String text) {
    if (text.isBlank() || !text.equals(text.strip())) {
      return Optional.of("is blank or has space around it");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has control characters");
    }
    return switch (spec.kind()) {
      case TEXT, SECRET -> Optional.empty();
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.empty()
              : Optional.of("is neither true nor false");
      case INTEGER ->
          text.matches("-?[0-9]{1,18}") ? Optional.empty() : Optional.of("is no whole number");
      case URL -> isSafeUrl(text) ? Optional.empty() : Optional.of("is no https address");
    };
  }

  private static boolean isSafeUrl(String text) {
    try {
      URI uri = URI.create(text);
      boolean loopback = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || loopback && "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void unknown(List<SettingSpec> specs, List<Problem> problems) {
    Set<String> names = specs.stream().map(SettingSpec::name).collect(Collectors.toSet());
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!names.contains(name)) {
        String shown = NAME.matcher(name).matches() ? name : "…";
        String known =
            SettingNames.nearest(shown, names)
                .map(nearest -> "did you mean '" + nearest + "'? Otherwise remove it")
                .orElse("remove it, or use one of " + new TreeSet<>(names));
        problems.add(
            new Problem(
                shown,
                "setting.unknown",
                "setting '" + shown + "' is not known to " + kind.noun() + " '" + instance + "'",
                known));
      }
    }
  }
}
