/** A shop as a module, in a JVM of its own. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.testkit.modular;
