package dev.gatehouse.engine;

import dev.gatehouse.id.PaymentId;

/**
 * A send that is committed and may now go out.
 *
 * @param payment the payment
 * @param operation the operation's key
 * @param number which send of the operation it is
 */
record Send(PaymentId payment, String operation, int number) {}
