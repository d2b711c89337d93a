package dev.gatehouse.spi;

import dev.gatehouse.validation.EmailAddress;
import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;
import java.util.Optional;

/**
 * What a provider may be told of the customer. Personal data: never logged, never a fact.
 *
 * @param name the customer's name, in any script
 * @param email where the provider may send a receipt
 * @param locale the customer's language
 * @param reference our id of the customer, the same for all that it ever does; a provider that
 *     keeps customers of its own keeps one for it. There unless the customer was erased
 * @param providerId the provider's id of the customer, as {@link
 *     dev.gatehouse.facts.Credential#ownedBy} told it: of the stored method that is used, or else
 *     of one that the customer has. Empty if none is known, be it that there is one
 */
public record CustomerDetails(
    @NotNull Optional<@SingleLine(max = 255) String> name,
    @NotNull Optional<@EmailAddress String> email,
    @NotNull Optional<Locale> locale,
    @NotNull Optional<@Identifier(max = 64) @Pattern(regexp = Forms.REFERENCE) String> reference,
    @NotNull Optional<@ForeignId String> providerId) {

  /** Without ids, as it was in version 1 of the SPI. */
  public CustomerDetails(Optional<String> name, Optional<String> email, Optional<Locale> locale) {
    this(name, email, locale, Optional.empty(), Optional.empty());
  }

  /** Nothing told. */
  public static CustomerDetails none() {
    return new CustomerDetails(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** This, with our id of the customer. */
  public CustomerDetails of(String ourId) {
    return new CustomerDetails(name, email, locale, Optional.of(ourId), providerId);
  }

  /** This, with the provider's id of the customer, if it is known. */
  public CustomerDetails knownAs(Optional<String> theirId) {
    return new CustomerDetails(name, email, locale, reference, theirId);
  }

  @Override
  public String toString() {
    return "CustomerDetails[redacted]";
  }
}
