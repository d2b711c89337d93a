/**
 * What tests of gateways, of stores and of applications share: a clock that stands still, AssertJ
 * assertions, and the contracts that every store and every transport keeps.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
