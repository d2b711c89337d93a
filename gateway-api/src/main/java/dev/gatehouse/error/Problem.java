package dev.gatehouse.error;

import java.util.Map;

/**
 * One thing that is wrong: where, what, and what to do about it. Never holds a secret.
 *
 * @param field the field, setting or id concerned, as the caller knows it, such as {@code
 *     lines[0].amount} or {@code secret-key}
 * @param code a stable, machine-readable name of the problem, such as {@code money.positive}
 * @param message what is wrong, as a sentence for a person
 * @param remedy what to do, as a sentence for a person
 * @param limits what the sentences name, such as {@code max} or {@code currency}, so that they can
 *     be said in another language
 */
public record Problem(
    String field, String code, String message, String remedy, Map<String, String> limits) {

  /** Copies the limits. */
  public Problem {
    limits = Map.copyOf(limits);
  }

  /** A problem whose sentences name no limits. */
  public Problem(String field, String code, String message, String remedy) {
    this(field, code, message, remedy, Map.of());
  }

  /** One line: {@code field: message; remedy}. */
  public String describe() {
    return field + ": " + message + "; " + remedy;
  }
}
