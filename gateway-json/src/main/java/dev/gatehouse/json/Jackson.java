package dev.gatehouse.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** How the library is used: the one place that sets it up. */
final class Jackson {
  private static final int USUAL_SIZE = 2048;

  /** Lists of what we keep are long, never deep; a text that could be written can be read. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory UTF8 =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private static final JsonFactory ASCII =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Jackson() {}

  static PropertyNameMatcher names(List<String> names) {
    return UTF8.constructNameMatcher(names.stream().map(Named::fromString).toList(), false);
  }

  /**
   * A value as UTF-8. A text may have been cut within a character, by us or by a provider; UTF-8
   * has no form for the half that is left, so such a value is written in ASCII with escapes.
   */
  static <T> byte[] bytes(Codec<T> codec, T value) {
    try {
      return bytes(UTF8, codec, value);
    } catch (StreamWriteException e) {
      return bytes(ASCII, codec, value);
    }
  }

  private static <T> byte[] bytes(JsonFactory factory, Codec<T> codec, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator out = generator(factory, bytes)) {
      codec.write(out, value);
    }
    return bytes.toByteArray();
  }

  /** A value as text, to be compared with others. */
  static <T> String text(Codec<T> codec, T value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = UTF8.createGenerator(ObjectWriteContext.empty(), text)) {
      codec.write(out, value);
    }
    return text.toString();
  }

  /** Writes in ASCII, with escapes for all other characters. */
  static JsonGenerator ascii(OutputStream bytes) {
    return generator(ASCII, bytes);
  }

  private static JsonGenerator generator(JsonFactory factory, OutputStream bytes) {
    return factory.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
  }

  /**
   * Reads UTF-8.
   *
   * @throws Refused if the bytes are none: the parser by itself would guess other encodings, and
   *     let pass what is none at all
   */
  static JsonParser parser(byte[] json) {
    if (isAscii(json)) {
      return UTF8.createParser(ObjectReadContext.empty(), json);
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return UTF8.createParser(ObjectReadContext.empty(), text.array(), 0, text.limit());
    } catch (CharacterCodingException e) {
      throw new Refused(Fault.MALFORMED);
    }
  }

  /** Whether it is ASCII; zeros don't count, for by them the parser would tell other encodings. */
  private static boolean isAscii(byte[] json) {
    for (byte b : json) {
      if (b <= 0) {
        return false;
      }
    }
    return true;
  }
}
