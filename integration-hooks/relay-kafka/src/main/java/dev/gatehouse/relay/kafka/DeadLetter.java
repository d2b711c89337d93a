package dev.gatehouse.relay.kafka;

import java.util.Optional;

/**
 * An event that a hook could not take, or that waits behind one.
 *
 * @param subject the subject; empty for what came without a key
 * @param eventId the event's id; empty for what is no event
 * @param hook the hook's id
 * @param reason what the hook said, or why it was not told
 * @param partition where it is in the topic of dead letters
 * @param offset where it is in that partition
 */
public record DeadLetter(
    Optional<String> subject,
    Optional<String> eventId,
    String hook,
    String reason,
    int partition,
    long offset) {}
