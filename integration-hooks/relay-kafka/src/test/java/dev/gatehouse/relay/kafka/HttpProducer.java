package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;

/**
 * A client that takes records to a sink of the kit over HTTP, and says of its answers what Kafka's
 * own says of a cluster's: what may pass is a time-out once the delivery time is over, credentials
 * are refused, and of all else the client knows no word.
 */
final class HttpProducer extends MockProducer<byte[], byte[]> {
  private final HttpTransport http;
  private final URI sink;
  private final Map<String, Object> config;

  HttpProducer(HttpTransport http, URI sink, Map<String, Object> config) {
    this.http = http;
    this.sink = sink;
    this.config = Map.copyOf(config);
  }

  @Override
  public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return CompletableFuture.supplyAsync(() -> write(record));
  }

  private RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("authorization", String.valueOf(config.get("sasl.jaas.config")))
            .with("key", new String(record.key(), UTF_8));
    for (Header header : record.headers()) {
      headers = headers.with(header.key(), new String(header.value(), UTF_8));
    }
    URI topic = sink.resolve("/" + record.topic());
    int millis = (Integer) config.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    HttpResponse response;
    try {
      response =
          http.send(
              new HttpRequest("POST", topic, headers, record.value()), Duration.ofMillis(millis));
    } catch (GatehouseException e) {
      throw new TimeoutException(e.getMessage());
    }
    demandTaken(response.status(), record.topic());
    return new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0);
  }

  private static void demandTaken(int status, String topic) {
    if (status == 401) {
      throw new SaslAuthenticationException("who?");
    } else if (status == 403) {
      throw new TopicAuthorizationException(topic);
    } else if (status == 408 || status == 429 || status >= 500) {
      throw new TimeoutException("not yet");
    } else if (status != 204) {
      throw new KafkaException("status " + status);
    }
  }
}
