package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.Snapshot;
import java.time.Instant;

/** The answer to "what do you know of this payment?". */
public sealed interface Lookup {
  /** The provider knows the payment; this is what it shows. */
  record Found(Snapshot snapshot) implements Lookup {
    /** Refuses missing parts. */
    public Found {
      required("snapshot", snapshot);
    }
  }

  /**
   * The provider knew nothing of it at this time.
   *
   * @param asOf the time right before the provider was asked; what it knew by then, its answer
   *     would have shown
   * @param settled whether that is certain to stay so, as far as the gateway can tell; the engine
   *     also keeps the declared settle time
   */
  record AbsentAsOf(Instant asOf, boolean settled) implements Lookup {
    /** Refuses missing parts. */
    public AbsentAsOf {
      required("asOf", asOf);
    }
  }

  /** The gateway could not find out. */
  record CannotTell(Failure failure) implements Lookup {
    /** Refuses missing parts. */
    public CannotTell {
      required("failure", failure);
    }
  }
}
