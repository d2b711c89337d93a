package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a request, from a form or a query with bracketed names. Whoever has read all
 * that it knows calls {@link #done()}: a parameter that nobody asked for is refused.
 */
final class Params {
  private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])*)");
  private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final int MAX_EXPANSIONS = 20;

  private final String path;
  private final Map<String, Object> values;
  private final Set<String> read;

  private Params(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
    this.read = new LinkedHashSet<>();
  }

  /** A body for POST, a query for everything else. */
  static Params of(HttpRequest request) {
    String text =
        request.method().equals("POST")
            ? new String(request.body(), StandardCharsets.UTF_8)
            : Optional.ofNullable(request.uri().getRawQuery()).orElse("");
    Map<String, Object> values = new TreeMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      List<String> names = names(decoded(parts[0]));
      put(values, names, parts.length == 2 ? decoded(parts[1]) : "");
    }
    return new Params("", values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.parameter(null, text, "Invalid encoding.");
    }
  }

  private static List<String> names(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw ApiError.parameter("parameter_unknown", name, "Received unknown parameter: " + name);
    }
    List<String> names = new ArrayList<>(List.of(matcher.group(1)));
    Matcher brackets = BRACKET.matcher(matcher.group(2));
    while (brackets.find()) {
      names.add(brackets.group(1));
    }
    return names;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> values, List<String> names, String value) {
    Map<String, Object> level = values;
    for (String name : names.subList(0, names.size() - 1)) {
      Object next = level.computeIfAbsent(key(level, name), n -> new TreeMap<String, Object>());
      if (!(next instanceof Map)) {
        throw ApiError.parameter(null, name, "Invalid object.");
      }
      level = (Map<String, Object>) next;
    }
    level.put(key(level, names.get(names.size() - 1)), value);
  }

  private static String key(Map<String, Object> level, String name) {
    return name.isEmpty() ? String.format("%04d", level.size()) : name;
  }

  /** What was sent, for comparing with what is sent under the same key again. */
  Map<String, Object> all() {
    return values;
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "[" + name + "]";
  }

  Optional<String> text(String name) {
    read.add(name);
    Object value = values.get(name);
    if (value instanceof Map) {
      throw ApiError.parameter(null, full(name), "Invalid string: " + full(name));
    }
    if (value instanceof String text && text.isEmpty()) {
      throw ApiError.parameter(
          "parameter_invalid_empty",
          full(name),
          "You passed an empty string for '" + full(name) + "'.");
    }
    return Optional.ofNullable((String) value);
  }

  Optional<String> text(String name, int max) {
    Optional<String> text = text(name);
    if (text.filter(value -> value.length() > max).isPresent()) {
      throw ApiError.parameter(
          "parameter_invalid_string",
          full(name),
          "Invalid string: must be at most " + max + " characters");
    }
    return text;
  }

  String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  ApiError missing(String name) {
    return ApiError.parameter(
        "parameter_missing", full(name), "Missing required param: " + full(name) + ".");
  }

  Optional<Long> integer(String name) {
    Optional<String> text = text(name);
    if (text.filter(value -> !INTEGER.matcher(value).matches()).isPresent()) {
      throw ApiError.parameter(
          "parameter_invalid_integer", full(name), "Invalid integer: " + text.orElse(""));
    }
    return text.map(Long::valueOf);
  }

  long requiredInteger(String name) {
    return integer(name).orElseThrow(() -> missing(name));
  }

  boolean flag(String name) {
    Optional<String> text = text(name);
    if (text.filter(value -> !value.equals("true") && !value.equals("false")).isPresent()) {
      throw ApiError.parameter(null, full(name), "Invalid boolean: " + text.orElse(""));
    }
    return text.map(Boolean::valueOf).orElse(false);
  }

  Optional<String> oneOf(String name, String... allowed) {
    Optional<String> text = text(name);
    if (text.filter(value -> !List.of(allowed).contains(value)).isPresent()) {
      throw ApiError.parameter(
          null,
          full(name),
          "Invalid " + full(name) + ": must be one of " + String.join(", ", allowed));
    }
    return text;
  }

  @SuppressWarnings("unchecked")
  Params inner(String name) {
    read.add(name);
    Object value = values.getOrDefault(name, Map.of());
    if (!(value instanceof Map)) {
      throw ApiError.parameter(null, full(name), "Invalid object: " + full(name));
    }
    return new Params(full(name), (Map<String, Object>) value);
  }

  /** Whether it is there and is a text, where a text or an object may be. */
  boolean isText(String name) {
    return values.get(name) instanceof String;
  }

  /** The entries of a list of objects; there is at least one. */
  List<Params> items(String name, int most) {
    Params list = inner(name);
    if (list.values.isEmpty()) {
      throw missing(name);
    }
    if (list.values.size() > most) {
      throw ApiError.parameter(null, full(name), "There are more than " + most + ".");
    }
    return list.values.keySet().stream().map(list::inner).toList();
  }

  List<String> list(String name) {
    Params list = inner(name);
    List<String> texts = new ArrayList<>();
    list.values.keySet().forEach(key -> list.text(key).ifPresent(texts::add));
    return texts;
  }

  Expand expand() {
    List<String> paths = list("expand");
    if (paths.size() > MAX_EXPANSIONS) {
      throw ApiError.parameter(null, "expand", "Too many expansions.");
    }
    return Expand.of(paths);
  }

  /** Metadata as given: an empty value takes a key away. */
  Map<String, String> metadata() {
    Params inner = inner("metadata");
    Map<String, String> metadata = new TreeMap<>();
    inner.values.forEach(
        (key, value) -> {
          if (key.length() > 40 || !(value instanceof String text) || text.length() > 500) {
            throw ApiError.parameter(
                null, "metadata", "Metadata keys have up to 40 characters, values up to 500.");
          }
          metadata.put(key, text);
        });
    if (metadata.size() > 50) {
      throw ApiError.parameter(null, "metadata", "Metadata has up to 50 keys.");
    }
    return metadata;
  }

  /** Refuses what nobody asked for. */
  void done() {
    for (String name : values.keySet()) {
      if (!read.contains(name)) {
        throw ApiError.parameter(
            "parameter_unknown", full(name), "Received unknown parameter: " + full(name));
      }
    }
  }
}
