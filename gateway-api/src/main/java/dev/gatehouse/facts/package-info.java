/**
 * What was seen at a provider, and how two sightings become one truth.
 *
 * <p>Start at {@link dev.gatehouse.facts.PaymentFacts}: it lists every kind of fact, and its {@code
 * join} is the whole rule. There are four lattices: {@link dev.gatehouse.facts.Flat} (one value for
 * ever), {@link dev.gatehouse.facts.Chain} (steps that only go on), {@link
 * dev.gatehouse.facts.Counter} (a total that can't fall) and {@link dev.gatehouse.facts.Register}
 * (the newest version). Joining does not depend on order, repetition or grouping. {@link
 * dev.gatehouse.facts.Totals} is derived from facts and never joined.
 */
@NullMarked
package dev.gatehouse.facts;

import org.jspecify.annotations.NullMarked;
