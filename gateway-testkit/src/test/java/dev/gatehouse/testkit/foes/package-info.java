/** Gateways with one fault each, by somebody who did not know how they are checked. */
@NullMarked
package dev.gatehouse.testkit.foes;

import org.jspecify.annotations.NullMarked;
