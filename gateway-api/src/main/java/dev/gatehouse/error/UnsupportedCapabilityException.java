package dev.gatehouse.error;

import java.util.List;

/** The gateway does not declare what was asked of it; no request was sent. */
public final class UnsupportedCapabilityException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public UnsupportedCapabilityException(List<Problem> problems) {
    super(ErrorCategory.UNSUPPORTED, problems, null);
  }

  /** With one problem. */
  public UnsupportedCapabilityException(Problem problem) {
    this(List.of(problem));
  }
}
