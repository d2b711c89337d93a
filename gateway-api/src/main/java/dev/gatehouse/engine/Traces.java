package dev.gatehouse.engine;

import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Trace;
import java.util.Optional;

/** All that we know of a payment, for finding it at the provider. */
final class Traces {
  private Traces() {}

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
