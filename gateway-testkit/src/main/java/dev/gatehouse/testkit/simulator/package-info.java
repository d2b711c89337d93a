/**
 * The simulator: the real engine, any store and any simulated provider on one thread, under a
 * seeded clock, with a fault between any two steps. {@link
 * dev.gatehouse.testkit.simulator.Simulation} runs one seed, {@link
 * dev.gatehouse.testkit.simulator.Simulator} many of them. After every step the invariants of the
 * architecture are checked against the provider's own ledger.
 */
@NullMarked
package dev.gatehouse.testkit.simulator;

import org.jspecify.annotations.NullMarked;
