/**
 * What is told to the world: the sealed family of {@link dev.gatehouse.event.LifecycleEvent}s, and
 * which of them a payment's facts amount to ({@link dev.gatehouse.event.PaymentEvents}).
 */
@NullMarked
package dev.gatehouse.event;

import org.jspecify.annotations.NullMarked;
