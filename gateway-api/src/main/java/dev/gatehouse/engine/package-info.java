/**
 * How a checkout comes to a true outcome. {@link dev.gatehouse.engine.Decider} is the functional
 * core: from what is known, it decides what changes, what is told, and what is sent next. {@link
 * dev.gatehouse.engine.Engine} is the shell: it loads, decides, commits and only then calls the
 * gateway. Everything that a gateway reports goes through one door, {@code Observer.observe}.
 */
@NullMarked
package dev.gatehouse.engine;

import org.jspecify.annotations.NullMarked;
