package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/**
 * A request to remove a stored payment method, so that nobody can charge it any more.
 *
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param method the provider's id of the stored method
 * @param owner the provider's id of the customer that it is stored for, where that is known
 * @param account the provider's account that it is stored in, as the gateway {@linkplain
 *     dev.gatehouse.facts.Credential#in told} when it showed the method; empty if it did not
 */
public record RemoveRequest(
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @Pattern(regexp = Forms.STORED) String method,
    @NotNull Optional<@ForeignId String> owner,
    @NotNull Optional<@ForeignId String> account) {}
