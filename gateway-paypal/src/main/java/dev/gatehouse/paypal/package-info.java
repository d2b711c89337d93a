/**
 * Payments with PayPal: orders that the payer approves on PayPal's pages, captured or authorised
 * afterwards. Found as {@link dev.gatehouse.paypal.PayPalGatewayProvider}; nothing else is public.
 *
 * <p>Follows PayPal's Orders v2, Payments v2 and Webhooks v1.
 */
@NullMarked
package dev.gatehouse.paypal;

import org.jspecify.annotations.NullMarked;
