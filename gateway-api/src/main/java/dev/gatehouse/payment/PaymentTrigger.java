package dev.gatehouse.payment;

/** What can happen to a payment: three commands, and what its facts show next. */
public enum PaymentTrigger {
  /** The command to take held money. */
  CAPTURE,
  /** The command to release held money. */
  VOID,
  /** The command to give money back. */
  REFUND,
  /** Facts show {@link PaymentState#IN_DOUBT}. */
  SEEN_IN_DOUBT,
  /** Facts show {@link PaymentState#PENDING}. */
  SEEN_PENDING,
  /** Facts show {@link PaymentState#ACTION_REQUIRED}. */
  SEEN_ACTION_REQUIRED,
  /** Facts show {@link PaymentState#AUTHORIZED}. */
  SEEN_AUTHORIZED,
  /** Facts show {@link PaymentState#PARTLY_CAPTURED}. */
  SEEN_PARTLY_CAPTURED,
  /** Facts show {@link PaymentState#CAPTURED}. */
  SEEN_CAPTURED,
  /** Facts show {@link PaymentState#PARTLY_REFUNDED}. */
  SEEN_PARTLY_REFUNDED,
  /** Facts show {@link PaymentState#REFUNDED}. */
  SEEN_REFUNDED,
  /** Facts show {@link PaymentState#REVERSED}. */
  SEEN_REVERSED,
  /** Facts show {@link PaymentState#VOIDED}. */
  SEEN_VOIDED,
  /** Facts show {@link PaymentState#EXPIRED}. */
  SEEN_EXPIRED,
  /** Facts show {@link PaymentState#FAILED}. */
  SEEN_FAILED,
  /** Facts show {@link PaymentState#DONE}. */
  SEEN_DONE;

  /** The trigger that facts showing this state are. */
  public static PaymentTrigger seen(PaymentState state) {
    return valueOf("SEEN_" + state);
  }
}
