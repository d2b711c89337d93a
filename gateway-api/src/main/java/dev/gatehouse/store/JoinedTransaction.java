package dev.gatehouse.store;

/**
 * A transaction of the application's own, on the database where a store keeps its records. A
 * durable store hands it out; {@code Gatehouse.within} takes it.
 *
 * <p>For one transaction, and like its connection for one thread at a time.
 */
public interface JoinedTransaction {
  /**
   * The records as that transaction sees them. A commit here is kept if the application commits,
   * and only then; one that is refused leaves the transaction as it was. Nothing here commits,
   * rolls back or closes what is the application's.
   *
   * <p>A commit with a payment is refused with {@link dev.gatehouse.error.InvalidStateException}:
   * what was asked of a gateway can't be rolled back, so the intent must be safe before the call.
   */
  Store store();
}
