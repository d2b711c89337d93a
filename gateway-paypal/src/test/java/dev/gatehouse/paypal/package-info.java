/** The gateway to PayPal, against the emulated one and held to PayPal's own descriptions. */
@NullMarked
package dev.gatehouse.paypal;

import org.jspecify.annotations.NullMarked;
