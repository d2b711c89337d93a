package dev.gatehouse.engine;

import dev.gatehouse.spi.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reconciliation came to.
 *
 * @param seen how many changed payments were looked up and observed
 * @param unclear how many could not be looked up
 * @param upTo from where to go on next time
 * @param failure why the gateway could not say what changed, if it could not
 */
public record Reconciliation(int seen, int unclear, Instant upTo, Optional<Failure> failure) {}
