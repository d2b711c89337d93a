package dev.gatehouse.id;

/**
 * The id of a checkout.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record CheckoutId(String value) implements Comparable<CheckoutId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public CheckoutId {
    Ids.checked("checkout", value);
  }

  @Override
  public int compareTo(CheckoutId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
