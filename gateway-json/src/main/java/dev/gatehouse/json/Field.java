package dev.gatehouse.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.SerializedString;

/**
 * One field of a shape.
 *
 * @param slot where its value is kept while the others are read
 * @param name its name
 * @param part where its value comes from
 * @param codec the form of its value
 * @param <R> whose field it is
 * @param <V> the type of its value
 */
record Field<R, V>(int slot, SerializedString name, Function<R, V> part, Codec<V> codec) {

  void write(JsonGenerator out, R whole) {
    V value = part.apply(whole);
    if (!value.equals(codec.absent())) {
      out.writeName(name);
      codec.write(out, value);
    }
  }

  /** Reads the value after the name on which the parser stands. */
  void read(JsonParser in, @Nullable Object[] slots) {
    if (slots[slot] != null) {
      throw new Refused(Fault.DUPLICATE).in(name.getValue());
    }
    try {
      in.nextToken();
      slots[slot] = codec.read(in);
    } catch (Refused e) {
      throw e.in(name.getValue());
    } catch (JacksonException e) {
      throw Refused.of(e).in(name.getValue());
    }
  }
}
