package dev.gatehouse.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * The form of a record: an object with one field for each component. What it does not know is
 * skipped, for a later version may have written it.
 *
 * @param <R> the record
 */
final class Shape<R> implements Codec<R> {
  private final List<Field<R, ?>> fields;
  private final List<String> taken;
  private final Function<Values, R> make;
  private final int version;
  private final PropertyNameMatcher names;

  /**
   * With fields in the order in which they are written.
   *
   * @param taken names that whoever uses this has read already, and that must not come again
   */
  Shape(List<Field<R, ?>> fields, List<String> taken, Function<Values, R> make) {
    this(fields, taken, make, 0);
  }

  private Shape(
      List<Field<R, ?>> fields, List<String> taken, Function<Values, R> make, int version) {
    this.fields = List.copyOf(fields);
    this.taken = taken;
    this.make = make;
    this.version = version;
    this.names =
        Jackson.names(
            Stream.concat(fields.stream().map(field -> field.name().getValue()), taken.stream())
                .toList());
  }

  /** This, in objects where this name is taken. */
  Shape<R> besides(String name) {
    return new Shape<>(fields, List.of(name), make, version);
  }

  /** This, with its version written before everything else. */
  Shape<R> versioned(int version, Codec<Integer> codec) {
    Field<R, Integer> v =
        new Field<>(fields.size(), new SerializedString("v"), record -> version, codec);
    List<Field<R, ?>> all = new ArrayList<>();
    all.add(v);
    all.addAll(fields);
    return new Shape<>(
        all,
        taken,
        values -> {
          values.get(v);
          return make.apply(values);
        },
        version);
  }

  /** The version that it writes; 0 if it says none. */
  int version() {
    return version;
  }

  /** The form of an entry of a map: the key as one more field of what is kept under it. */
  <K> Shape<Map.Entry<K, R>> under(String name, Codec<K> codec) {
    Field<Map.Entry<K, R>, K> key =
        new Field<>(fields.size(), new SerializedString(name), Map.Entry::getKey, codec);
    List<Field<Map.Entry<K, R>, ?>> all = new ArrayList<>();
    all.add(key);
    fields.forEach(field -> all.add(ofEntry(field)));
    return new Shape<>(all, taken, values -> Map.entry(values.get(key), make.apply(values)));
  }

  private static <K, R, V> Field<Map.Entry<K, R>, V> ofEntry(Field<R, V> field) {
    return new Field<>(
        field.slot(), field.name(), e -> field.part().apply(e.getValue()), field.codec());
  }

  @Override
  public void write(JsonGenerator out, R value) {
    out.writeStartObject();
    writeFields(out, value);
    out.writeEndObject();
  }

  void writeFields(JsonGenerator out, R value) {
    for (Field<R, ?> field : fields) {
      field.write(out, value);
    }
  }

  @Override
  public R read(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new Refused(Fault.WRONG_TYPE);
    }
    return readFields(in);
  }

  /** Reads what comes until the end of the object. */
  R readFields(JsonParser in) {
    @Nullable Object[] slots = new @Nullable Object[fields.size()];
    int next = in.nextNameMatch(names);
    while (next != PropertyNameMatcher.MATCH_END_OBJECT) {
      if (next == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
        in.nextToken();
        in.skipChildren();
      } else if (next < 0) {
        throw new Refused(Fault.MALFORMED);
      } else if (next >= slots.length) {
        throw new Refused(Fault.DUPLICATE).in(taken.get(next - slots.length));
      } else {
        fields.get(next).read(in, slots);
      }
      next = in.nextNameMatch(names);
    }
    return Refused.unlessMade(make, new Values(slots));
  }
}
