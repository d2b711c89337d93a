package dev.gatehouse.spi;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Optional;

/**
 * All that we know of a payment, for finding it at the provider.
 *
 * @param reference our reference; empty for a payment that we did not start and know by its id only
 * @param startedAt when we began it, by our clock; no request for it was sent earlier. For a
 *     payment that we did not start, when we first saw it
 * @param operation the operation whose effect is in question, if one is
 * @param known every fact seen so far, with every id of the provider
 */
public record Trace(
    @NotNull Optional<@Identifier String> reference,
    @NotNull Instant startedAt,
    @NotNull Optional<InDoubt> operation,
    @NotNull PaymentFacts known) {

  /**
   * An operation of ours whose effect is in question.
   *
   * @param kind which call
   * @param key its idempotency key
   * @param lastSentAt when it was last sent, by our clock
   */
  public record InDoubt(OperationKind kind, String key, Instant lastSentAt) {}

  /** The provider's id of this kind, when exactly one is known. */
  public Optional<String> providerId(String kind) {
    var ids = known.providerIds().stream().filter(id -> id.kind().equals(kind)).toList();
    return ids.size() == 1 ? Optional.of(ids.get(0)).map(ProviderId::id) : Optional.empty();
  }
}
