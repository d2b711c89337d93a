package dev.gatehouse.paypal;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.spi.Failure;

/** What came back from PayPal, by how certain it is. */
sealed interface Answer {
  /** PayPal did it, or shows it; an empty node if there was nothing to say. */
  record Done(Node body) implements Answer {}

  /** The payer, the bank or PayPal declined. */
  record Declined(Decline decline) implements Answer {}

  /** Certainly nothing happened by this request. */
  record Refused(Failure failure) implements Answer {}

  /** Nobody knows. */
  record Unsure(Failure failure) implements Answer {}
}
