package dev.gatehouse.validation;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.bootstrap.GenericBootstrap;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks requests and commands against the constraints written on them, and says in the caller's
 * language what is wrong.
 *
 * <p>It uses the Jakarta Validation 3.1 provider that it finds, such as Hibernate Validator, and
 * needs no expression language. A {@code validation.xml} is not read: the rules are those in the
 * code. Creating one takes tens of milliseconds; create one and share it. Immutable and safe for
 * use by many threads.
 */
public final class InputValidator {
  private static final Comparator<Finding> READING_ORDER =
      Comparator.comparing((Finding finding) -> finding.place().order())
          .thenComparing(Finding::code)
          .thenComparing(Finding::toString);

  private final Validator validator;
  private final Evident evident;
  private final Messages messages;

  private InputValidator(Validator validator, Messages messages) {
    this.validator = validator;
    this.evident = new Evident(validator);
    this.messages = messages;
  }

  /**
   * Creates one on the provider found on the class path or module path.
   *
   * @throws ConfigurationException if there is no provider, or if it does not start
   */
  public static InputValidator create() {
    return create(Validation.byDefaultProvider());
  }

  /** As {@link #create()}, on a provider looked for elsewhere. */
  static InputValidator create(GenericBootstrap bootstrap) {
    try {
      // The factory is not closed: it must live as long as its validator, and holds no thread.
      Validator validator =
          bootstrap
              .configure()
              .ignoreXmlConfiguration()
              .messageInterpolator(new Untouched())
              .buildValidatorFactory()
              .getValidator();
      return new InputValidator(validator, Messages.load());
    } catch (NoProviderFoundException none) {
      throw new ConfigurationException(noProvider());
    } catch (ValidationException failure) {
      throw new ConfigurationException(providerFailed(failure));
    }
  }

  /**
   * Returns the bean if it obeys all its constraints.
   *
   * @param bean a record or object whose components carry constraints; {@code null} is a problem
   *     with the code {@code required} of the field {@code input}
   * @param locale the language of the problems; {@code null} reads as English
   * @throws InvalidInputException with all problems, ordered by field, then by code
   * @throws ConfigurationException if the constraints themselves are wrong (such as an amount's
   *     constraint on a text) or the bean cannot be read; a bug of who declared it
   */
  public <T> T check(@Nullable T bean, @Nullable Locale locale) {
    List<Problem> problems = problems(bean, locale);
    if (bean == null || !problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return bean;
  }

  /**
   * Lists what {@link #check} would throw, in the same order, for callers that add problems of
   * their own; empty if nothing is wrong. Of a record whose list is longer than its {@code @Size}
   * allows, only that is said: the entries are not looked at.
   *
   * @throws ConfigurationException as {@link #check}
   */
  public List<Problem> problems(@Nullable Object bean, @Nullable Locale locale) {
    if (bean == null) {
      return List.of(problem(Place.ROOT, "required", locale, Map.of()));
    }
    List<Problem> endless = Lengths.exceeded(bean, locale, messages);
    if (!endless.isEmpty()) {
      return endless;
    }
    if (evident.isValid(bean)) {
      return List.of();
    }
    return violations(bean).stream()
        .map(violation -> Finding.of(violation, messages))
        .sorted(READING_ORDER)
        .map(finding -> finding.in(locale, messages))
        .distinct()
        .toList();
  }

  /** Says in that language what is wrong with a field; see {@link Messages#problem}. */
  public Problem problem(
      String field, String code, @Nullable Locale locale, Map<String, ?> arguments) {
    return messages.problem(field, code, locale, arguments);
  }

  /** The same problem in that language; see {@link Messages#translated}. */
  public Problem translated(Problem problem, @Nullable Locale locale) {
    return messages.translated(problem, locale);
  }

  /** Providers let more than their own exceptions out, such as those of reflection. */
  private Set<ConstraintViolation<Object>> violations(Object bean) {
    try {
      return validator.validate(bean);
    } catch (RuntimeException failure) {
      throw new ConfigurationException(unreadable(bean.getClass(), failure));
    }
  }

  private static Problem noProvider() {
    return new Problem(
        "jakarta.validation",
        "validation.no-provider",
        "no Jakarta Validation provider is on the class path or module path",
        "add org.hibernate.validator:hibernate-validator 9.1 or later at run time");
  }

  private static Problem providerFailed(ValidationException failure) {
    return new Problem(
        "jakarta.validation",
        "validation.provider-failed",
        "the Jakarta Validation provider did not start: " + failure.getMessage(),
        "check the version and the dependencies of hibernate-validator (9.1 or later)");
  }

  /** Names classes only: the failure's own message may show what the bean holds. */
  private static Problem unreadable(Class<?> type, RuntimeException failure) {
    return new Problem(
        type.getName(),
        "validation.not-checkable",
        "its constraints cannot be checked (" + failure.getClass().getName() + ")",
        "put each constraint on a type that it supports, and open the package "
            + type.getPackageName()
            + " to org.hibernate.validator if it is in a named module");
  }
}
