package dev.gatehouse.testkit.conformance;

// snippet: HookConformanceTest
class ReferenceHookConformanceTest extends HookConformanceTest {
  @Override
  protected HookTarget target() {
    return new ReferenceHookTarget();
  }
}

// end snippet
