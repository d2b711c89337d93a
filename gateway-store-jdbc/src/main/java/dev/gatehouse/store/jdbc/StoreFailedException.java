package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database could not do its work. With {@link ErrorCategory#UNAVAILABLE} nothing was kept, and
 * the same call may be made again later. With {@link ErrorCategory#UNKNOWN_OUTCOME} the connection
 * was lost while a change was under way, and whether it was kept could not be found out: look at
 * what is stored before anything else.
 */
public final class StoreFailedException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  StoreFailedException(ErrorCategory category, Problem problem, @Nullable Throwable cause) {
    super(category, List.of(problem), cause);
  }
}
