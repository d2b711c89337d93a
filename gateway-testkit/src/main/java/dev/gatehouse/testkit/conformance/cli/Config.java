package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.SettingKind;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings that a gateway is to be checked with instead of its target's. */
final class Config {
  private Config() {}

  /**
   * Reads them from a file of properties in UTF-8, such as {@code api-version = 2027-01}.
   *
   * @param gateway the gateway, if it could be asked for its settings
   * @throws InvalidInputException with everything that is wrong: the file can't be read, a setting
   *     is not one of the gateway's, is malformed, or is a secret, which the kit has to choose
   */
  static SortedMap<String, String> read(Path file, Optional<Found> gateway) {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          new Problem(
              "--config",
              "config.unreadable",
              file + " can't be read as properties in UTF-8",
              "name a file with lines such as: api-version = 2027-01"));
    }
    SortedMap<String, String> settings = new TreeMap<>();
    texts.stringPropertyNames().forEach(name -> settings.put(name, texts.getProperty(name)));
    List<Problem> problems = new ArrayList<>();
    gateway.ifPresent(
        asked ->
            settings.forEach(
                (name, text) ->
                    problem(name, text, asked.settings())
                        .map(problem -> in(file, problem))
                        .ifPresent(problems::add)));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return settings;
  }

  private static Problem in(Path file, Problem problem) {
    return new Problem(
        file + ": " + problem.field(), problem.code(), problem.message(), problem.remedy());
  }

  private static Optional<Problem> problem(String name, String text, Map<String, String> kinds) {
    String kind = kinds.get(name);
    if (kind == null) {
      return Optional.of(
          new Problem(
              name, "config.unknown", "the gateway has no such setting", "take " + open(kinds)));
    }
    if (kind.equals(SettingKind.SECRET.name())) {
      return Optional.of(
          new Problem(
              name,
              "config.secret",
              "the kit chooses secrets itself, and looks for them in texts",
              "leave it to the target"));
    }
    return fault(SettingKind.valueOf(kind), text)
        .map(fault -> new Problem(name, "config.malformed", fault, "mend it in the file"));
  }

  private static String open(Map<String, String> kinds) {
    List<String> open =
        kinds.entrySet().stream()
            .filter(setting -> !setting.getValue().equals(SettingKind.SECRET.name()))
            .map(Map.Entry::getKey)
            .toList();
    return open.isEmpty()
        ? "it out, as all settings are secrets"
        : "one of " + String.join(", ", open);
  }

  /** What a shop could not set either is no gateway's failure. */
  private static Optional<String> fault(SettingKind kind, String text) {
    if (text.isBlank() || !text.equals(text.strip())) {
      return Optional.of("it is blank or has space around it");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("it has control characters");
    }
    return switch (kind) {
      case TEXT, SECRET -> Optional.empty();
      case URL -> isAddress(text) ? Optional.empty() : Optional.of("it is no https address");
      case BOOLEAN ->
          text.matches("true|false") ? Optional.empty() : Optional.of("it is not true or false");
      case INTEGER ->
          text.matches("-?[0-9]{1,18}") ? Optional.empty() : Optional.of("it is no whole number");
    };
  }

  /** As the framework takes it: in the clear on loopback alone. */
  private static boolean isAddress(String text) {
    try {
      URI address = new URI(text);
      String host = String.valueOf(address.getHost());
      String schemes = host.matches("localhost|127\\.0\\.0\\.1|\\[::1]") ? "https?" : "https";
      return address.getHost() != null
          && address.getUserInfo() == null
          && String.valueOf(address.getScheme()).matches(schemes);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
