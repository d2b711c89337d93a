package dev.gatehouse.validation;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input a problem is.
 *
 * @param text as the caller knows it, such as {@code lines[0].amount}; a map's key is shown only if
 *     it is a short identifier, else as {@code *}
 * @param order a text to sort by, in which the second line comes before the tenth
 */
record Place(String text, String order) {
  /** The input itself, as opposed to one of its fields. */
  static final String ROOT = "input";

  private static final int LONGEST_KEY = 64;
  private static final String SUFFIX_OF_KEYS = ".key";

  static Place of(Path path) {
    StringBuilder text = new StringBuilder();
    StringBuilder order = new StringBuilder();
    for (Path.Node node : path) {
      if (node.isInIterable()) {
        text.append('[').append(index(node, "%d")).append(']');
        order.append('[').append(index(node, "%010d")).append(']');
      }
      String name = name(node);
      String dot = text.isEmpty() || name.isEmpty() || name.startsWith(".") ? "" : ".";
      text.append(dot).append(name);
      order.append(dot).append(name);
    }
    return text.isEmpty() ? new Place(ROOT, "") : new Place(text.toString(), order.toString());
  }

  private static String index(Path.Node node, String format) {
    if (node.getIndex() != null) {
      return String.format(Locale.ROOT, format, node.getIndex());
    }
    return isKeyOfMap(node) ? "*" : key(node.getKey());
  }

  /** A key is the customer's data; one that may be anything else than a plain name is not shown. */
  private static String key(@Nullable Object key) {
    if (key == null) {
      return "";
    }
    String text = key.toString();
    boolean plain =
        text.length() <= LONGEST_KEY
            && text.chars().allMatch(Text::isIdentifierCharacter)
            && !CardNumbers.anyIn(text);
    return plain ? text : "*";
  }

  private static String name(Path.Node node) {
    if (node.getKind() == ElementKind.PROPERTY) {
      return node.getName();
    }
    return node.getKind() == ElementKind.CONTAINER_ELEMENT && isKeyOfMap(node)
        ? SUFFIX_OF_KEYS
        : "";
  }

  /** Whether the problem is a map's key; then the key is the offending value, and not shown. */
  private static boolean isKeyOfMap(Path.Node node) {
    return switch (node.getKind()) {
      case CONTAINER_ELEMENT -> {
        Path.ContainerElementNode element = node.as(Path.ContainerElementNode.class);
        yield isMap(element.getContainerClass()) && isFirst(element.getTypeArgumentIndex());
      }
      case PROPERTY -> {
        Path.PropertyNode property = node.as(Path.PropertyNode.class);
        yield isMap(property.getContainerClass()) && isFirst(property.getTypeArgumentIndex());
      }
      default -> false;
    };
  }

  private static boolean isMap(@Nullable Class<?> container) {
    return container != null && Map.class.isAssignableFrom(container);
  }

  private static boolean isFirst(@Nullable Integer typeArgument) {
    return typeArgument != null && typeArgument == 0;
  }
}
