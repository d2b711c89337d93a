package dev.gatehouse.spi;

import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.NoCardNumber;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What the customer pays with. None of these can hold a card number. */
public sealed interface PaymentMethod {
  /** The type, such as {@code card}, as listed by {@link GatewayDescription#methods()}. */
  String type();

  /**
   * A token that the provider's script made in the customer's browser.
   *
   * @param type the type, such as {@code card}
   * @param token the provider's token; not a card number
   */
  record Token(
      @NotNull @Identifier(max = 32) String type,
      @NotBlank @Size(max = 1024) @NoCardNumber String token)
      implements PaymentMethod {
    @Override
    public String toString() {
      return "Token[" + type + ", redacted]";
    }
  }

  /**
   * A method that was stored with an earlier charge.
   *
   * @param type the type, such as {@code card}
   * @param id the provider's id of the stored method, as {@link
   *     dev.gatehouse.facts.Attempt#storing} reported it: at most 255 of {@code
   *     A-Za-z0-9._:/+=|~-}, and no card number
   */
  record Stored(
      @NotNull @Identifier(max = 32) String type,
      @NotNull @Pattern(regexp = Forms.STORED) @NoCardNumber String id)
      implements PaymentMethod {}

  /**
   * A method that needs no token: the customer is sent to the provider, or transfers the money.
   *
   * @param type the type, such as {@code bank_transfer}
   */
  record OfType(@NotNull @Identifier(max = 32) String type) implements PaymentMethod {}
}
