package dev.gatehouse.id;

import dev.gatehouse.validation.Identifier;

/**
 * The id of a payment; it is also our reference at the provider.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record PaymentId(String value) implements Comparable<PaymentId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public PaymentId {
    Ids.checked("payment", value);
  }

  /** Whether a text could be the id of a payment of ours. */
  public static boolean isWellFormed(String text) {
    return Ids.isWellFormed(text) && !Identifier.Rule.isCardNumber(text);
  }

  @Override
  public int compareTo(PaymentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
