package dev.gatehouse.testkit.simulator;

/** What customers, the shop, the provider and time do. A run counts how often each was done. */
public enum StepKind {
  /** A customer begins a checkout, or does so again with the same key. */
  START_CHECKOUT(20),
  /** The first attempt to pay a checkout. */
  PAY(30),
  /** An attempt to pay by bank transfer. */
  PAY_BY_TRANSFER(5),
  /** Another attempt after one that failed. */
  PAY_AFTER_DECLINE(12),
  /** A second attempt while the first waits for the customer; both may end up paid. */
  PAY_WHILE_WAITING(8),
  /** The same command once more, with the same key. */
  REPEAT_PAY(6),
  /** A checkout that costs nothing is completed. */
  COMPLETE_FREE(10),
  /** The customer calls the checkout off. */
  CANCEL_CHECKOUT(5),
  /** The customer ends a membership. */
  CANCEL_MEMBERSHIP(2),
  /** The customer wants to be forgotten. */
  ERASE_CUSTOMER(1),
  /** The customer comes back to the shop. */
  CUSTOMER_RETURNS(8),
  /** The customer approves at the provider. */
  CUSTOMER_APPROVES(20),
  /** The customer rejects at the provider. */
  CUSTOMER_REJECTS(4),
  /** The customer leaves the provider's page. */
  CUSTOMER_ABANDONS(2),
  /** The shop takes a part of the held money. */
  CAPTURE_PART(8),
  /** The shop takes held money and releases the rest. */
  CAPTURE_FINALLY(8),
  /** The shop releases held money. */
  VOID(4),
  /** The shop gives a part back. */
  REFUND_PART(12),
  /** The shop gives everything back. */
  REFUND_ALL(10),
  /** The shop charges what a customer stored, while the customer is away. */
  RENEW(11),
  /** The provider settles what is pending. */
  PROVIDER_SETTLES(8),
  /** What is pending fails at the provider. */
  PROVIDER_FAILS(3),
  /** A pending refund succeeds or fails. */
  REFUND_SETTLES(6),
  /** The bank sends a refund back. */
  REFUND_UNDONE(3),
  /** A hold runs out early. */
  HOLD_EXPIRES(2),
  /** The customer revokes a stored method at the provider. */
  METHOD_REVOKED(2),
  /** The customer disputes a charge. */
  DISPUTE_OPENED(3),
  /** A dispute is decided. */
  DISPUTE_DECIDED(3),
  /** Somebody refunds at the provider's console. */
  CONSOLE_REFUND(4),
  /** Somebody charges at the provider's console. */
  CONSOLE_CHARGE(1),
  /** A transfer is on the statement, and an operator reports it. */
  TRANSFER_ARRIVES(6),
  /** An operator reports that a transfer will not come. */
  TRANSFER_GIVEN_UP(2),
  /** An operator makes a transfer back, or can't, and reports it. */
  TRANSFER_BACK(6),
  /** An operator says what became of an operation that was left to a person. */
  SETTLE_OPERATION(6),
  /** A webhook arrives. */
  DELIVER_WEBHOOK(40),
  /** Somebody sends a webhook that is not the provider's. */
  FORGE_WEBHOOK(6),
  /** We ask the provider what changed. */
  RECONCILE(6),
  /** What is due is done: alarms and deliveries. */
  RUN_DUE_WORK(45),
  /** Time passes: seconds, minutes, or days. */
  TIME_PASSES(14);

  private final int weight;

  StepKind(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
