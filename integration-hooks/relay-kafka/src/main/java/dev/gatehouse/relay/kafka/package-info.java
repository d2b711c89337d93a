/**
 * Events through Apache Kafka: {@link dev.gatehouse.relay.kafka.KafkaRelay} is a hook that writes
 * them to a topic, and {@link dev.gatehouse.relay.kafka.KafkaHookRunner} runs any hook from there,
 * in as many processes as there are partitions.
 */
@NullMarked
package dev.gatehouse.relay.kafka;

import org.jspecify.annotations.NullMarked;
