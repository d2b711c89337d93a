package dev.gatehouse.json;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.util.List;

/**
 * A document is not what it should be, and nothing was made of it. The problem's field is the place
 * as a JSON path, such as {@code $.facts.attempts[0].amount}. It never shows what stands there.
 */
public final class UnreadableJsonException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  private final String document;

  UnreadableJsonException(String document, Problem problem) {
    super(ErrorCategory.VALIDATION, List.of(problem), null);
    this.document = document;
  }

  /** What it should have been, such as {@code payment}. */
  public String document() {
    return document;
  }

  @Override
  public String getMessage() {
    return "the JSON of a record (" + document + ") can't be read: " + super.getMessage();
  }
}
