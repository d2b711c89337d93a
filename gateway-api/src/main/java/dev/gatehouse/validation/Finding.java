package dev.gatehouse.validation;

import dev.gatehouse.error.Problem;
import jakarta.validation.ConstraintViolation;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's violation means to us: where, which code, and the limits its text may name. The
 * offending value is never asked for.
 */
record Finding(
    Place place, String code, String key, @Nullable String literal, Map<String, Object> limits) {

  private static final Pattern BRACED = Pattern.compile("\\{([A-Za-z][A-Za-z0-9._-]{0,99})}");
  private static final String STANDARD_PREFIX = "jakarta.validation.constraints.";
  private static final String STANDARD_SUFFIX = ".message";
  private static final Map<String, String> STANDARD_CODES =
      Map.ofEntries(
          Map.entry("NotNull", "required"),
          Map.entry("NotBlank", "not-blank"),
          Map.entry("NotEmpty", "not-empty"),
          Map.entry("Size", "size"),
          Map.entry("Pattern", "pattern"),
          Map.entry("Email", "email"),
          Map.entry("Positive", "positive"),
          Map.entry("PositiveOrZero", "positive-or-zero"),
          Map.entry("Negative", "negative"),
          Map.entry("NegativeOrZero", "negative-or-zero"),
          Map.entry("Min", "min"),
          Map.entry("DecimalMin", "min"),
          Map.entry("Max", "max"),
          Map.entry("DecimalMax", "max"),
          Map.entry("Digits", "digits"),
          Map.entry("Past", "past"),
          Map.entry("PastOrPresent", "past-or-present"),
          Map.entry("Future", "future"),
          Map.entry("FutureOrPresent", "future-or-present"));

  static Finding of(ConstraintViolation<?> violation, Messages messages) {
    String template = Objects.toString(violation.getMessageTemplate(), "");
    // A template that a validator made at run time may hold the offending value; one written in the
    // annotation can't.
    boolean isWrittenInSource =
        template.equals(violation.getConstraintDescriptor().getMessageTemplate());
    Place place = Place.of(violation.getPropertyPath());
    Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
    Matcher braced = BRACED.matcher(template);
    if (braced.matches()) {
      String code = code(braced.group(1));
      String safe = isWrittenInSource || messages.knows(code) ? code : Messages.INVALID;
      return new Finding(place, safe, key(safe, attributes), null, limits(safe, attributes));
    }
    String literal = isWrittenInSource ? template : null;
    return new Finding(place, Messages.INVALID, Messages.INVALID, literal, Map.of());
  }

  Problem in(@Nullable Locale locale, Messages messages) {
    Problem problem = messages.problem(place.text(), code, key, locale, limits);
    return literal == null
        ? problem
        : new Problem(problem.field(), problem.code(), literal, problem.remedy());
  }

  private static String code(String name) {
    if (!name.startsWith(STANDARD_PREFIX) || !name.endsWith(STANDARD_SUFFIX)) {
      return name;
    }
    String constraint =
        name.substring(STANDARD_PREFIX.length(), name.length() - STANDARD_SUFFIX.length());
    return STANDARD_CODES.getOrDefault(constraint, Messages.INVALID);
  }

  /** A size with one limit only reads badly with both. */
  private static String key(String code, Map<String, Object> attributes) {
    if (!code.equals("size")) {
      return code;
    }
    if (Integer.valueOf(0).equals(attributes.get("min"))) {
      return "size.at-most";
    }
    return Integer.valueOf(Integer.MAX_VALUE).equals(attributes.get("max"))
        ? "size.at-least"
        : "size";
  }

  /**
   * The limits of the constraint, under one name each: the standard calls several of them value.
   */
  private static Map<String, Object> limits(String code, Map<String, Object> attributes) {
    Map<String, Object> limits = new TreeMap<>();
    for (String name : new String[] {"min", "max", "integer", "fraction"}) {
      if (attributes.get(name) instanceof Number number) {
        limits.put(name, number);
      }
    }
    Object value = attributes.get("value");
    if ((code.equals("min") || code.equals("max")) && value != null) {
      limits.put(code, value);
    }
    return limits;
  }
}
