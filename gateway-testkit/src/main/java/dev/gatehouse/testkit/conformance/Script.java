package dev.gatehouse.testkit.conformance;

/**
 * What the provider behind a target is to do with a charge. Where customers are always sent to the
 * provider, it is what becomes of the charge after they have approved it. Others will be added: a
 * target answers that it can't do what it does not know.
 */
public enum Script {
  /** It succeeds at once. */
  APPROVE,
  /** It is declined because there is not enough money. */
  DECLINE_FUNDS,
  /** It is declined with a code that the gateway does not know. */
  DECLINE_UNKNOWN,
  /** The customer has to do something first; then it goes on, or waits for us to complete it. */
  ACTION,
  /** It is being worked on for a while, and succeeds in the end. */
  PENDING,
  /** It is being worked on for a while, and fails in the end. */
  PENDING_FAILS,
  /** The customer has to do something, and is asked to do it once more; then it goes on. */
  ACTION_TWICE,
  /** The customer does what is asked for, and then the bank declines. */
  ACTION_DECLINED,
  /** It succeeds for another amount than was asked for, as the provider says. */
  WRONG_AMOUNT,
  /** Its status is a word that the gateway does not know. */
  UNKNOWN_STATUS,
  /** It succeeds; its refunds are worked on for a while, and succeed in the end. */
  REFUND_PENDING,
  /** It succeeds; its refunds are worked on for a while, and fail in the end. */
  REFUND_FAILS,
  /**
   * The customer has to do something, and so whenever the method is charged that was stored with
   * it: without the customer, such a charge is declined.
   */
  ACTION_EACH_TIME
}
