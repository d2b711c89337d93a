package dev.gatehouse.store;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.util.List;

/** Somebody else committed first; nothing of this commit was kept. Load again and decide again. */
public final class StaleVersionException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** Names the record whose version is not the stored one. */
  public StaleVersionException(String record) {
    super(
        ErrorCategory.INVALID_STATE,
        List.of(
            new Problem(
                record, "store.stale", "was changed by somebody else", "load it and try again")),
        null);
  }
}
