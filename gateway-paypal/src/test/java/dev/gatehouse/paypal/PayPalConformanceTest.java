package dev.gatehouse.paypal;

import dev.gatehouse.testkit.conformance.ConformanceTest;
import dev.gatehouse.testkit.conformance.TestTarget;

/** PayPal's gateway is fit, as the kit sees it. */
class PayPalConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new PayPalTarget();
  }
}
