package dev.gatehouse.paypal;

import dev.gatehouse.facts.PaymentFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attempts of one order. The first has the order's id. When PayPal declines what the payer
 * chose and wants the payer again, that attempt has failed, and the next one has the order's id and
 * the time of the decline: an approval counts for it only if it came later.
 *
 * @param order PayPal's id
 * @param attempt the attempt's id
 * @param since when PayPal wanted the payer again; empty for the first attempt
 * @param declines how often PayPal did, as far as is known
 */
record Rounds(String order, String attempt, Optional<Instant> since, int declines) {
  private static final Pattern AGAIN = Pattern.compile("(.+)~([0-9]{1,12})");

  /**
   * How long after each decline an approval counts that shows no time: so long a payer needs to
   * choose something else. It may be the one from before, so this is done three times, and no more.
   */
  private static final List<Duration> UNTIMED =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  static Rounds of(String attempt) {
    Matcher again = AGAIN.matcher(attempt);
    return again.matches()
        ? new Rounds(
            again.group(1),
            attempt,
            Optional.of(Instant.ofEpochSecond(Long.parseLong(again.group(2)))),
            1)
        : new Rounds(attempt, attempt, Optional.empty(), 0);
  }

  /** An order of which a person named what came of it: their word stands for its attempt. */
  static Rounds settled(String order, String named) {
    return new Rounds(order, named, Optional.empty(), 0);
  }

  /** The first attempt of the order, under which its money is kept. */
  String charge() {
    return of(attempt).order();
  }

  /** The attempt of an order that counts now. */
  static Rounds now(String order, PaymentFacts known) {
    return known.attempts().keySet().stream()
        .map(Rounds::of)
        .filter(round -> round.order().equals(order))
        .reduce(of(order), Rounds::later);
  }

  private Rounds later(Rounds other) {
    boolean later = since.orElse(Instant.MIN).isBefore(other.since.orElse(Instant.MIN));
    Rounds last = later ? other : this;
    return new Rounds(order, last.attempt, last.since, declines + other.declines);
  }

  /**
   * Whether an order that is approved was so for this attempt: after a decline it still shows the
   * approval from before.
   *
   * @param updated when the order changed last, if PayPal shows that; a change in the very second
   *     of the decline may be the decline
   * @param asOf when it was seen
   */
  boolean isApproved(Optional<Instant> updated, Instant asOf) {
    return since.isEmpty()
        || updated
            .map(time -> since.get().isBefore(time.truncatedTo(ChronoUnit.SECONDS)))
            .orElseGet(
                () ->
                    declines <= UNTIMED.size()
                        && !asOf.isBefore(since.get().plus(UNTIMED.get(declines - 1))));
  }

  /** The one after it, of an order that was declined at this time. */
  Rounds next(Instant declined) {
    long after = since.map(time -> time.getEpochSecond() + 1).orElse(0L);
    return of(order + "~" + Math.max(after, declined.getEpochSecond()));
  }
}
