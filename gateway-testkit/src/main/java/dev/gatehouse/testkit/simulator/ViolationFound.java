package dev.gatehouse.testkit.simulator;

/** Ends a run. An error of the machine, so that nothing under test can catch it. */
final class ViolationFound extends VirtualMachineError {
  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  ViolationFound(Invariant invariant, String subject, String what) {
    super(invariant + " of " + subject + ": " + what);
    this.violation = new Violation(invariant, subject, what);
  }

  Violation violation() {
    return violation;
  }
}
