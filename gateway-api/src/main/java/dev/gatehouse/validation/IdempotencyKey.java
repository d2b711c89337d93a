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
 * The text must be a key that a caller may give a command: an {@link Identifier} that does not
 * begin with {@value #RESERVED}.
 *
 * <p>Keys that begin so stand for operations that Gatehouse begins by itself, such as giving back
 * what was paid twice; a caller's command under such a key would be taken for one of them. {@code
 * null} is accepted. Problem codes: {@code identifier}, {@code card-number}, {@code key.reserved}.
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
@Constraint(validatedBy = IdempotencyKey.Rule.class)
public @interface IdempotencyKey {
  /** What the keys of operations that nobody asked for begin with. */
  String RESERVED = "gatehouse:";

  /** The code of the problem, in braces. */
  String message() default "{identifier}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The greatest length allowed, in characters. */
  int max() default 255;

  /** The rule for strings. */
  final class Rule implements ConstraintValidator<IdempotencyKey, String> {
    private int max;

    @Override
    public void initialize(IdempotencyKey constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      if (value == null) {
        return true;
      }
      if (!Text.isIdentifier(value, max)) {
        return false;
      }
      if (CardNumbers.isOne(value)) {
        return Text.refuse(context, CardNumbers.CODE);
      }
      return !value.startsWith(RESERVED) || Text.refuse(context, "key.reserved");
    }
  }
}
