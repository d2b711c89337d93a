package dev.gatehouse.store;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;

/** A record whose alarm has gone off. */
public sealed interface Due {
  /** A payment. */
  record OfPayment(PaymentId id) implements Due {}

  /** A checkout. */
  record OfCheckout(CheckoutId id) implements Due {}

  /** An inbox item. */
  record OfInbox(GatewayInstanceId gateway, String notice) implements Due {}
}
