/**
 * A payment: what we asked for ({@link dev.gatehouse.payment.Payment}, {@link
 * dev.gatehouse.payment.Operation}), and what follows from the facts about it: its {@link
 * dev.gatehouse.payment.PaymentState}, what each operation came to ({@link
 * dev.gatehouse.payment.OperationStatus}), and whether it is what we asked for ({@link
 * dev.gatehouse.payment.Mismatch}). All of it is data and pure functions.
 */
@NullMarked
package dev.gatehouse.payment;

import org.jspecify.annotations.NullMarked;
