package dev.gatehouse.json;

import static dev.gatehouse.error.InvalidInputException.required;
import static dev.gatehouse.json.Groups.optional;
import static dev.gatehouse.json.Scalars.TEXT;
import static dev.gatehouse.json.Scalars.TIME;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Events as <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">
 * CloudEvents 1.0</a>, for whoever hands them on: webhooks, queues.
 *
 * <table>
 * <caption>Attributes</caption>
 * <tr><td>{@code id}</td><td>the event's; the same for ever, so receivers drop repeats by it</td></tr>
 * <tr><td>{@code source}</td><td>the shop that this is made for; with it the id is unique</td></tr>
 * <tr><td>{@code type}</td><td>{@code dev.gatehouse.} and the event's type; means the same for
 *     ever</td></tr>
 * <tr><td>{@code subject}</td><td>what events are ordered by</td></tr>
 * <tr><td>{@code time}</td><td>when it was raised</td></tr>
 * <tr><td>{@code datacontenttype}</td><td>{@code application/json}</td></tr>
 * <tr><td>{@code dataschema}</td><td>the {@linkplain EventCatalogue#schemaId name} of the schema of
 *     its data, which ends with its version</td></tr>
 * </table>
 *
 * <p>The data is the event as {@link Json#EVENT} writes it. In texts of attributes, characters that
 * CloudEvents forbid there, and the percent sign, are written as a percent sign and their four or
 * more hexadecimal digits; the data has them as they are.
 *
 * <p>Immutable and thread-safe.
 */
public final class CloudEventForm {
  /** What a body is called that {@link #write} made: the JSON event format, structured mode. */
  public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  /** What the data is called. */
  public static final String DATA_CONTENT_TYPE = "application/json";

  private static final String TYPE_PREFIX = "dev.gatehouse.";
  private static final String SPEC_VERSION = "1.0";
  private static final Json<Envelope> FORM = new Json<>("cloud event", envelope());

  private final String source;

  private CloudEventForm(String source) {
    this.source = source;
  }

  /**
   * For the events of one shop.
   *
   * @param source its name or address, such as {@code https://shop.example} or {@code urn:shop:eu};
   *     no other shop that the same receivers listen to may have it
   * @throws InvalidInputException if it is missing or empty
   */
  public static CloudEventForm from(URI source) {
    String text = required("source", source).toString();
    if (text.isEmpty()) {
      throw new InvalidInputException(
          new Problem(
              "source", "cloudevent.source", "the source is empty", "take the shop's address"));
    }
    return new CloudEventForm(text);
  }

  /** The type under which events are told, such as {@code dev.gatehouse.CheckoutCompleted}. */
  public static String typeOf(LifecycleEvent event) {
    return TYPE_PREFIX + required("event", event).type();
  }

  /**
   * The attributes by their names, for carriers that keep them beside the data (binary mode). The
   * data is then what {@link Json#EVENT} writes.
   */
  public Map<String, String> attributes(LifecycleEvent event) {
    Envelope envelope = around(event);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("specversion", envelope.specversion());
    all.put("id", envelope.id());
    all.put("source", envelope.source());
    all.put("type", envelope.type());
    envelope.subject().ifPresent(subject -> all.put("subject", subject));
    envelope.time().ifPresent(time -> all.put("time", time.toString()));
    envelope.datacontenttype().ifPresent(type -> all.put("datacontenttype", type));
    envelope.dataschema().ifPresent(schema -> all.put("dataschema", schema));
    return Collections.unmodifiableMap(all);
  }

  /** The whole event in one JSON document (structured mode); equal events give equal bytes. */
  public byte[] write(LifecycleEvent event) {
    return FORM.write(around(event));
  }

  /**
   * The event in a document that {@link #write} made, here or elsewhere, whatever its source.
   * Attributes of others are passed over.
   *
   * @throws UnreadableJsonException if it is none, or its data is no event that is known here
   */
  public static LifecycleEvent read(byte[] json) {
    return FORM.read(json).data();
  }

  private Envelope around(LifecycleEvent event) {
    var header = required("event", event).header();
    return new Envelope(
        SPEC_VERSION,
        attribute(header.id()),
        source,
        typeOf(event),
        Optional.of(attribute(header.subject())),
        Optional.of(header.at()),
        Optional.of(DATA_CONTENT_TYPE),
        Optional.of(
            EventCatalogue.schemaId(event.type(), EventCatalogue.version(event.type())).toString()),
        event);
  }

  private static String attribute(String text) {
    StringBuilder written = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '%' || isForbidden(c)) {
                written.append(String.format(Locale.ROOT, "%%%04X", c));
              } else {
                written.appendCodePoint(c);
              }
            });
    return written.toString();
  }

  /** Control characters, halves of characters, and what Unicode says is none. */
  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || (c >= 0xFDD0 && c <= 0xFDEF)
        || (c & 0xFFFE) == 0xFFFE;
  }

  private record Envelope(
      String specversion,
      String id,
      String source,
      String type,
      Optional<String> subject,
      Optional<Instant> time,
      Optional<String> datacontenttype,
      Optional<String> dataschema,
      LifecycleEvent data) {}

  private static Shape<Envelope> envelope() {
    var f = new Fields<Envelope>();
    var specversion =
        f.add("specversion", Envelope::specversion, TEXT.as(CloudEventForm::known, v -> v));
    var id = f.add("id", Envelope::id, TEXT);
    var source = f.add("source", Envelope::source, TEXT);
    var type = f.add("type", Envelope::type, TEXT);
    var subject = f.add("subject", Envelope::subject, optional(TEXT));
    var time = f.add("time", Envelope::time, optional(TIME));
    var content = f.add("datacontenttype", Envelope::datacontenttype, optional(TEXT));
    var schema = f.add("dataschema", Envelope::dataschema, optional(TEXT));
    var data = f.add("data", Envelope::data, EventForms.EVENT);
    return f.to(
        v ->
            new Envelope(
                v.get(specversion),
                v.get(id),
                v.get(source),
                v.get(type),
                v.get(subject),
                v.get(time),
                v.get(content),
                v.get(schema),
                v.get(data)));
  }

  private static String known(String version) {
    if (!version.equals(SPEC_VERSION)) {
      throw new Refused(Fault.UNKNOWN_WORD);
    }
    return version;
  }
}
