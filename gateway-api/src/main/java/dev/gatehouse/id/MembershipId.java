package dev.gatehouse.id;

/**
 * The id of a membership.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; no card number
 */
public record MembershipId(String value) implements Comparable<MembershipId> {

  /** Checks the form; throws {@link dev.gatehouse.error.InvalidInputException} if it is wrong. */
  public MembershipId {
    Ids.checked("membership", value);
  }

  @Override
  public int compareTo(MembershipId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
