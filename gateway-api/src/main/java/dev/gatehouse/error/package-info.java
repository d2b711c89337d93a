/**
 * What goes wrong, said so that a caller can act on it: one taxonomy ({@link
 * dev.gatehouse.error.ErrorCategory}), one shape for a complaint ({@link
 * dev.gatehouse.error.Problem}), one root exception ({@link
 * dev.gatehouse.error.GatehouseException}).
 */
@NullMarked
package dev.gatehouse.error;

import org.jspecify.annotations.NullMarked;
