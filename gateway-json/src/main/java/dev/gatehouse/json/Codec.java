package dev.gatehouse.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Both directions of the JSON of one type. Immutable.
 *
 * @param <T> the type
 */
interface Codec<T> {
  /** Writes one value. */
  void write(JsonGenerator out, T value);

  /**
   * Reads the value on whose first token the parser stands, and leaves it on the last one.
   *
   * @throws Refused if it is not such a value
   */
  T read(JsonParser in);

  /**
   * What a field holds that is not there. A field that holds it is not written. {@code null} if the
   * field must be there.
   */
  default @Nullable T absent() {
    return null;
  }

  /**
   * This, for a field that records of earlier versions don't have: they are read as if they did.
   */
  default Codec<T> orElse(T absent) {
    return new Mapped<>(this, Function.identity(), Function.identity(), absent);
  }

  /**
   * The JSON of this, for another type.
   *
   * @param read makes the other out of this; may refuse, as constructors do
   * @param write the reverse; refuses nothing
   */
  default <U> Codec<U> as(Function<T, U> read, Function<U, T> write) {
    T absent = absent();
    return new Mapped<>(this, read, write, absent == null ? null : read.apply(absent));
  }

  /** One type in the form of another. */
  record Mapped<T, U>(
      Codec<T> form, Function<T, U> reading, Function<U, T> writing, @Nullable U absent)
      implements Codec<U> {
    @Override
    public void write(JsonGenerator out, U value) {
      form.write(out, writing.apply(value));
    }

    @Override
    public U read(JsonParser in) {
      return Refused.unlessMade(reading, form.read(in));
    }
  }
}
