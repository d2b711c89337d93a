package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.CloudEventForm;
import dev.gatehouse.json.Json;
import java.net.URI;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record: a CloudEvent in binary mode, as its binding to Kafka says. The attributes
 * are headers, so that others filter and route without reading the value; the value is the event as
 * {@link Json#EVENT} writes it. The key is the subject.
 */
final class Envelope {
  private static final String CONTENT_TYPE = "content-type";
  private static final String STRUCTURED = "application/cloudevents";

  private final CloudEventForm form;

  Envelope(URI source) {
    this.form = CloudEventForm.from(source);
  }

  ProducerRecord<byte[], byte[]> record(String topic, LifecycleEvent event) {
    byte[] key = event.header().subject().getBytes(UTF_8);
    var record = new ProducerRecord<>(topic, key, Json.EVENT.write(event));
    form.attributes(event)
        .forEach((name, value) -> record.headers().add(headerOf(name), value.getBytes(UTF_8)));
    return record;
  }

  private static String headerOf(String attribute) {
    return attribute.equals("datacontenttype") ? CONTENT_TYPE : "ce_" + attribute;
  }

  /**
   * The event in a record, in binary mode or structured: something on the way may have changed
   * that.
   *
   * @throws dev.gatehouse.error.GatehouseException if there is none; its message shows nothing of
   *     what is there
   */
  static LifecycleEvent read(ConsumerRecord<byte[], byte[]> record) {
    return isStructured(record.headers().lastHeader(CONTENT_TYPE))
        ? CloudEventForm.read(record.value())
        : Json.EVENT.read(record.value());
  }

  private static boolean isStructured(@Nullable Header type) {
    return type != null
        && type.value() != null
        && new String(type.value(), UTF_8).startsWith(STRUCTURED);
  }
}
