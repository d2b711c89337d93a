package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.ProviderId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where to look: what a webhook or a list of changes says about which payment it concerns. Never
 * evidence of what happened.
 *
 * @param reference our reference, where the provider echoes it
 * @param providerIds the provider's ids of the payment
 */
public record PaymentHint(Optional<String> reference, Set<ProviderId> providerIds) {

  /** Copies the ids; refuses missing parts. */
  public PaymentHint {
    required("reference", reference);
    required("providerIds", providerIds).forEach(id -> required("providerId", id));
    providerIds = Collections.unmodifiableSet(new TreeSet<>(providerIds));
  }
}
