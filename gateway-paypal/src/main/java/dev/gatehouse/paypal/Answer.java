package dev.gatehouse.paypal;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.spi.Failure;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What came back from PayPal, by how certain it is. */
sealed interface Answer {
  /**
   * PayPal did it, or shows it.
   *
   * @param status the HTTP status, of the 200s
   * @param body what it said; an empty node if that was nothing
   * @param date when PayPal answered, by its clock, if it says so; ours may be wrong
   */
  record Done(int status, Node body, Optional<Instant> date) implements Answer {
    /** PayPal's way to say that it is done, and that there is no more to say. */
    boolean isWithoutContent() {
      return status == 204;
    }
  }

  /**
   * The payer, the bank or PayPal declined.
   *
   * @param page where the payer may choose or prove something else, if PayPal gives one
   * @param date as that of {@link Done}
   */
  record Declined(Decline decline, Optional<URI> page, Optional<Instant> date) implements Answer {}

  /** Certainly nothing happened by this request. */
  record Refused(Failure failure) implements Answer {}

  /** Nobody knows. */
  record Unsure(Failure failure) implements Answer {}
}
