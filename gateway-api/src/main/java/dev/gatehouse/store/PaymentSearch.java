package dev.gatehouse.store;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.Concern;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** What payments are looked for by. */
public sealed interface PaymentSearch {

  /**
   * The payments of a customer's checkouts.
   *
   * @param customer whose
   */
  record OfCustomer(CustomerId customer) implements PaymentSearch {}

  /**
   * The payments that are known under a text: a payment's own id, its checkout's, its customer's,
   * or an id that a provider gave to it, at whatever gateway.
   *
   * @param reference the whole id, as it is spelled
   */
  record OfReference(String reference) implements PaymentSearch {}

  /**
   * The payments of exactly this {@linkplain dev.gatehouse.payment.Payment#nominal() amount}.
   *
   * @param amount how much, in its currency
   * @param from first known then or later; empty for any time
   * @param to first known before; empty for any time
   */
  record OfAmount(Money amount, Optional<Instant> from, Optional<Instant> to)
      implements PaymentSearch {}

  /**
   * The payments that a person may want to look at.
   *
   * @param any for at least one of these reasons
   */
  record OfConcern(Set<Concern> any) implements PaymentSearch {
    /** Copies the set. */
    public OfConcern {
      any = Set.copyOf(any);
    }
  }
}
