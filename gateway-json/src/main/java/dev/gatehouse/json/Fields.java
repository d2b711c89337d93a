package dev.gatehouse.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.io.SerializedString;

/**
 * Collects the fields of a record, in the order in which they are written. Each is named once, and
 * its type is the compiler's concern. Not thread-safe.
 *
 * @param <R> the record
 */
final class Fields<R> {
  private final List<Field<R, ?>> all = new ArrayList<>();

  /** One more field. It must be there unless its codec says what stands for it. */
  <V> Field<R, V> add(String name, Function<R, V> part, Codec<V> codec) {
    Field<R, V> field = new Field<>(all.size(), new SerializedString(name), part, codec);
    all.add(field);
    return field;
  }

  /** The record out of the fields. */
  Shape<R> to(Function<Values, R> make) {
    return new Shape<>(all, List.of(), make);
  }
}
