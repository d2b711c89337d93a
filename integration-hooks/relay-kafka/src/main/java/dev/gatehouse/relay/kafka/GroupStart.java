package dev.gatehouse.relay.kafka;

/** Where a consumer group begins that has no place in the topic yet. */
public enum GroupStart {
  /** With the oldest event that the topic has. */
  EARLIEST,
  /** Behind the newest event: only what comes from then on is told. */
  LATEST
}
