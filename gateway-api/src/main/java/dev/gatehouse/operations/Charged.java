package dev.gatehouse.operations;

/** Whether a customer was charged by one payment. */
public enum Charged {
  /** Yes: the money is taken. */
  CHARGED,
  /** Yes, a part; the rest is held. */
  PARTLY_CHARGED,
  /** Yes, and some of it went back. */
  PARTLY_REFUNDED,
  /** Yes, and all of it went back. */
  REFUNDED,
  /** Yes, and a dispute took money back that it has not given again. */
  DISPUTED,
  /** Yes, and the bank took it back: the capture itself was undone. */
  TAKEN_BACK,
  /** No: the money is held, and nothing was taken. */
  HELD,
  /** No: it was not made, failed or was released, and the customer can't go on with it. */
  NOT_CHARGED,
  /**
   * Not when we looked last: what was tried failed. The customer was at the provider and may have
   * tried again there. Look it up before you charge again.
   */
  FAILED_SO_FAR,
  /**
   * Not when we looked last: the customer must do something, and may have done it since. Look it up
   * before you charge again.
   */
  WAITS_FOR_CUSTOMER,
  /** Not yet known to the provider or to the bank. */
  PENDING,
  /**
   * Nobody knows: we asked for the money, and heard no answer that says so. Do not charge again.
   */
  IN_DOUBT,
  /** Nobody can tell: what the provider shows is not what we asked for, or contradicts itself. */
  UNCLEAR;

  /** Whether money was taken, be it that it went back since. */
  public boolean wasTaken() {
    return switch (this) {
      case CHARGED, PARTLY_CHARGED, PARTLY_REFUNDED, REFUNDED, DISPUTED, TAKEN_BACK -> true;
      case HELD, NOT_CHARGED, FAILED_SO_FAR, WAITS_FOR_CUSTOMER, PENDING, IN_DOUBT, UNCLEAR ->
          false;
    };
  }

  /**
   * Whether it is certain that nothing was taken. It is not where the provider may have taken money
   * since we looked last.
   */
  public boolean wasNotTaken() {
    return this == HELD || this == NOT_CHARGED;
  }

  /** Whether a look now may show that the customer paid since we looked last. */
  boolean isTheCustomers() {
    return this == FAILED_SO_FAR || this == WAITS_FOR_CUSTOMER;
  }
}
