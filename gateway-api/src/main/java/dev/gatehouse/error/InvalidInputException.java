package dev.gatehouse.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input was wrong; nothing was done with it. Lists every problem found, not only the first. */
public final class InvalidInputException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public InvalidInputException(List<Problem> problems) {
    super(ErrorCategory.VALIDATION, problems, null);
  }

  /** With one problem. */
  public InvalidInputException(Problem problem) {
    this(List.of(problem));
  }

  /** The value itself; throws, naming the field, if there is none. */
  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidInputException(new Problem(field, "required", "is missing", "provide it"));
    }
    return value;
  }
}
