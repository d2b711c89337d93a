/** The emulated PayPal, by itself and held against PayPal's own description. */
@NullMarked
package dev.gatehouse.testkit.paypal;

import org.jspecify.annotations.NullMarked;
