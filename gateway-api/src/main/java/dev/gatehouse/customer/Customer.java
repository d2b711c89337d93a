package dev.gatehouse.customer;

import dev.gatehouse.id.CustomerId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A customer. Immutable.
 *
 * @param id ours
 * @param version the store's version of this record; 0 before it was first saved
 * @param person personal data; empty once it was erased
 * @param metadata what hooks and the application keep about the customer, such as {@code
 *     crm_contact_id}
 * @param registeredAt when the customer registered
 */
public record Customer(
    CustomerId id,
    long version,
    Optional<Person> person,
    SortedMap<String, String> metadata,
    Instant registeredAt) {

  /** Copies the metadata. */
  public Customer {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /** This, with one piece of metadata set. */
  public Customer with(String key, String value) {
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    return new Customer(id, version, person, changed, registeredAt);
  }

  /** This, without anything that says who it is. */
  public Customer erased() {
    return new Customer(id, version, Optional.empty(), new TreeMap<>(), registeredAt);
  }

  /** This, as the store holds it after a commit. */
  public Customer atVersion(long stored) {
    return new Customer(id, stored, person, metadata, registeredAt);
  }
}
