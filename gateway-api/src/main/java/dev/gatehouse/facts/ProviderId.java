package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

/**
 * An id that the provider gave to something that belongs to a payment, such as an order.
 *
 * @param kind what it is, in the gateway's own words, such as {@code payment_intent}
 * @param id the provider's id
 */
public record ProviderId(String kind, String id) implements Comparable<ProviderId> {

  /** Refuses missing parts. */
  public ProviderId {
    required("kind", kind);
    required("id", id);
  }

  @Override
  public int compareTo(ProviderId other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }
}
