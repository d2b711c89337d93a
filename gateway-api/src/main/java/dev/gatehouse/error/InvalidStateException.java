package dev.gatehouse.error;

import java.util.List;

/** Refused in the state that the subject is in; nothing was changed. */
public final class InvalidStateException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public InvalidStateException(List<Problem> problems) {
    super(ErrorCategory.INVALID_STATE, problems, null);
  }

  /** With one problem. */
  public InvalidStateException(Problem problem) {
    this(List.of(problem));
  }
}
