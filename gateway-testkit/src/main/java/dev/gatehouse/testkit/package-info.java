/**
 * What tests of gateways and of applications share; here, a {@link
 * dev.gatehouse.testkit.TestClock}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
