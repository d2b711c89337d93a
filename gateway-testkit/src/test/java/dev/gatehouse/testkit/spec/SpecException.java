package dev.gatehouse.testkit.spec;

import java.util.List;

/**
 * Something that the provider knows and its older description does not. It is taken out before the
 * rest is held against the description.
 *
 * @param operation the operation as the description writes it, such as {@code POST
 *     /v1/payment_intents}; {@code *} for every operation
 * @param path the names that lead to it, such as {@code [payment_method_options, card]}; {@code *}
 *     for any one name or place in a list; {@code =text} at the end for an entry of a form's list
 * @param reason since when it exists, and why it is used
 */
public record SpecException(Part part, String operation, List<String> path, String reason) {

  /** Where it stands. */
  public enum Part {
    /** In the query. */
    QUERY,
    /** In the body of a request. */
    REQUEST_BODY,
    /** In the body of an answer. */
    RESPONSE_BODY
  }

  /** Demands a reason. */
  public SpecException {
    path = List.copyOf(path);
    if (reason.isBlank() || path.isEmpty()) {
      throw new IllegalArgumentException("an exception has a path and a reason");
    }
  }

  boolean isFor(Part where, String what) {
    return part == where && (operation.equals("*") || operation.equals(what));
  }
}
