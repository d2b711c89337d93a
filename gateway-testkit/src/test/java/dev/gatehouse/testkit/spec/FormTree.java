package dev.gatehouse.testkit.spec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads forms and queries with bracketed names, such as {@code card[exp_month]=7} or {@code
 * expand[]=data}, as trees. Whether a level is a list is for the schema to say, so every level is
 * an object here, and every leaf is a text.
 */
final class FormTree {
  private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])*)");
  private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");

  private FormTree() {}

  /** Adds what is wrong with the form itself to the problems. */
  static ObjectNode read(String form, List<String> problems) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (form.isEmpty()) {
      return root;
    }
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        problems.add("form: '" + pair + "' is no name=value");
        continue;
      }
      List<String> names = names(decoded(pair.substring(0, equals)));
      if (names.isEmpty()) {
        problems.add("form: the name of '" + pair + "' is malformed");
      } else if (!put(root, names, decoded(pair.substring(equals + 1)))) {
        problems.add("form: '" + pair + "' says again, or otherwise, what was said before");
      }
    }
    return root;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static List<String> names(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(List.of(matcher.group(1)));
    Matcher brackets = BRACKET.matcher(matcher.group(2));
    while (brackets.find()) {
      names.add(brackets.group(1));
    }
    return names;
  }

  private static boolean put(ObjectNode root, List<String> names, String value) {
    ObjectNode level = root;
    for (String name : names.subList(0, names.size() - 1)) {
      JsonNode next = level.path(key(level, name));
      if (next.isMissingNode()) {
        next = level.putObject(key(level, name));
      }
      if (!(next instanceof ObjectNode object)) {
        return false;
      }
      level = object;
    }
    String last = key(level, names.get(names.size() - 1));
    if (level.has(last)) {
      return false;
    }
    level.put(last, value);
    return true;
  }

  /** Empty brackets mean the next place of a list. */
  private static String key(ObjectNode level, String name) {
    return name.isEmpty() ? Integer.toString(level.size()) : name;
  }
}
