/**
 * What a gateway is. Start at {@link dev.gatehouse.spi.GatewayProvider}, which is found on the
 * class path or module path, describes itself and opens {@link dev.gatehouse.spi.PaymentGateway}s.
 *
 * <p>A gateway reports what it sees ({@link dev.gatehouse.facts.Snapshot}) and how certain it is
 * ({@link dev.gatehouse.spi.Outcome}, {@link dev.gatehouse.spi.Lookup}); it never decides what
 * happens next. What it can do beyond charging and looking up are small interfaces that it also
 * implements: {@link dev.gatehouse.spi.CapturesPayments}, {@link dev.gatehouse.spi.RefundsPayments}
 * and so on, each declared as a {@link dev.gatehouse.spi.Capability}.
 */
@NullMarked
package dev.gatehouse.spi;

import org.jspecify.annotations.NullMarked;
