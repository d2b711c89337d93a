package dev.gatehouse.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A charge that was asked for.
 *
 * @param account the account that it is for
 * @param reference our reference, if it was told
 * @param key the idempotency key; empty for what the console does
 * @param amount what it is for
 * @param held how long the money is held; empty if it is taken at once
 * @param storing the id under which the payment method is stored when it succeeds, if it is
 * @param details what else this provider remembers of a charge, such as where the customer returns
 */
public record Order<T>(
    String account,
    Optional<String> reference,
    Optional<String> key,
    Money amount,
    Optional<Duration> held,
    Optional<String> storing,
    T details) {

  /** An order that takes the money at once and stores nothing. */
  public static <T> Order<T> sale(
      String account, Optional<String> reference, Optional<String> key, Money amount, T details) {
    return new Order<>(
        account, reference, key, amount, Optional.empty(), Optional.empty(), details);
  }

  /** This, with the money held for so long instead of taken. */
  public Order<T> holding(Duration time) {
    return new Order<>(account, reference, key, amount, Optional.of(time), storing, details);
  }

  /** This, storing the payment method under an id. */
  public Order<T> storing(String method) {
    return new Order<>(account, reference, key, amount, held, Optional.of(method), details);
  }
}
