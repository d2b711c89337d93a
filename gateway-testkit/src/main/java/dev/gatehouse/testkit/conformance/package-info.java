/**
 * The conformance kit: checks that prove a gateway fit to be dropped in. A gateway's author
 * supplies a {@link dev.gatehouse.testkit.conformance.TestTarget}; every check is data, has a
 * stable id, and says what must hold, why, and what to do where it does not.
 */
@NullMarked
package dev.gatehouse.testkit.conformance;

import org.jspecify.annotations.NullMarked;
