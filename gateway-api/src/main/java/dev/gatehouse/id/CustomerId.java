package dev.gatehouse.id;

/**
 * The id of a customer.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record CustomerId(String value) implements Comparable<CustomerId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public CustomerId {
    Ids.checked("customer", value);
  }

  @Override
  public int compareTo(CustomerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
