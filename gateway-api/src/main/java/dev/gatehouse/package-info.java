/**
 * Gatehouse: payments that come to a true outcome. Start at {@link dev.gatehouse.Gatehouse}.
 *
 * <p>The checkout's rules are in {@code checkout}, the join in {@code facts}, the SPI for gateways
 * in {@code spi}, the events in {@code event}, and the engine that ties them together in {@code
 * engine}.
 */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
