/** A second set of gateways with one fault each, which show in one case alone. */
@NullMarked
package dev.gatehouse.testkit.foes.second;

import org.jspecify.annotations.NullMarked;
