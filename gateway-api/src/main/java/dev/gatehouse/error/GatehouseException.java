package dev.gatehouse.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Gatehouse throws on purpose. Each says which {@linkplain
 * #category() category} it is of and lists its {@linkplain #problems() problems}; none shows a
 * secret.
 */
public abstract class GatehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCategory category;
  private final transient List<Problem> problems;

  /** For subclasses: at least one problem, in the order in which a person should read them. */
  protected GatehouseException(
      ErrorCategory category, List<Problem> problems, @Nullable Throwable cause) {
    super(problems.stream().map(Problem::describe).collect(Collectors.joining(" | ")), cause);
    this.category = category;
    this.problems = List.copyOf(problems);
  }

  /** Which kind of error this is, and so whether a retry can help. */
  public ErrorCategory category() {
    return category;
  }

  /** Everything that is wrong, each with its place and its remedy; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
