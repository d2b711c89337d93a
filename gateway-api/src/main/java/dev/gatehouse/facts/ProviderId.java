package dev.gatehouse.facts;

import dev.gatehouse.fault.ForeignText;

/**
 * An id that the provider gave to something that belongs to a payment, such as an order.
 *
 * @param kind what it is, in the gateway's own words, such as {@code payment_intent}
 * @param id the provider's id: 1 to 1024 bytes in UTF-8, no control characters
 */
public record ProviderId(String kind, String id) implements Comparable<ProviderId> {

  /** Refuses missing parts, and what can't be kept of ids. */
  public ProviderId {
    ForeignText.id("kind", kind);
    ForeignText.id("id", id);
  }

  @Override
  public int compareTo(ProviderId other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }
}
