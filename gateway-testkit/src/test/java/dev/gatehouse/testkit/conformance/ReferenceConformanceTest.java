package dev.gatehouse.testkit.conformance;

/** The reference gateway keeps every rule; none is left unverified. */
// snippet: ConformanceTest
class ReferenceConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new ReferenceTarget();
  }
}
// end snippet
