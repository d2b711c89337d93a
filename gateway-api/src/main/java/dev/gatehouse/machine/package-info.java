/** State machines as tables: every pair of state and trigger has an answer, and prints itself. */
@NullMarked
package dev.gatehouse.machine;

import org.jspecify.annotations.NullMarked;
