package dev.gatehouse.facts;

import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The balances of one payment in a provider's books, in minor units. Each happening changes them by
 * its amount; nothing is ever summed up from a list, so that this shares no arithmetic with {@link
 * Totals}.
 */
final class LedgerBalances {
  private long authorized;
  private long captured;
  private long capturing;
  private long uncaptured;
  private long refunded;
  private long refunding;
  private long disputed;

  void hold(long minor) {
    authorized += minor;
  }

  void release(long minor) {
    authorized -= minor;
  }

  void opened(MovementKind kind, long minor) {
    if (kind == MovementKind.CAPTURE) {
      capturing += minor;
    } else if (kind == MovementKind.REFUND) {
      refunding += minor;
    }
  }

  void closed(MovementKind kind, long minor) {
    opened(kind, -minor);
  }

  void done(MovementKind kind, long minor) {
    switch (kind) {
      case CAPTURE -> captured += minor;
      case REFUND -> refunded += minor;
      case DISPUTE_WITHDRAWAL -> disputed += minor;
      case DISPUTE_REINSTATEMENT -> disputed -= minor;
    }
  }

  void undone(MovementKind kind, long minor) {
    if (kind == MovementKind.CAPTURE) {
      uncaptured += minor;
    } else {
      done(kind, -minor);
    }
  }

  boolean holdsMoney() {
    return authorized > 0;
  }

  /** What was ever taken. */
  long captured() {
    return captured;
  }

  /** What was taken and did not come undone. */
  long stayed() {
    return captured - uncaptured;
  }

  long refunded() {
    return refunded;
  }

  long kept() {
    return captured - uncaptured - refunded - disputed;
  }

  Totals totals(CurrencyUnit currency) {
    return new Totals(
        Money.ofMinor(currency, authorized),
        Money.ofMinor(currency, captured),
        Money.ofMinor(currency, capturing),
        Money.ofMinor(currency, uncaptured),
        Money.ofMinor(currency, refunded),
        Money.ofMinor(currency, refunding),
        Money.ofMinor(currency, disputed));
  }
}
