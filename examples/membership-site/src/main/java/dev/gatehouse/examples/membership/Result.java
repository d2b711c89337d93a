package dev.gatehouse.examples.membership;

import dev.gatehouse.engine.CheckoutView;
import java.util.List;
import java.util.Optional;

/**
 * What became of one sign-up.
 *
 * @param signup the sign-up
 * @param checkout its checkout at rest, if it came so far
 * @param outside what the provider's ledger or the bank's statement says
 * @param story what happened
 * @param events how many events there were
 * @param deviations how it differs from what was expected
 */
record Result(
    Signup signup,
    Optional<CheckoutView> checkout,
    String outside,
    List<Story.Line> story,
    int events,
    List<String> deviations) {

  boolean isAsExpected() {
    return deviations.isEmpty();
  }
}
