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
 * The text must be an identifier: 1 to {@link #max()} characters out of {@code A-Z a-z 0-9 . _ :
 * -}.
 *
 * <p>An identifier that as a whole is a card number (13 to 19 digits that pass the Luhn check, with
 * or without separators) is refused; digits inside a longer identifier are not looked at. {@code
 * null} is accepted. Problem codes: {@code identifier}, {@code card-number}.
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
@Constraint(validatedBy = Identifier.Rule.class)
public @interface Identifier {

  /** The code of the problem, in braces. */
  String message() default "{identifier}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The greatest length allowed, in characters. */
  int max() default 255;

  /** The rule for strings. */
  final class Rule implements ConstraintValidator<Identifier, String> {
    private int max;

    @Override
    public void initialize(Identifier constraint) {
      max = constraint.max();
    }

    /** Whether a text as a whole is a card number, separators aside. */
    public static boolean isCardNumber(String text) {
      return CardNumbers.isOne(text);
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      if (value == null) {
        return true;
      }
      if (!Text.isIdentifier(value, max)) {
        return false;
      }
      return !CardNumbers.isOne(value) || Text.refuse(context, CardNumbers.CODE);
    }
  }
}
