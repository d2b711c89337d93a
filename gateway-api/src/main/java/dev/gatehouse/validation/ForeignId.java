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
import org.jspecify.annotations.Nullable;

/**
 * The text must be an id as a provider may give it: 1 to {@link #max()} visible ASCII characters,
 * without spaces.
 *
 * <p>Providers' ids are theirs to make up. Some are 16 digits, of which one in ten passes the check
 * for card numbers; so unlike {@link Identifier}, that is no reason to refuse one here. Before it
 * becomes a part of a path or query, it must be encoded. {@code null} is accepted. Problem code:
 * {@code pattern}.
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
@Constraint(validatedBy = ForeignId.Rule.class)
public @interface ForeignId {

  /** The code of the problem, in braces. */
  String message() default "{pattern}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The greatest length allowed, in characters. */
  int max() default 1024;

  /** The rule for strings. */
  final class Rule implements ConstraintValidator<ForeignId, String> {
    private int max;

    @Override
    public void initialize(ForeignId constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      return value == null
          || (!value.isEmpty()
              && value.length() <= max
              && value.chars().allMatch(character -> character > ' ' && character < 0x7F));
    }
  }
}
