package dev.gatehouse.error;

import java.util.List;

/** The same idempotency key was used before with other content; nothing was done. */
public final class IdempotencyConflictException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public IdempotencyConflictException(List<Problem> problems) {
    super(ErrorCategory.IDEMPOTENCY_CONFLICT, problems, null);
  }

  /** With one problem. */
  public IdempotencyConflictException(Problem problem) {
    this(List.of(problem));
  }
}
