/**
 * An emulator of PayPal, for tests without PayPal. Start at {@link
 * dev.gatehouse.testkit.paypal.PayPalEmulator}: a function from request to response over a clock
 * and a ledger, with controls for all that payers, banks and people at PayPal's site do.
 *
 * <p>It behaves as PayPal's public documentation says, oddities included: keys that are kept for
 * different times, the latest state instead of the first answer, orders that nobody can find by a
 * reference of ours, holds that run out as if they had been voided.
 */
@NullMarked
package dev.gatehouse.testkit.paypal;

import org.jspecify.annotations.NullMarked;
