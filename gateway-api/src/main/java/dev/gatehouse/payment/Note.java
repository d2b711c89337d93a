package dev.gatehouse.payment;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person did to a payment, kept for ever.
 *
 * @param at when
 * @param actor who
 * @param what what was done
 * @param reason why
 * @param settles the {@linkplain OpenConflict#id() id} of the conflict or mismatch that it settled;
 *     empty for everything else
 */
public record Note(Instant at, String actor, String what, String reason, Optional<String> settles) {

  /** One that settles no conflict. */
  public Note(Instant at, String actor, String what, String reason) {
    this(at, actor, what, reason, Optional.empty());
  }
}
