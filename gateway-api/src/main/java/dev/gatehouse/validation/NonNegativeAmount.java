package dev.gatehouse.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The amount must be zero or greater, in whatever currency. {@code null} is accepted. Problem code:
 * {@code money.non-negative}.
 */
@Documented
@Target({
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.ANNOTATION_TYPE,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NonNegativeAmount.Rule.class)
public @interface NonNegativeAmount {

  /** The code of the problem, in braces. */
  String message() default "{money.non-negative}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The rule for {@link Money}: zero or greater. */
  final class Rule implements ConstraintValidator<NonNegativeAmount, Money> {
    @Override
    public boolean isValid(@Nullable Money value, ConstraintValidatorContext context) {
      return value == null
          || (value.isPositiveOrZero()
              && (Amount.isWritable(value) || Text.refuse(context, Amount.TOO_MUCH)));
    }
  }
}
