package dev.gatehouse.engine;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Trace;
import java.util.Optional;

/** All that we know of a payment, for finding it at the provider. */
final class Traces {
  private static final Lookup NOT_LOOKED_UP =
      new Lookup.CannotTell(
          Failure.of(
              ErrorCategory.UNSUPPORTED,
              "removal.no-lookup",
              "a removal is not looked up: sent again, it shows itself"));

  private Traces() {}

  /** Asks a payment's gateway by what is known; nothing is asked of what was only removed. */
  static Lookup lookUp(GatewayHandle gateway, Payment payment, Trace trace) {
    return switch (payment.purpose()) {
      case PAYMENT -> gateway.lookup(trace);
      case SET_UP -> gateway.lookupSetUp(trace);
      case REMOVAL -> NOT_LOOKED_UP;
    };
  }

  static Trace of(Payment payment) {
    return of(payment, Optional.empty());
  }

  static Trace of(Payment payment, Optional<Operation> inDoubt) {
    return new Trace(
        payment.terms().map(terms -> payment.id().value()),
        payment.createdAt(),
        inDoubt.map(o -> new Trace.InDoubt(o.kind(), o.key(), o.lastSentAt())),
        payment.facts());
  }
}
