package dev.gatehouse.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The forms of several values, or of none. An empty one is left out of the record that has it. */
final class Groups {
  /** Texts under names that others chose. */
  static final Codec<SortedMap<String, String>> TEXTS = map(text().under("name", Scalars.TEXT));

  private Groups() {}

  private static Shape<String> text() {
    var f = new Fields<String>();
    var value = f.add("value", text -> text, Scalars.TEXT);
    return f.to(v -> v.get(value));
  }

  static <T> Codec<Optional<T>> optional(Codec<T> of) {
    return of.as(Optional::of, Optional::orElseThrow).orElse(Optional.empty());
  }

  static <T> Codec<List<T>> list(Codec<T> of) {
    return new Codec<>() {
      @Override
      public void write(JsonGenerator out, List<T> values) {
        writeAll(out, values, of);
      }

      @Override
      public List<T> read(JsonParser in) {
        List<T> values = new ArrayList<>();
        readAll(in, of, values::add);
        return Collections.unmodifiableList(values);
      }

      @Override
      public List<T> absent() {
        return List.of();
      }
    };
  }

  /**
   * Without an order of its own: written in the order of the text, so that it is always the same.
   */
  static <T> Codec<Set<T>> set(Codec<T> of) {
    return new Codec<>() {
      @Override
      public void write(JsonGenerator out, Set<T> values) {
        writeAll(out, values.size() < 2 ? values : sorted(values), of);
      }

      private List<T> sorted(Set<T> values) {
        return values.stream()
            .sorted(Comparator.comparing((T value) -> Jackson.text(of, value)))
            .toList();
      }

      @Override
      public Set<T> read(JsonParser in) {
        Set<T> values = new LinkedHashSet<>();
        readAll(in, of, value -> demandNew(values.add(value)));
        return values;
      }

      @Override
      public Set<T> absent() {
        return Set.of();
      }
    };
  }

  static <T> Codec<SortedSet<T>> sortedSet(Codec<T> of) {
    return new Codec<>() {
      @Override
      public void write(JsonGenerator out, SortedSet<T> values) {
        writeAll(out, values, of);
      }

      @Override
      public SortedSet<T> read(JsonParser in) {
        SortedSet<T> values = new TreeSet<>();
        readAll(in, of, value -> demandNew(values.add(value)));
        return values;
      }

      @Override
      public SortedSet<T> absent() {
        return Collections.emptySortedSet();
      }
    };
  }

  /**
   * A list of entries, each an object with its key in it. Keys are chosen by others: as names they
   * would show in the places of errors, each would be a new name to the parser, and one that was
   * cut within a character could not be read again.
   */
  static <K, V> Codec<SortedMap<K, V>> map(Codec<Map.Entry<K, V>> entry) {
    return new Codec<>() {
      @Override
      public void write(JsonGenerator out, SortedMap<K, V> values) {
        writeAll(out, values.entrySet(), entry);
      }

      @Override
      public SortedMap<K, V> read(JsonParser in) {
        SortedMap<K, V> values = new TreeMap<>();
        readAll(in, entry, e -> demandNew(values.put(e.getKey(), e.getValue()) == null));
        return values;
      }

      @Override
      public SortedMap<K, V> absent() {
        return Collections.emptySortedMap();
      }
    };
  }

  private static <T> void writeAll(JsonGenerator out, Collection<T> values, Codec<T> of) {
    out.writeStartArray();
    for (T value : values) {
      of.write(out, value);
    }
    out.writeEndArray();
  }

  private static <T> void readAll(JsonParser in, Codec<T> of, Consumer<T> into) {
    Scalars.demand(in.currentToken() == JsonToken.START_ARRAY);
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      try {
        into.accept(of.read(in));
      } catch (Refused e) {
        throw e.at(i);
      } catch (JacksonException e) {
        throw Refused.of(e).at(i);
      }
    }
  }

  private static void demandNew(boolean isNew) {
    if (!isNew) {
      throw new Refused(Fault.DUPLICATE);
    }
  }
}
