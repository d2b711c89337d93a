package dev.gatehouse.testkit.simulator;

/** What must hold after every step, or at the end. */
public enum Invariant {
  /** Every request that can move money is saved, with its key, before it is sent. */
  INTENT_FIRST,
  /** At most one effect at the provider per operation. */
  ONE_EFFECT,
  /** What we request never exceeds what may be captured or refunded. */
  WITHIN_FUNDS,
  /** What is said to have had no effect had none. */
  ABSENCE_IS_TRUE,
  /** A fact is never forgotten; nor is an operation, a send, or that an event was raised. */
  FACTS_GROW,
  /** Every event that a record says was raised is committed with it, once, and none besides. */
  EVENTS_ARE_TRUE,
  /** Hooks get every event, first in the order of its subject, always with the same id. */
  HOOKS_HEAR_ALL,
  /** No secret and no personal data in an event, an exception or a {@code toString}. */
  NO_SECRETS,
  /** What is not verified changes nothing. */
  UNVERIFIED_CHANGES_NOTHING,
  /** Whatever goes wrong, callers get typed errors. */
  TYPED_ERRORS,
  /** In the end, every operation is resolved or in a person's hands. */
  RESOLVED,
  /** In the end, we know what the provider did: states and sums are those of its ledger. */
  VIEW_IS_TRUE,
  /** A checkout is paid at most once, or the excess is seen and handled. */
  PAID_ONCE,
  /** In the end, a checkout is completed if and only if it is paid, and so is its membership. */
  COMPLETED_IFF_PAID
}
