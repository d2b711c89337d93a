package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import java.time.Instant;
import java.util.List;

/** The answer to "which payments changed since then?". */
public sealed interface Changes {
  /**
   * A list, oldest change first.
   *
   * @param hints the payments that are worth a look
   * @param from every change since this time is in the list; later than what was asked for if the
   *     provider keeps no more, which a person is told of
   * @param upTo every change before this time, by the provider's clock, is in the list; where to go
   *     on from
   */
  record Listed(List<PaymentHint> hints, Instant from, Instant upTo) implements Changes {
    /** Copies the hints; refuses missing parts. */
    public Listed {
      required("hints", hints).forEach(hint -> required("hint", hint));
      hints = List.copyOf(hints);
      required("from", from);
      required("upTo", upTo);
    }
  }

  /** The gateway could not find out. */
  record CannotTell(Failure failure) implements Changes {
    /** Refuses missing parts. */
    public CannotTell {
      required("failure", failure);
    }
  }
}
