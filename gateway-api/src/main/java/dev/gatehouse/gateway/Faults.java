package dev.gatehouse.gateway;

/** What may come out of somebody else's code: anything, declared or not. */
final class Faults {
  private Faults() {}

  /**
   * Lets only those errors through of which nobody in this JVM can make an outcome, such as the end
   * of memory. A stack that overflowed is free again when it is caught. An interrupt that came out
   * undeclared is kept.
   */
  static void rethrowIfTheMachineIsDying(Throwable thrown) {
    if (thrown instanceof VirtualMachineError dying && !(thrown instanceof StackOverflowError)) {
      throw dying;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
