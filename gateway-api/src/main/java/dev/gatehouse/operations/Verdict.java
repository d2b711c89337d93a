package dev.gatehouse.operations;

import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Concern;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/**
 * Whether one payment charged its customer, derived from facts. Immutable.
 *
 * @param payment the payment; also our reference at the provider
 * @param gateway the gateway that it went through
 * @param checkout what it was for; empty for a payment that we did not start
 * @param customer whose it is, where known
 * @param charged the answer
 * @param asked what we asked for; empty for a payment that we did not start
 * @param totals what was held, taken, refunded and disputed; empty if no money is known
 * @param since since when it is so, by our clock; empty if the event that said so was archived
 * @param reason why, in plain English, for a person
 * @param nextLook when it is looked at again by itself
 * @param concerns why a person may want to look at it
 */
public record Verdict(
    PaymentId payment,
    GatewayInstanceId gateway,
    Optional<CheckoutId> checkout,
    Optional<CustomerId> customer,
    Charged charged,
    Optional<Money> asked,
    Optional<Totals> totals,
    Optional<Instant> since,
    String reason,
    Optional<Instant> nextLook,
    Set<Concern> concerns) {

  /** Copies the set. */
  public Verdict {
    concerns = Set.copyOf(concerns);
  }

  /** What the shop has of it: taken, and neither undone, refunded nor disputed away. */
  public Optional<Money> kept() {
    return totals.map(Totals::kept);
  }
}
