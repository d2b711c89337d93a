package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * Named values of a request, each as text: those of a query, a form, or a JSON body, where {@code
 * amount.value} is the value in the object {@code amount} and {@code items.0} the first of a list.
 *
 * @param values every value under its name
 */
public record Fields(Map<String, String> values) {
  /** Copies the values. */
  public Fields {
    values = Map.copyOf(values);
  }

  /** A value, if it is there. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * A value that has to be there, and to be more than white space.
   *
   * @throws InvalidInputException with the name as its field, code {@link Router#BODY}
   */
  public String required(String name) {
    return text(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(name, Router.BODY, "'" + name + "' is missing", "send it")));
  }

  /** Whether a value is there and says {@code true}. */
  public boolean flag(String name) {
    return text(name).filter("true"::equals).isPresent();
  }
}
