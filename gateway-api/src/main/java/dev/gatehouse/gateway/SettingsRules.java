package dev.gatehouse.gateway;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the settings of an instance against what its gateway wants; names, never values. */
final class SettingsRules {
  /** What may be a mistyped name; anything else may be a value that slipped into its place. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,63}");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SettingsRules() {}

  /** The settings with fallbacks filled in; throws with all problems if there are any. */
  static GatewaySettings checked(GatewayConfig config, List<SettingSpec> specs) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    for (SettingSpec spec : specs) {
      String given = config.settings().get(spec.name());
      Optional<String> value = given == null ? spec.fallback() : Optional.of(given);
      if (value.isEmpty() && spec.required()) {
        problems.add(problem(config, spec.name(), "setting.missing", "is missing", "set"));
      }
      value.ifPresent(
          text -> {
            fault(spec, text)
                .ifPresent(
                    fault ->
                        problems.add(
                            problem(config, spec.name(), "setting.malformed", fault, "correct")));
            values.put(spec.name(), text);
          });
    }
    unknown(config, specs, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return GatewaySettings.of(values);
  }

  private static Problem problem(
      GatewayConfig config, String setting, String code, String what, String verb) {
    return new Problem(
        setting,
        code,
        "setting '" + setting + "' of gateway '" + config.instance() + "' " + what,
        verb + " " + SettingNames.places(config.instance(), setting));
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

  private static void unknown(
      GatewayConfig config, List<SettingSpec> specs, List<Problem> problems) {
    Set<String> names = specs.stream().map(SettingSpec::name).collect(Collectors.toSet());
    for (String name : new TreeSet<>(config.settings().keySet())) {
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
                "setting '" + shown + "' is not known to gateway '" + config.instance() + "'",
                known));
      }
    }
  }
}
