package dev.gatehouse.stripe;

import dev.gatehouse.testkit.conformance.ConformanceTest;
import dev.gatehouse.testkit.conformance.TestTarget;

/** Stripe's gateway is fit where the customer always pays on Stripe's own page, too. */
class StripeCheckoutConformanceTest extends ConformanceTest {
  @Override
  protected TestTarget target() {
    return new StripeCheckoutTarget();
  }
}
