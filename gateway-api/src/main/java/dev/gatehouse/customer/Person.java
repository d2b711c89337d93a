package dev.gatehouse.customer;

import dev.gatehouse.validation.EmailAddress;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.text.Normalizer;
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
  /**
   * An e-mail address as it is compared with others: without spaces around it, composed (Unicode
   * NFC) and in small letters. Providers that tell capitals apart in the part before the {@code @}
   * are not known, people who type them are.
   */
  public static String comparable(String email) {
    return Normalizer.normalize(email.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "Person[redacted]";
  }
}
