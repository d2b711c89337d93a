/**
 * How the world is told: a {@link dev.gatehouse.hook.LifecycleHook} receives every event that it
 * wants, at least once, in order per subject, after the commit and never on the money path. {@link
 * dev.gatehouse.hook.Hook} makes one out of lambdas.
 */
@NullMarked
package dev.gatehouse.hook;

import org.jspecify.annotations.NullMarked;
