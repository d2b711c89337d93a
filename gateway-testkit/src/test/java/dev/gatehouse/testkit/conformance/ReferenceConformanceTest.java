package dev.gatehouse.testkit.conformance;

/** The reference gateway keeps every rule; none is left unverified. */
class ReferenceConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new ReferenceTarget();
  }
}
