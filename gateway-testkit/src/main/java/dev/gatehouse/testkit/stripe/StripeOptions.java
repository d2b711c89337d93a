package dev.gatehouse.testkit.stripe;

import java.time.Duration;

/**
 * How long things take at the emulated Stripe.
 *
 * @param keyLife how long an idempotency key is kept
 * @param holdLife how long an authorisation lives
 * @param searchDelay how long after a change the search shows it
 * @param listDelay how long after its creation an object appears in lists; none is documented
 * @param refundTime how long a pending refund takes to succeed, and a failing one to fail
 */
public record StripeOptions(
    Duration keyLife,
    Duration holdLife,
    Duration searchDelay,
    Duration listDelay,
    Duration refundTime) {

  /** As documented: 24 hours, 7 days, a minute, none; refunds take 5 minutes. */
  public static StripeOptions defaults() {
    return new StripeOptions(
        Duration.ofHours(24),
        Duration.ofDays(7),
        Duration.ofMinutes(1),
        Duration.ZERO,
        Duration.ofMinutes(5));
  }

  /** This, with lists that lag behind. */
  public StripeOptions listingAfter(Duration delay) {
    return new StripeOptions(keyLife, holdLife, searchDelay, delay, refundTime);
  }
}
