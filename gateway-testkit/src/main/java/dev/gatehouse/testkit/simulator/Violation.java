package dev.gatehouse.testkit.simulator;

/**
 * An invariant that did not hold.
 *
 * @param invariant which one
 * @param subject what it is about, such as a payment's id or an operation's key
 * @param what what was seen
 */
public record Violation(Invariant invariant, String subject, String what) {
  @Override
  public String toString() {
    return invariant + " of " + Story.readable(subject) + ": " + Story.readable(what);
  }
}
