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
 * The text must not contain a payment card number: 13 to 19 digits, of any script, that pass the
 * Luhn check, together or in groups set apart by spaces, dashes, dots, underscores or invisible
 * characters.
 *
 * <p>Gatehouse holds no card numbers, and free text is where people put them by mistake. One in ten
 * digit runs of that length passes the check by chance; such a text is refused too. {@code null} is
 * accepted. Problem code: {@code card-number}.
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
@Constraint(validatedBy = NoCardNumber.Rule.class)
public @interface NoCardNumber {

  /** The code of the problem, in braces. */
  String message() default "{card-number}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The rule for every kind of text. */
  final class Rule implements ConstraintValidator<NoCardNumber, CharSequence> {
    /**
     * Whether a text is or holds a card number; of one word that could be an identifier, only
     * whether it is one as a whole, as {@link Identifier} has it.
     */
    public static boolean isIn(String text) {
      return Text.isIdentifier(text, Integer.MAX_VALUE)
          ? CardNumbers.isOne(text)
          : CardNumbers.anyIn(text);
    }

    @Override
    public boolean isValid(@Nullable CharSequence value, ConstraintValidatorContext context) {
      return value == null || !CardNumbers.anyIn(value);
    }
  }
}
