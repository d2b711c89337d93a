package dev.gatehouse.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls that change something at the provider. Each has an idempotency key and a declared
 * recovery.
 */
public enum OperationKind {
  /** A sale or an authorisation. */
  CHARGE(null),
  /** Going on after the customer's action. */
  COMPLETE(Capability.COMPLETION),
  /** Taking authorised money. */
  CAPTURE(Capability.CAPTURE),
  /** Releasing authorised money. */
  VOID(Capability.VOID),
  /** Giving money back. */
  REFUND(Capability.REFUND),
  /** Storing a payment method without a charge. */
  SET_UP(Capability.METHOD_SETUP),
  /** Removing a stored payment method. */
  REMOVE(Capability.METHOD_REMOVAL);

  private final Optional<Capability> needs;

  OperationKind(@Nullable Capability needs) {
    this.needs = Optional.ofNullable(needs);
  }

  /** The capability without which the call is never made; empty for what every gateway can do. */
  public Optional<Capability> needs() {
    return needs;
  }
}
