package dev.gatehouse.event;

/**
 * Something that happened and will not un-happen. Events are latches: the facts determine a growing
 * set of them, each with a stable id. They carry ids and amounts, never personal data.
 */
public sealed interface LifecycleEvent
    permits AuthorizationEnded,
        CaptureFailed,
        CheckoutCancelled,
        CheckoutCompleted,
        CheckoutExpired,
        ConflictFound,
        CustomerCreated,
        CustomerErased,
        DisputeFundsReinstated,
        DisputeFundsWithdrawn,
        DisputeOpened,
        ForeignPaymentSeen,
        IntegrityMismatchFound,
        LateMoney,
        MembershipStatusChanged,
        OperationLeftToPerson,
        Overpaid,
        PaymentAuthorized,
        PaymentCaptured,
        PaymentFailed,
        PaymentMethodNotStored,
        PaymentMethodRemoved,
        PaymentMethodStored,
        PaymentRefunded,
        RefundFailed {

  /** The event's id, time, subject and customer. */
  EventHeader header();

  /** The event's type, as its record is called. */
  default String type() {
    return getClass().getSimpleName();
  }
}
