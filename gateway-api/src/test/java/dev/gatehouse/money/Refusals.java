package dev.gatehouse.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says what a refusal complains about, as {@code field code} lines. */
final class Refusals {
  private Refusals() {}

  static ListAssert<String> assertRefused(ThrowingCallable call) {
    InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, call);
    assertThat(refused).as("a typed refusal").isNotNull();
    return assertProblems(refused.problems());
  }

  static ListAssert<String> assertProblems(List<Problem> problems) {
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.message()).isNotBlank().hasSizeLessThan(300);
              assertThat(problem.remedy()).isNotBlank().hasSizeLessThan(300);
            });
    return assertThat(problems.stream().map(p -> p.field() + " " + p.code()).toList());
  }
}
