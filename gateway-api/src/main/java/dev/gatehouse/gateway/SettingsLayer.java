package dev.gatehouse.gateway;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.GatewayInstanceId;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What one source says. Immutable; names only in what it prints. */
sealed interface SettingsLayer {

  /**
   * Values of settings by instance.
   *
   * @param values by instance, then by setting
   * @param problems what is wrong with the source
   */
  record Stated(SortedMap<GatewayInstanceId, Map<String, String>> values, List<Problem> problems)
      implements SettingsLayer {
    @Override
    public String toString() {
      return "Stated" + values.keySet();
    }
  }

  /**
   * Variables, whose names say which setting they are only once the instances are known.
   *
   * @param values by name without {@code GATEWAY_}
   */
  record Variables(SortedMap<String, String> values) implements SettingsLayer {
    @Override
    public String toString() {
      return "Variables" + values.keySet();
    }
  }

  /** A properties file. */
  static SettingsLayer file(Path file) {
    Map<String, String> values = new HashMap<>();
    TreeSet<String> twice = new TreeSet<>();
    Properties reader =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (values.put((String) key, (String) value) != null) {
              twice.add((String) key);
            }
            return value;
          }
        };
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      skipMark(text);
      reader.load(text);
    } catch (IOException | IllegalArgumentException e) {
      return new Stated(new TreeMap<>(), List.of(unreadable(file, e)));
    }
    Stated stated = properties(values);
    List<Problem> problems = new ArrayList<>(stated.problems);
    twice.stream()
        .filter(key -> key.startsWith(SettingNames.PROPERTY))
        .forEach(
            key ->
                problems.add(
                    new Problem(
                        shown(key), "setting.twice", "is set twice in " + file, "keep one")));
    return new Stated(stated.values, problems);
  }

  /** Some editors put a byte-order mark before the first line, of whose name it is no part. */
  private static void skipMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != Names.BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /** Properties; those that are not about gateways are left out. */
  static Stated properties(Map<String, String> properties) {
    SortedMap<GatewayInstanceId, Map<String, String>> values = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String key : new TreeSet<>(properties.keySet())) {
      if (key.startsWith(SettingNames.PROPERTY)) {
        String rest = key.substring(SettingNames.PROPERTY.length());
        int dot = rest.lastIndexOf('.');
        try {
          values
              .computeIfAbsent(
                  new GatewayInstanceId(rest.substring(0, Math.max(0, dot))),
                  instance -> new TreeMap<>())
              .put(rest.substring(dot + 1), properties.get(key));
        } catch (InvalidInputException e) {
          problems.add(
              new Problem(
                  shown(key),
                  "setting.name",
                  "is not the name of a gateway's setting",
                  "write gateway.INSTANCE.SETTING, such as gateway.stripe-eu.secret-key"));
        }
      }
    }
    return new Stated(values, problems);
  }

  /** Environment variables; those that are not about gateways are left out. */
  static Variables environment(Map<String, String> variables) {
    SortedMap<String, String> values = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(SettingNames.VARIABLE)) {
            values.put(name.substring(SettingNames.VARIABLE.length()), value);
          }
        });
    return new Variables(values);
  }

  private static Problem unreadable(Path file, Exception e) {
    boolean malformed = e instanceof IllegalArgumentException;
    return new Problem(
        file.toString(),
        "file.unreadable",
        malformed ? "has a malformed \\u escape" : "can't be read as a text in UTF-8",
        malformed
            ? "write \\\\ where a backslash is meant"
            : "check its place, rights and encoding");
  }

  /** A key that looks like none may be a secret that slipped into its place. */
  private static String shown(String key) {
    return Names.KEY.matcher(key).matches() ? key : SettingNames.PROPERTY + "…";
  }

  /** Keeps them out of the interface's constants. */
  final class Names {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final Pattern KEY = Pattern.compile("gateway\\.[a-z0-9.-]{1,100}");

    private Names() {}
  }
}
