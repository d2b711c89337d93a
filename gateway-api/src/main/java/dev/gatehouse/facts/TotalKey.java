package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import org.joda.money.CurrencyUnit;

/**
 * Which running total of the provider a {@link Counter} holds.
 *
 * @param kind what is totalled: captures or refunds
 * @param charge the attempt that it belongs to
 * @param currency the currency of the minor units
 */
public record TotalKey(MovementKind kind, String charge, CurrencyUnit currency)
    implements Comparable<TotalKey> {

  /** Refuses missing parts. */
  public TotalKey {
    required("kind", kind);
    required("charge", charge);
    required("currency", currency);
  }

  @Override
  public int compareTo(TotalKey other) {
    int byKind = kind.compareTo(other.kind);
    int byCharge = byKind != 0 ? byKind : charge.compareTo(other.charge);
    return byCharge != 0 ? byCharge : currency.compareTo(other.currency);
  }
}
