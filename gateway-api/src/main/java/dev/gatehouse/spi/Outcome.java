package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.Snapshot;

/**
 * What became of a call that can move money. Certainty is part of it: a gateway that is not sure
 * says {@link Unknown}, never a guess.
 */
public sealed interface Outcome {
  /** What was seen; empty where nothing was, or nothing that is certain. */
  Snapshot snapshot();

  /** Done, and the snapshot shows it. */
  record Succeeded(Snapshot snapshot) implements Outcome {
    /** Refuses missing parts. */
    public Succeeded {
      required("snapshot", snapshot);
    }
  }

  /**
   * Accepted; the provider or the bank is still working. Also any status that is not recognised.
   */
  record Pending(Snapshot snapshot) implements Outcome {
    /** Refuses missing parts. */
    public Pending {
      required("snapshot", snapshot);
    }
  }

  /**
   * The customer must act first.
   *
   * @param snapshot shows the attempt
   * @param action what the customer must do
   */
  record ActionRequired(Snapshot snapshot, CustomerAction action) implements Outcome {
    /** Refuses missing parts. */
    public ActionRequired {
      required("snapshot", snapshot);
      required("action", action);
    }
  }

  /**
   * Refused by the provider, the network or the bank. A result, not an error.
   *
   * @param snapshot shows the failed attempt, if the provider recorded one
   * @param decline why
   */
  record Declined(Snapshot snapshot, Decline decline) implements Outcome {
    /** Refuses missing parts. */
    public Declined {
      required("snapshot", snapshot);
      required("decline", decline);
    }
  }

  /**
   * This send provably had no effect: it never reached the provider, or the provider refused it
   * outright.
   */
  record NotSent(Failure failure) implements Outcome {
    /** Refuses missing parts. */
    public NotSent {
      required("failure", failure);
    }

    @Override
    public Snapshot snapshot() {
      return Snapshot.empty();
    }
  }

  /** Nobody knows whether this send had an effect. It will be looked up. */
  record Unknown(Failure failure) implements Outcome {
    /** Refuses missing parts. */
    public Unknown {
      required("failure", failure);
    }

    @Override
    public Snapshot snapshot() {
      return Snapshot.empty();
    }
  }
}
