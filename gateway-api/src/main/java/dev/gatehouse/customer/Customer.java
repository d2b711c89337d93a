package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CustomerId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A customer. Immutable.
 *
 * @param id ours
 * @param version the store's version of this record; 0 before it was first saved
 * @param person personal data; empty once it was erased
 * @param metadata what hooks and the application keep about the customer, such as {@code
 *     crm_contact_id}
 * @param storedMethods the payment methods that gateways store for the customer; nobody else may
 *     pay with them
 * @param registeredAt when the customer registered
 */
public record Customer(
    CustomerId id,
    long version,
    Optional<Person> person,
    SortedMap<String, String> metadata,
    SortedSet<StoredMethod> storedMethods,
    Instant registeredAt) {

  /** Copies the collections, in natural order whatever theirs was. */
  public Customer {
    SortedMap<String, String> sorted = new TreeMap<>();
    sorted.putAll(metadata);
    metadata = Collections.unmodifiableSortedMap(sorted);
    SortedSet<StoredMethod> methods = new TreeSet<>();
    methods.addAll(storedMethods);
    storedMethods = Collections.unmodifiableSortedSet(methods);
  }

  /** A customer who registers now, with nothing known but who it is. */
  public static Customer registered(CustomerId id, Person person, Instant now) {
    return new Customer(id, 0, Optional.of(person), new TreeMap<>(), new TreeSet<>(), now);
  }

  /** Whether it was erased: nothing that belongs to a person is kept any more. */
  public boolean isErased() {
    return person.isEmpty();
  }

  /**
   * This, with one piece of metadata set: at most 50 of them, each with a key of 1 to 64 letters,
   * digits, {@code '.'}, {@code '_'} or {@code '-'} and a value of at most 1,024 characters on one
   * line. Neither may be a card number.
   *
   * @throws dev.gatehouse.error.InvalidInputException with everything that is wrong with them
   * @throws InvalidStateException if the customer was erased
   */
  public Customer with(String key, String value) {
    Metadata.demand(metadata, key, value);
    demandNotErased();
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    return new Customer(id, version, person, changed, storedMethods, registeredAt);
  }

  /**
   * This, owning a stored payment method.
   *
   * @throws InvalidStateException if the customer was erased
   */
  public Customer with(StoredMethod method) {
    required("method", method);
    demandNotErased();
    SortedSet<StoredMethod> changed = new TreeSet<>(storedMethods);
    changed.add(method);
    return new Customer(id, version, person, metadata, changed, registeredAt);
  }

  /** This, without anything that says who it is, or that it could pay with. */
  public Customer erased() {
    return new Customer(
        id, version, Optional.empty(), new TreeMap<>(), new TreeSet<>(), registeredAt);
  }

  /** This, as the store holds it after a commit. */
  public Customer atVersion(long stored) {
    return new Customer(id, stored, person, metadata, storedMethods, registeredAt);
  }

  /** Shows neither who it is nor what is kept about it, which may be personal data, too. */
  @Override
  public String toString() {
    return "Customer["
        + id
        + (isErased() ? ", erased" : "")
        + ", metadata "
        + metadata.keySet()
        + ", "
        + storedMethods.size()
        + " stored methods]";
  }

  private void demandNotErased() {
    if (isErased()) {
      throw new InvalidStateException(
          new Problem(
              "customer",
              "customer.erased",
              "was erased; nothing is kept of it any more",
              "register the person as a new customer under another id"));
    }
  }
}
