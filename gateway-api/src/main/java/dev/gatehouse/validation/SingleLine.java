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
 * The text must be one readable line, such as a name or a description: not blank, at most {@link
 * #max()} code points, without control characters and without a card number.
 *
 * <p>Every script and emoji are welcome, and so are the joiners and direction marks that they need.
 * Refused are control characters, line and paragraph separators, the two direction overrides (which
 * show a text other than the one stored) and halves of surrogate pairs (which no encoding can
 * carry). {@code null} is accepted. Problem codes, as many as apply: {@code single-line}, {@code
 * not-blank}, {@code too-long}, {@code card-number}; {@link #message()} replaces the first only.
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
@Constraint(validatedBy = SingleLine.Rule.class)
public @interface SingleLine {

  /** The code of the problem, in braces. */
  String message() default "{single-line}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The greatest length allowed, in Unicode code points. */
  int max() default 255;

  /** The rule for strings. */
  final class Rule implements ConstraintValidator<SingleLine, String> {
    private int max;
    private String message = "";

    /** Whether a text has neither line breaks nor characters that cannot be shown. */
    public static boolean isOneLine(String text) {
      return Text.allIn(text, Text::belongsOnOneLine);
    }

    @Override
    public void initialize(SingleLine constraint) {
      max = constraint.max();
      message = constraint.message();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      if (value == null) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      boolean valid = true;
      if (!isOneLine(value)) {
        context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
        valid = false;
      }
      if (Text.isBlank(value)) {
        valid = Text.refuse(context, "not-blank");
      }
      if (value.codePointCount(0, value.length()) > max) {
        valid = Text.refuse(context, "too-long");
      }
      if (CardNumbers.anyIn(value)) {
        valid = Text.refuse(context, CardNumbers.CODE);
      }
      return valid;
    }
  }
}
