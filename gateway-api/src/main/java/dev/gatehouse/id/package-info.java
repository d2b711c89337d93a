/** Our ids. Each is a type of its own, so that no id can stand in for another. */
@NullMarked
package dev.gatehouse.id;

import org.jspecify.annotations.NullMarked;
