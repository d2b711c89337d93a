/** The gateway to Stripe against the emulator, all traffic held against Stripe's description. */
@NullMarked
package dev.gatehouse.stripe;

import org.jspecify.annotations.NullMarked;
