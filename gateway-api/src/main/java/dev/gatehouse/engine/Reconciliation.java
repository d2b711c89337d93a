package dev.gatehouse.engine;

import dev.gatehouse.spi.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reconciliation came to.
 *
 * @param seen how many changed payments were looked up and observed
 * @param unclear how many could not be looked up
 * @param from since when the gateway could say what changed; later than asked for if the provider
 *     keeps no more, and then what changed before may have been missed
 * @param upTo from where to go on next time
 * @param failure why the gateway could not say what changed, if it could not
 */
public record Reconciliation(
    int seen, int unclear, Instant from, Instant upTo, Optional<Failure> failure) {}
