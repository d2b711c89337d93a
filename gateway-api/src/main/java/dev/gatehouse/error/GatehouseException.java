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
  private static final int MOST_IN_MESSAGE = 20;
  private static final Problem UNTOLD =
      new Problem("unknown", "untold", "something is wrong that was not told", "look at the cause");

  private final ErrorCategory category;
  private final transient List<Problem> problems;

  /**
   * For subclasses: at least one problem, in the order in which a person should read them. None
   * given is a problem of its own: an error that says nothing helps nobody.
   */
  protected GatehouseException(
      ErrorCategory category, List<Problem> problems, @Nullable Throwable cause) {
    super(text(problems), cause);
    this.category = category;
    this.problems = problems.isEmpty() ? List.of(UNTOLD) : List.copyOf(problems);
  }

  /** The message is read in logs, where a thousand problems help less than the first few. */
  private static String text(List<Problem> problems) {
    String text =
        (problems.isEmpty() ? List.of(UNTOLD) : problems)
            .stream()
                .limit(MOST_IN_MESSAGE)
                .map(Problem::describe)
                .collect(Collectors.joining(" | "));
    int more = problems.size() - MOST_IN_MESSAGE;
    return more > 0 ? text + " | and " + more + " more" : text;
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
