/**
 * What emulated providers share: time, ids, and the ways to a function from request to response.
 */
@NullMarked
package dev.gatehouse.testkit.emulator;

import org.jspecify.annotations.NullMarked;
