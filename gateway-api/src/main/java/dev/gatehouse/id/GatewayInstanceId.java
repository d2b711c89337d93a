package dev.gatehouse.id;

/**
 * The id of a gateway as configured here, such as {@code stripe-eu}; not the id of its provider.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record GatewayInstanceId(String value) implements Comparable<GatewayInstanceId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public GatewayInstanceId {
    Ids.checked("gateway", value);
  }

  @Override
  public int compareTo(GatewayInstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
