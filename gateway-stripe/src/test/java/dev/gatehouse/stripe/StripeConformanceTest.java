package dev.gatehouse.stripe;

import dev.gatehouse.testkit.conformance.ConformanceTest;
import dev.gatehouse.testkit.conformance.TestTarget;

/** Stripe's gateway is fit, as the kit sees it. */
class StripeConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new StripeTarget();
  }
}
