package dev.gatehouse.testkit.emulator;

/** What can happen to a charge and to what belongs to it. */
public enum Change {
  /** A charge waits for the customer, for the first time or once more. */
  ACTION_NEEDED,
  /** The customer has done it, and the charge waits for us. */
  APPROVED,
  /** A charge is being worked on. */
  PROCESSING,
  /** A charge has a status that no gateway knows. */
  UNHEARD_OF,
  /** A charge succeeded: its money is taken or held. */
  SUCCEEDED,
  /** A charge failed. */
  FAILED,
  /** Held money was taken; the subject is the capture. */
  CAPTURED,
  /** A hold was released; the subject is the hold. */
  VOIDED,
  /** A hold ran out; the subject is the hold. */
  EXPIRED,
  /** A refund began; the subject is the refund. */
  REFUND_CREATED,
  /** A refund arrived; the subject is the refund. */
  REFUND_SUCCEEDED,
  /** A refund came to nothing; the subject is the refund. */
  REFUND_FAILED,
  /** A refund that had arrived came back; the subject is the refund. */
  REFUND_REVERSED,
  /** The customer disputes money, which is taken back; the subject is the dispute. */
  DISPUTE_OPENED,
  /** The bank looks at the evidence; the subject is the dispute. */
  DISPUTE_REVIEWED,
  /** Decided for us, and the money is given back; the subject is the dispute. */
  DISPUTE_WON,
  /** Decided against us; the subject is the dispute. */
  DISPUTE_LOST
}
