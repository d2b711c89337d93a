/**
 * An emulator of Stripe, as far as single payments go: PaymentIntents, Checkout Sessions, charges,
 * refunds, disputes, events and webhooks, by test payment methods. A pure function from request to
 * response over an injected clock, with a ledger to compare with. It behaves as documented for API
 * version {@value dev.gatehouse.testkit.stripe.StripeEmulator#API_VERSION}, oddities included.
 */
@NullMarked
package dev.gatehouse.testkit.stripe;

import org.jspecify.annotations.NullMarked;
