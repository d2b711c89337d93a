/** Whole processes that take payments and are killed, paused and started again, and their audit. */
@NullMarked
package dev.gatehouse.store.jdbc.death;

import org.jspecify.annotations.NullMarked;
