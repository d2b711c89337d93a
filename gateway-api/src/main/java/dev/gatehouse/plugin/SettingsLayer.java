package dev.gatehouse.plugin;

import dev.gatehouse.error.Problem;
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
public sealed interface SettingsLayer {

  /**
   * Values of settings by instance.
   *
   * @param values by instance, then by setting
   * @param problems what is wrong with the source
   */
  record Stated(SortedMap<String, Map<String, String>> values, List<Problem> problems)
      implements SettingsLayer {
    @Override
    public String toString() {
      return "Stated" + values.keySet();
    }
  }

  /**
   * Variables, whose names say which setting they are only once the instances are known.
   *
   * @param values by name without what variables of the kind begin with
   */
  record Variables(SortedMap<String, String> values) implements SettingsLayer {
    @Override
    public String toString() {
      return "Variables" + values.keySet();
    }
  }

  /** A properties file. */
  static SettingsLayer file(PluginKind<?> kind, Path file) {
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
    Stated stated = properties(kind, values);
    List<Problem> problems = new ArrayList<>(stated.problems);
    twice.stream()
        .filter(key -> key.startsWith(kind.property()))
        .forEach(
            key ->
                problems.add(
                    new Problem(
                        shown(kind, key), "setting.twice", "is set twice in " + file, "keep one")));
    return new Stated(stated.values, problems);
  }

  /** Some editors put a byte-order mark before the first line, of whose name it is no part. */
  private static void skipMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != Names.BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /** Properties; those of another kind are left out. */
  static Stated properties(PluginKind<?> kind, Map<String, String> properties) {
    SortedMap<String, Map<String, String>> values = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String key : new TreeSet<>(properties.keySet())) {
      if (key.startsWith(kind.property())) {
        String rest = key.substring(kind.property().length());
        int dot = rest.lastIndexOf('.');
        String instance = rest.substring(0, Math.max(0, dot));
        if (kind.names().test(instance)) {
          values
              .computeIfAbsent(instance, same -> new TreeMap<>())
              .put(rest.substring(dot + 1), properties.get(key));
        } else {
          problems.add(
              new Problem(
                  shown(kind, key),
                  "setting.name",
                  "is not the name of a " + kind.noun() + "'s setting",
                  "write " + kind.noun() + ".INSTANCE.SETTING, such as " + kind.example()));
        }
      }
    }
    return new Stated(values, problems);
  }

  /** Environment variables; those of another kind are left out. */
  static Variables environment(PluginKind<?> kind, Map<String, String> variables) {
    SortedMap<String, String> values = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(kind.variable())) {
            values.put(name.substring(kind.variable().length()), value);
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
  private static String shown(PluginKind<?> kind, String key) {
    return Names.KEY.matcher(key).matches() ? key : kind.property() + "…";
  }

  /** Keeps them out of the interface's constants. */
  final class Names {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final Pattern KEY = Pattern.compile("[a-z]+\\.[a-z0-9.-]{1,100}");

    private Names() {}
  }
}
