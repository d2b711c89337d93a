package dev.gatehouse.testkit.simulator;

/** What a store's driver throws when it can't do its work, or can't say whether it did. */
final class StoreDown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreDown(String message) {
    super(message, null, false, false);
  }
}
