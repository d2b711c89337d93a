package dev.gatehouse.customer;

import dev.gatehouse.validation.EmailAddress;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;

/**
 * Personal data of a customer. It lives beside the facts, so that it can be erased without
 * forgetting them. Never logged.
 *
 * @param name the customer's name, in any script
 * @param email the customer's e-mail address
 * @param locale the customer's language
 */
public record Person(
    @NotNull @SingleLine(max = 255) String name,
    @NotNull @EmailAddress String email,
    @NotNull Locale locale) {
  @Override
  public String toString() {
    return "Person[redacted]";
  }
}
