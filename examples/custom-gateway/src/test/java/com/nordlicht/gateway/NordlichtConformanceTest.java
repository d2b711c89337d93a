package com.nordlicht.gateway;

import com.nordlicht.emulator.NordlichtTarget;
import dev.gatehouse.testkit.conformance.ConformanceTest;
import dev.gatehouse.testkit.conformance.TestTarget;

/** The gateway is fit to be dropped in, as the kit sees it. */
// snippet: NordlichtConformance
class NordlichtConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new NordlichtTarget();
  }
}
// end snippet
