package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import java.time.Duration;
import java.util.Optional;

/**
 * How the outcome of an operation is found again after the response was lost. Declared per
 * operation, because providers keep keys and lists for different times.
 *
 * <p>With neither way, what may have had an effect is never sent again: a person decides, and every
 * report says so. (A send that {@linkplain Outcome.NotSent provably had none} may still be
 * repeated.) A person is told, too, once doubt lasted for the engine's {@code doubtPatience},
 * whatever is declared here; from then on nothing is replayed.
 *
 * <p>Both times are zero to 400 days. A provider that declares others is refused when it is found;
 * one that keeps keys for ever says 400 days.
 *
 * @param lookup how {@link PaymentGateway#lookup} finds the operation's effect
 * @param replay for how long after the first send the same key may be sent again with no second
 *     effect; only used while the effect is still wanted, after longer and longer waits
 */
public record Recovery(Optional<ByLookup> lookup, Optional<Duration> replay) {

  /** Refuses missing parts. */
  public Recovery {
    required("lookup", lookup);
    required("replay", replay);
  }

  /**
   * Finding the effect without sending anything that could have one.
   *
   * @param route by an id that we know, or by listing and matching our reference
   * @param settles how long after the last send the provider's "there is none" is certain; a list
   *     that shows something that may be the effect, without saying of which operation, does not
   *     say so
   */
  public record ByLookup(Route route, Duration settles) {
    /** Refuses missing parts. */
    public ByLookup {
      required("route", route);
      required("settles", settles);
    }
  }

  /** What a lookup goes by. */
  public enum Route {
    /** An id that is known before the operation is sent. */
    ID,
    /** Listing what the provider has and matching our reference or key. */
    LISTING
  }

  /** No recovery: a person decides. */
  public static Recovery none() {
    return new Recovery(Optional.empty(), Optional.empty());
  }

  /** By an id that is known before; "there is none" is certain after {@code settles}. */
  public static Recovery byId(Duration settles) {
    return new Recovery(Optional.of(new ByLookup(Route.ID, settles)), Optional.empty());
  }

  /** By listing and matching; "there is none" is certain after {@code settles}. */
  public static Recovery byListing(Duration settles) {
    return new Recovery(Optional.of(new ByLookup(Route.LISTING, settles)), Optional.empty());
  }

  /** Only by sending the same key again, for so long after the first send. */
  public static Recovery byReplay(Duration within) {
    return none().orReplayWithin(within);
  }

  /** This, or sending the same key again, for so long after the first send. */
  public Recovery orReplayWithin(Duration within) {
    return new Recovery(lookup, Optional.of(required("within", within)));
  }
}
