package dev.gatehouse.operations;

import java.time.Instant;

/**
 * Something that happened, on a timeline.
 *
 * @param at when, by our clock
 * @param source how it is known
 * @param about the id of the record that it is about
 * @param what what happened, in plain English
 */
public record Moment(Instant at, Source source, String about, String what) {
  /** How something on a timeline is known. */
  public enum Source {
    /** We asked a provider for something. */
    CALL,
    /** An event was raised. */
    EVENT,
    /** A person did something. */
    PERSON
  }
}
