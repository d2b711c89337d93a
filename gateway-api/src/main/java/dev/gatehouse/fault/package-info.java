/**
 * What may come out of somebody else's code, and how to speak of it without telling what it holds.
 * For the framework alone: it is not exported.
 */
@NullMarked
package dev.gatehouse.fault;

import org.jspecify.annotations.NullMarked;
