/**
 * A gateway to learn from and its provider, simulated without I/O.
 *
 * <p>{@link dev.gatehouse.testkit.reference.ReferenceProvider} is the provider: a function from
 * request to response over a clock, with a {@link dev.gatehouse.testkit.emulator.Ledger}. It is
 * switched by {@linkplain dev.gatehouse.testkit.reference.TestToken test tokens} and reached
 * directly ({@link dev.gatehouse.testkit.reference.ReferenceTransport}) or over HTTP on loopback
 * ({@link dev.gatehouse.testkit.reference.ReferenceServer}). {@link
 * dev.gatehouse.testkit.reference.ReferenceGatewayProvider} opens the gateway to it.
 */
@NullMarked
package dev.gatehouse.testkit.reference;

import org.jspecify.annotations.NullMarked;
