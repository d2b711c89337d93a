/** A membership: created by a checkout for a plan, active when paid, until cancelled. */
@NullMarked
package dev.gatehouse.membership;

import org.jspecify.annotations.NullMarked;
