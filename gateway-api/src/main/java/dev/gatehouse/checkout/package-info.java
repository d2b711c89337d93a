/**
 * A checkout: what a customer wants to pay for, and the rules of getting there ({@link
 * dev.gatehouse.checkout.CheckoutMachine}).
 */
@NullMarked
package dev.gatehouse.checkout;

import org.jspecify.annotations.NullMarked;
