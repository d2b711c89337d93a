package dev.gatehouse.paypal;

import dev.gatehouse.testkit.conformance.ConformanceTest;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.conformance.Waiver;
import java.time.LocalDate;
import java.util.List;

/** PayPal's gateway is fit, as the kit sees it. */
class PayPalConformanceTest extends ConformanceTest {
  private static final LocalDate LOOKED_AT_AGAIN_AFTER = LocalDate.of(2029, 12, 31);

  @Override
  protected TestTarget target() {
    return new PayPalTarget();
  }

  @Override
  protected List<Waiver> waivers() {
    return List.of(
        new Waiver(
            "GW-STORE-09",
            "PayPal asks no bank about a wallet that is stored: its description of the vault has no"
                + " such decline. The first charge tells.",
            LOOKED_AT_AGAIN_AFTER),
        new Waiver(
            "GW-STORE-11",
            "PayPal notes nothing of a payer who says no and goes away: its setup token waits until"
                + " it runs out, and only then the set-up is seen to have failed.",
            LOOKED_AT_AGAIN_AFTER));
  }
}
