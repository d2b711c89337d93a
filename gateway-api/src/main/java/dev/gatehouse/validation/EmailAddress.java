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
 * The text must look like one e-mail address: one {@code @} with something on both sides, at most
 * 254 characters (64 before the {@code @}), no spaces, control or invisible characters, none of the
 * characters that have a meaning in a mail header.
 *
 * <p>International addresses are accepted; quoted local parts, comments and address literals of RFC
 * 5321 are not. Stricter than the {@code @Email} of Jakarta Validation, which accepts empty text.
 * Whether the address exists is not checked. {@code null} is accepted. Problem code: {@code email}.
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
@Constraint(validatedBy = EmailAddress.Rule.class)
public @interface EmailAddress {

  /** The code of the problem, in braces. */
  String message() default "{email}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The rule for strings. */
  final class Rule implements ConstraintValidator<EmailAddress, String> {
    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      return value == null || Text.isEmailAddress(value);
    }
  }
}
