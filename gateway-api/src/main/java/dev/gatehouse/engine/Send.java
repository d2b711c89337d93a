package dev.gatehouse.engine;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.store.Case;

/**
 * A send that is committed and may now go out.
 *
 * @param payment the payment
 * @param operation the operation's key
 * @param number which send of the operation it is
 * @param committed what was committed with it
 */
record Send(PaymentId payment, String operation, int number, Case committed) {}
