package dev.gatehouse.validation;

import jakarta.validation.MessageInterpolator;
import java.util.Locale;

/**
 * Leaves a message as it is. Texts are chosen after the validation, in the caller's language; here
 * nothing is looked up or evaluated, so that no expression language is needed and no value is seen.
 */
final class Untouched implements MessageInterpolator {
  @Override
  public String interpolate(String template, Context context) {
    return template;
  }

  @Override
  public String interpolate(String template, Context context, Locale locale) {
    return template;
  }
}
