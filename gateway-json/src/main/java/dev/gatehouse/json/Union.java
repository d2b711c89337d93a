package dev.gatehouse.json;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/**
 * The form of a sealed type: the record's own, with its name as the word {@code type}.
 *
 * @param <T> the sealed type
 */
final class Union<T> implements Codec<T> {
  private static final String TYPE = "type";
  private static final SerializedString TYPE_NAME = new SerializedString(TYPE);

  /**
   * One of the records.
   *
   * @param word what it is called, for ever, whatever becomes of the class
   */
  record Variant<V>(String word, Class<V> type, Shape<V> shape) {
    static <V> Variant<V> of(String word, Class<V> type, Shape<V> shape) {
      return new Variant<>(word, type, shape.besides(TYPE));
    }

    void write(JsonGenerator out, Object value) {
      out.writeStartObject();
      out.writeName(TYPE_NAME);
      out.writeString(word);
      shape.writeFields(out, type.cast(value));
      out.writeEndObject();
    }
  }

  private final Map<Class<?>, Variant<? extends T>> byClass = new HashMap<>();
  private final Map<String, Variant<? extends T>> byWord = new HashMap<>();

  Union(List<Variant<? extends T>> variants) {
    for (Variant<? extends T> variant : variants) {
      byClass.put(variant.type(), variant);
      byWord.put(variant.word(), variant);
    }
  }

  /** The records that it knows. */
  Collection<Variant<? extends T>> variants() {
    return List.copyOf(byWord.values());
  }

  @Override
  public void write(JsonGenerator out, T value) {
    Variant<? extends T> variant = byClass.get(value.getClass());
    if (variant == null) {
      throw new IllegalStateException("no form for " + value.getClass().getName());
    }
    variant.write(out, value);
  }

  @Override
  public T read(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new Refused(Fault.WRONG_TYPE);
    }
    if (!in.nextName(TYPE_NAME)) {
      return readInOtherOrder(in);
    }
    in.nextToken();
    return variant(word(in)).shape().readFields(in);
  }

  /**
   * The order of names in an object means nothing, and databases change it. The word must be known
   * before the rest can be understood, so the rest is kept aside meanwhile.
   */
  private T readInOtherOrder(JsonParser in) {
    String word = null;
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try (JsonGenerator out = Jackson.ascii(rest)) {
      out.writeStartObject();
      for (; in.currentToken() == JsonToken.PROPERTY_NAME; in.nextToken()) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals(TYPE)) {
          word = once(word, in);
        } else {
          out.writeName(name);
          out.copyCurrentStructure(in);
        }
      }
      out.writeEndObject();
    }
    if (word == null) {
      throw new Refused(Fault.MISSING).in(TYPE);
    }
    try (JsonParser again = Jackson.parser(rest.toByteArray())) {
      again.nextToken();
      return variant(word).shape().read(again);
    }
  }

  private static String once(@Nullable String before, JsonParser in) {
    if (before != null) {
      throw new Refused(Fault.DUPLICATE).in(TYPE);
    }
    return word(in);
  }

  private static String word(JsonParser in) {
    try {
      return Scalars.TEXT.read(in);
    } catch (Refused e) {
      throw e.in(TYPE);
    }
  }

  private Variant<? extends T> variant(String word) {
    Variant<? extends T> variant = byWord.get(word);
    if (variant == null) {
      throw new Refused(Fault.UNKNOWN_WORD).in(TYPE);
    }
    return variant;
  }
}
