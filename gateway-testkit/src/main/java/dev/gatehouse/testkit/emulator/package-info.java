/**
 * What emulated providers are made of: time, ids, and the ways to a function from request to
 * response; and what they tell, the {@link dev.gatehouse.testkit.emulator.Ledger} of what was
 * really done and the notices that wait to be delivered.
 */
@NullMarked
package dev.gatehouse.testkit.emulator;

import org.jspecify.annotations.NullMarked;
