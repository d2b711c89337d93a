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
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The text or URI must be an absolute {@code https} address; {@code http} is accepted for the
 * loopback hosts only ({@code localhost}, {@code 127.0.0.0/8}, {@code [::1]}).
 *
 * <p>It needs a host, may not carry user information, is written in ASCII (other characters
 * percent-encoded, host names in their {@code xn--} form) and has at most {@link #max()}
 * characters. Syntax: RFC 2396 as read by {@link URI}. {@code null} is accepted. Problem code:
 * {@code https-url}.
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
@Constraint(validatedBy = {HttpsUrl.OfString.class, HttpsUrl.OfUri.class})
public @interface HttpsUrl {

  /** The code of the problem, in braces. */
  String message() default "{https-url}";

  /** Validation groups; {@link InputValidator} checks the default group. */
  Class<?>[] groups() default {};

  /** Unused by Gatehouse; required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** The greatest length allowed, in characters. */
  int max() default 2048;

  /** The rule for strings. */
  final class OfString implements ConstraintValidator<HttpsUrl, String> {
    private int max;

    @Override
    public void initialize(HttpsUrl constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
      return value == null || (value.length() <= max && WebAddress.isAcceptable(value));
    }
  }

  /** The rule for URIs. */
  final class OfUri implements ConstraintValidator<HttpsUrl, URI> {
    /** Whether an address obeys the rule, whatever its length. */
    public static boolean isHttps(URI address) {
      return WebAddress.isAcceptable(address);
    }

    private int max;

    @Override
    public void initialize(HttpsUrl constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable URI value, ConstraintValidatorContext context) {
      return value == null || (value.toString().length() <= max && WebAddress.isAcceptable(value));
    }
  }
}
