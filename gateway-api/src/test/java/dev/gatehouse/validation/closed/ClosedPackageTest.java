package dev.gatehouse.validation.closed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.InputValidator;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Runs on the module path; this package is opened to nobody. */
class ClosedPackageTest {
  record Command(@Identifier String id) {}

  @Test
  void a_record_in_a_closed_package_is_refused_with_the_remedy() {
    assumeTrue(getClass().getModule().isNamed(), "needs the module path: nothing is closed else");
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> InputValidator.create().check(new Command("sk_live"), Locale.ENGLISH));
    assertThat(failure.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(Command.class.getName());
              assertThat(problem.remedy())
                  .contains("open the package " + getClass().getPackageName());
            });
  }
}
