package dev.gatehouse.json;

import dev.gatehouse.error.GatehouseException;
import java.time.DateTimeException;
import java.util.IllformedLocaleException;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * A fault on its way up, learning its place as it goes: nothing is spent on places as long as
 * nothing is wrong. The place is made of our own names and of numbers, never of what was read.
 */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private String place = "";

  Refused(Fault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  /** What the parser complains of, without its words: they show what it read. */
  static Refused of(JacksonException e) {
    if (e instanceof InputCoercionException) {
      return new Refused(Fault.OUT_OF_RANGE);
    }
    return new Refused(e instanceof StreamConstraintsException ? Fault.TOO_LARGE : Fault.MALFORMED);
  }

  /** What is made of a value, unless whoever makes it refuses. */
  static <T, U> U unlessMade(Function<T, U> make, T from) {
    try {
      return make.apply(from);
    } catch (GatehouseException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException
        | IllformedLocaleException e) {
      throw new Refused(Fault.NOT_ALLOWED);
    }
  }

  /** This, in the field with this name. */
  Refused in(String field) {
    place = '.' + field + place;
    return this;
  }

  /** This, at this place of a list. */
  Refused at(int index) {
    place = "[" + index + ']' + place;
    return this;
  }

  /** This, told to the caller. */
  UnreadableJsonException of(String document) {
    return new UnreadableJsonException(document, fault.at('$' + place));
  }
}
