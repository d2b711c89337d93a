/**
 * The gateway to Stripe: PaymentIntents for cards and Checkout Sessions, on Stripe's own SDK over
 * the framework's HTTP door.
 */
@NullMarked
package dev.gatehouse.stripe;

import org.jspecify.annotations.NullMarked;
