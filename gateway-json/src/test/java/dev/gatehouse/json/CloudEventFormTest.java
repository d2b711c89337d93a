package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes, held against the SDK of those who wrote their specification. */
class CloudEventFormTest {
  private static final JsonFormat SDK = new JsonFormat();
  private static final CloudEventForm FORM =
      CloudEventForm.from(URI.create("https://shop.example"));

  static List<LifecycleEvent> events() {
    return EventSamples.all();
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_sdk_reads_the_envelope_and_its_data_is_the_event(LifecycleEvent event) {
    CloudEvent read = SDK.deserialize(FORM.write(event));

    assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(read.getId()).isEqualTo(event.header().id());
    assertThat(read.getSource()).isEqualTo(URI.create("https://shop.example"));
    assertThat(read.getType()).isEqualTo("dev.gatehouse." + event.type());
    assertThat(read.getSubject()).isEqualTo(event.header().subject());
    assertThat(read.getTime().toInstant()).isEqualTo(event.header().at());
    assertThat(read.getDataContentType()).isEqualTo("application/json");
    assertThat(read.getDataSchema())
        .isEqualTo(EventCatalogue.schemaId(event.type(), EventCatalogue.version(event.type())));
    assertThat(read.getExtensionNames()).isEmpty();
    assertThat(Json.EVENT.read(read.getData().toBytes())).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void what_the_sdk_writes_again_is_read_as_the_same_event(LifecycleEvent event) {
    CloudEvent read = SDK.deserialize(FORM.write(event));

    assertThat(CloudEventForm.read(FORM.write(event))).isEqualTo(event);
    assertThat(CloudEventForm.read(SDK.serialize(read))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_attributes_beside_the_data_are_those_in_the_document(LifecycleEvent event) {
    CloudEvent read = SDK.deserialize(FORM.write(event));
    Map<String, String> attributes = FORM.attributes(event);

    assertThat(attributes).hasSize(8).containsEntry("specversion", "1.0");
    read.getAttributeNames()
        .forEach(
            name ->
                assertThat(attributes)
                    .as(name)
                    .containsEntry(
                        name,
                        name.equals("time")
                            ? event.header().at().toString()
                            : read.getAttribute(name).toString()));
  }

  /** The forbidden characters of the specification's strings, one of each kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "\n", "\u007f", "\u009f", "\ud83d", "\udc00x", "\uffff", "\ufdd0", "%"})
  void what_an_attribute_may_not_hold_is_written_in_another_way_and_the_data_has_it(String text) {
    LifecycleEvent event = under("id-" + text, "山田 😀 é");
    CloudEvent read = SDK.deserialize(FORM.write(event));

    assertThat(read.getId()).matches("id-%[0-9A-F]{4,}x?");
    assertThat(read.getSubject()).isEqualTo("山田 😀 é");
    assertThat(CloudEventForm.read(FORM.write(event))).isEqualTo(event);
  }

  @Test
  void two_ids_are_never_written_as_one() {
    assertThat(FORM.attributes(under("%000A", "s")).get("id"))
        .isNotEqualTo(FORM.attributes(under("\n", "s")).get("id"));
  }

  @Test
  void attributes_of_others_are_passed_over() {
    String document =
        new String(FORM.write(EventSamples.bare()), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"traceparent\":\"00-1\",\"knative\":{\"a\":[1]},");

    assertThat(CloudEventForm.read(document.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(EventSamples.bare());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"specversion\":\"2.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"\"}"
      })
  void what_is_no_envelope_of_an_event_is_refused(String document) {
    assertThatThrownBy(() -> CloudEventForm.read(document.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableJsonException.class)
        .hasMessageContaining("cloud event");
  }

  @Test
  void a_source_must_be_there() {
    assertThatThrownBy(() -> CloudEventForm.from(URI.create("")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("source");
    assertThatThrownBy(() -> CloudEventForm.from(null)).isInstanceOf(InvalidInputException.class);
  }

  private static LifecycleEvent under(String id, String subject) {
    return new CustomerCreated(
        new EventHeader(
            id, Instant.parse("2026-03-01T12:00:00Z"), subject, Optional.empty(), Optional.empty()),
        Samples.CUSTOMER);
  }
}
