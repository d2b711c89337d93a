/** Gateways that do as they are told, for tests. */
@NullMarked
package dev.gatehouse.fake;

import org.jspecify.annotations.NullMarked;
