package dev.gatehouse.id;

/**
 * The id of a plan in the shop's catalogue.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record PlanId(String value) implements Comparable<PlanId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public PlanId {
    Ids.checked("plan", value);
  }

  @Override
  public int compareTo(PlanId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
