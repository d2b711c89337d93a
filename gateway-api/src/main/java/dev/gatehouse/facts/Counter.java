package dev.gatehouse.facts;

/**
 * A provider's running total that comes without ids and can't fall. Joining keeps the larger.
 *
 * @param minor the total in the currency's minor units; zero or more
 */
public record Counter(long minor) implements Joinable<Counter> {

  /** Refuses a negative total. */
  public Counter {
    if (minor < 0) {
      throw Amounts.negative("total");
    }
  }

  @Override
  public Counter join(Counter other) {
    return other.minor > minor ? other : this;
  }
}
