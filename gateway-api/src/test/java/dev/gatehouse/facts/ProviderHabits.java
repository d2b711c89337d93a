package dev.gatehouse.facts;

import java.util.List;
import java.util.Random;
import org.joda.money.CurrencyUnit;

/**
 * How one provider tells of what it does. It changes what can be seen, never what happened.
 *
 * @param currency the currency of the payment
 * @param datesRegisters whether terms and dispute statuses come with an update time
 * @param listsCaptures whether captures have ids
 * @param totalsCaptures whether there is a running total of captures
 * @param listsRefunds whether refunds have ids
 * @param totalsRefunds whether there is a running total of refunds
 * @param namesCharges whether a movement always names its charge
 * @param saysOnlyFailed whether a refund that was undone looks like one that never was
 * @param settlesElsewhere whether the merchant's account is in another currency
 */
public record ProviderHabits(
    CurrencyUnit currency,
    boolean datesRegisters,
    boolean listsCaptures,
    boolean totalsCaptures,
    boolean listsRefunds,
    boolean totalsRefunds,
    boolean namesCharges,
    boolean saysOnlyFailed,
    boolean settlesElsewhere) {

  private static final List<CurrencyUnit> CURRENCIES =
      List.of(CurrencyUnit.USD, CurrencyUnit.EUR, CurrencyUnit.JPY, CurrencyUnit.of("KWD"));

  static ProviderHabits drawnFrom(Random random) {
    boolean listsCaptures = random.nextInt(4) != 0;
    boolean listsRefunds = random.nextInt(4) != 0;
    return new ProviderHabits(
        CURRENCIES.get(random.nextInt(CURRENCIES.size())),
        random.nextBoolean(),
        listsCaptures,
        !listsCaptures || random.nextBoolean(),
        listsRefunds,
        !listsRefunds || random.nextBoolean(),
        random.nextInt(3) != 0,
        random.nextInt(3) == 0,
        random.nextInt(3) == 0);
  }
}
