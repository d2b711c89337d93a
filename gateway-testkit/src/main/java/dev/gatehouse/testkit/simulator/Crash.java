package dev.gatehouse.testkit.simulator;

/** The death of a process. An error of the machine, so that nothing under test can catch it. */
final class Crash extends VirtualMachineError {
  private static final long serialVersionUID = 1L;

  private final transient Node node;

  Crash(Node node) {
    super("process " + node + " died");
    this.node = node;
  }

  /** Most crashes are not looked into; where they came from costs time. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  Node node() {
    return node;
  }
}
