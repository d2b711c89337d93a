package dev.gatehouse.error;

import java.util.List;

/** An id that nobody knows. */
public final class NotFoundException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public NotFoundException(List<Problem> problems) {
    super(ErrorCategory.NOT_FOUND, problems, null);
  }

  /** With one problem. */
  public NotFoundException(Problem problem) {
    this(List.of(problem));
  }
}
