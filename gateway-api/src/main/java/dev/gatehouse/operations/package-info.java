/**
 * What an operator asks and does at 3 a.m.: {@link dev.gatehouse.operations.Operations} says
 * whether a customer was charged, what is in doubt and why, what waits for a person, and keeps who
 * did what about it.
 */
@NullMarked
package dev.gatehouse.operations;

import org.jspecify.annotations.NullMarked;
