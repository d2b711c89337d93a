package dev.gatehouse.paypal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of an answer or a notice, read carefully: whatever is not what it should be throws
 * {@link Unreadable}.
 *
 * @param fields as the SDK reads JSON: texts, maps, lists and so on
 */
record Node(Map<?, ?> fields) {

  /** An answer that lacks what it should have. It says nothing about what happened. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String field) {
      super("PayPal's answer lacks a proper " + field, null, false, false);
    }
  }

  static Node empty() {
    return new Node(Map.of());
  }

  /** The text that must be in this field. */
  String text(String field) {
    return optional(field).orElseThrow(() -> new Unreadable(field));
  }

  /** The text in this field; an empty one is none, as PayPal writes what was never set. */
  Optional<String> optional(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw new Unreadable(field);
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A whole number that is no money, such as a number of seconds. */
  long whole(String field) {
    Object value = fields.get(field);
    if (!(value instanceof Number number)) {
      throw new Unreadable(field);
    }
    return number.longValue();
  }

  /** The object in this field; an empty one if there is none. */
  Node inner(String field) {
    Object value = fields.get(field);
    return value == null ? empty() : of(value, field);
  }

  /** The objects in this field, which has to be there. */
  List<Node> demandedList(String field) {
    if (fields.get(field) == null) {
      throw new Unreadable(field);
    }
    return list(field);
  }

  /** The objects in this field; none if there is none. */
  List<Node> list(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      throw new Unreadable(field);
    }
    List<Node> nodes = new ArrayList<>();
    for (Object item : items) {
      nodes.add(of(item, field));
    }
    return nodes;
  }

  /** The address of a link with this relation. */
  Optional<String> link(String relation) {
    return list("links").stream()
        .filter(link -> link.optional("rel").filter(relation::equals).isPresent())
        .findFirst()
        .flatMap(link -> link.optional("href"));
  }

  private static Node of(Object value, String field) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new Unreadable(field);
    }
    return new Node(map);
  }

  @Override
  public String toString() {
    return "Node" + fields.keySet();
  }
}
