package dev.gatehouse;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.operations.Checks;
import dev.gatehouse.validation.InputValidator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says complaints in the caller's language, those of the engine included. Immutable. */
record Language(InputValidator validator, Locale locale) implements Checks {

  @Override
  public <T> T checked(@Nullable T command) {
    return validator.check(command, locale);
  }

  @Override
  public <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidInputException(validator.problem(field, "required", locale, Map.of()));
    }
    return value;
  }

  /** What the work gives, or its complaint in this language: same type, codes, fields, limits. */
  @Override
  public <T> T during(Supplier<T> work) {
    try {
      return work.get();
    } catch (GatehouseException e) {
      throw translated(e);
    }
  }

  private GatehouseException translated(GatehouseException said) {
    List<Problem> problems =
        said.problems().stream().map(p -> validator.translated(p, locale)).toList();
    if (problems.equals(said.problems())) {
      return said;
    }
    GatehouseException translated = withProblems(said, problems);
    translated.setStackTrace(said.getStackTrace());
    return translated;
  }

  private static GatehouseException withProblems(GatehouseException said, List<Problem> problems) {
    if (said instanceof InvalidInputException) {
      return new InvalidInputException(problems);
    }
    if (said instanceof InvalidStateException) {
      return new InvalidStateException(problems);
    }
    if (said instanceof NotFoundException) {
      return new NotFoundException(problems);
    }
    if (said instanceof IdempotencyConflictException) {
      return new IdempotencyConflictException(problems);
    }
    return said instanceof UnsupportedCapabilityException
        ? new UnsupportedCapabilityException(problems)
        : said;
  }
}
