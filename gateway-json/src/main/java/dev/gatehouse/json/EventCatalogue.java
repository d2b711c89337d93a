package dev.gatehouse.json;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every type of event that is told, with its version and its JSON Schema (2020-12).
 *
 * <p>What a type means never changes. A version of it never changes either: a later one has more
 * fields, or more words in a list of them, and has all that the earlier ones had. So receivers pass
 * over what they do not know. Schemas let it pass, too; they list the words that the version has.
 */
public final class EventCatalogue {
  private static final SortedMap<String, Integer> VERSIONS = versions();

  private EventCatalogue() {}

  private static SortedMap<String, Integer> versions() {
    SortedMap<String, Integer> versions = new TreeMap<>();
    EventForms.EVENT
        .variants()
        .forEach(variant -> versions.put(variant.word(), variant.shape().version()));
    return Collections.unmodifiableSortedMap(versions);
  }

  /** The types, as {@link dev.gatehouse.event.LifecycleEvent#type()} names them. */
  public static SortedSet<String> types() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(VERSIONS.keySet()));
  }

  /**
   * The version in which events of a type are told, 1 or more.
   *
   * @throws NotFoundException if there is no such type
   */
  public static int version(String type) {
    Integer version = VERSIONS.get(required("type", type));
    if (version == null) {
      throw unknown("type", "event.type.unknown", "there is no such type of event");
    }
    return version;
  }

  /**
   * The name of a schema, such as {@code urn:gatehouse:event:CheckoutCompleted:1}: no address, only
   * a name.
   *
   * @throws NotFoundException if there is no such type, or no such version of it
   */
  public static URI schemaId(String type, int version) {
    if (version < 1 || version > version(type)) {
      throw unknown("version", "event.version.unknown", "there is no such version of this type");
    }
    return URI.create("urn:gatehouse:event:" + type + ":" + version);
  }

  /**
   * The schema of one version of a type, as JSON.
   *
   * @throws NotFoundException if there is no such type, or no such version of it
   */
  public static String schema(String type, int version) {
    schemaId(type, version);
    String name = "event/" + type + ".v" + version + ".json";
    try (InputStream in = EventCatalogue.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the JAR of gateway-json lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NotFoundException unknown(String field, String code, String message) {
    return new NotFoundException(
        new Problem(field, code, message, "take one of EventCatalogue.types() and version()"));
  }
}
