/**
 * What emulated providers are made of: time and ids, addresses, idempotency keys, books with the
 * rules of money, the customer's page, and the ways to a function from request to response; and
 * what they tell, the {@link dev.gatehouse.testkit.emulator.Ledger} of what was really done and the
 * notices that wait to be delivered.
 *
 * <p>An author begins with {@code EmulatedProvider} of the simulator, which puts them together.
 * {@link dev.gatehouse.testkit.emulator.LoopbackServer} serves it over HTTP, {@link
 * dev.gatehouse.testkit.emulator.WebhookSender} delivers its notices, and {@link
 * dev.gatehouse.testkit.emulator.FaultProxy} stands before any server and does what networks do.
 */
@NullMarked
package dev.gatehouse.testkit.emulator;

import org.jspecify.annotations.NullMarked;
