package dev.gatehouse.store.jdbc.death;

import java.util.List;
import java.util.Optional;

/**
 * What a shop's process says to whoever watches it: one line, written at once, so that a kill cuts
 * off the last one at most.
 *
 * @param kind what it is about
 * @param fields what is said about it; no field has a bar, a semicolon or a new line
 */
record Said(Kind kind, List<String> fields) {
  private static final String BEGIN = "@@";
  private static final String END = ";";

  enum Kind {
    /** It takes commands now: its node. */
    UP,
    /** A customer is registered: the customer. */
    REGISTERED,
    /** A checkout was started: customer, checkout. */
    STARTED,
    /** A command to pay was answered: checkout, its state, payment. */
    PAID,
    /** Held money was taken, or money given back: payment, the command's key. */
    MOVED,
    /** A checkout was called off: checkout, its state. */
    CANCELLED,
    /** A command was refused: lane, flow, why. */
    REFUSED,
    /** A flow came to its end: lane, flow. */
    DONE,
    /** A hook was told: the machine's time in nanoseconds, subject, event. */
    HEARD
  }

  Said {
    fields = List.copyOf(fields);
  }

  static Said of(Kind kind, String... fields) {
    return new Said(kind, List.of(fields));
  }

  String field(int index) {
    return fields.get(index);
  }

  String written() {
    return BEGIN + kind + "|" + String.join("|", fields) + END;
  }

  /** What was written; empty for anything else, such as what was cut off. */
  static Optional<Said> read(String text) {
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      return Optional.empty();
    }
    List<String> parts =
        List.of(text.substring(BEGIN.length(), text.length() - END.length()).split("\\|", -1));
    return Optional.of(new Said(Kind.valueOf(parts.get(0)), parts.subList(1, parts.size())));
  }
}
