/**
 * How somebody else's code and its settings come in, whatever it is for: found, read from a folder,
 * configured, opened. For the framework alone: it is not exported.
 */
@NullMarked
package dev.gatehouse.plugin;

import org.jspecify.annotations.NullMarked;
