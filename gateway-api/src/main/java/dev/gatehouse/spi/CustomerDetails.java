package dev.gatehouse.spi;

import dev.gatehouse.validation.EmailAddress;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.Optional;

/**
 * What a provider may be told of the customer. Personal data: never logged, never a fact.
 *
 * @param name the customer's name, in any script
 * @param email where the provider may send a receipt
 * @param locale the customer's language
 */
public record CustomerDetails(
    @NotNull Optional<@SingleLine(max = 255) String> name,
    @NotNull Optional<@EmailAddress String> email,
    @NotNull Optional<Locale> locale) {

  /** Nothing told. */
  public static CustomerDetails none() {
    return new CustomerDetails(Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return "CustomerDetails[redacted]";
  }
}
