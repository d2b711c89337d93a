/**
 * The one JSON form of everything that a store, a relay or the kit writes: every event, and every
 * record that is kept. {@link dev.gatehouse.json.Json} is the way in.
 */
@NullMarked
package dev.gatehouse.json;

import org.jspecify.annotations.NullMarked;
