package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param attributions in which visits the last checkouts were started, the oldest first
 * @param forgetting the hooks that are still to be told when the customer is erased; until then the
 *     metadata is kept for them. Before the erasure, those that run elsewhere and keep something
 * @param registeredAt when the customer registered
 */
public record Customer(
    CustomerId id,
    long version,
    Optional<Person> person,
    SortedMap<String, String> metadata,
    SortedSet<StoredMethod> storedMethods,
    List<Attributed> attributions,
    SortedSet<String> forgetting,
    Instant registeredAt) {
  private static final int MOST_ATTRIBUTIONS = 20;

  /** Copies the collections, in natural order whatever theirs was. */
  public Customer {
    SortedMap<String, String> sorted = new TreeMap<>();
    sorted.putAll(metadata);
    metadata = Collections.unmodifiableSortedMap(sorted);
    SortedSet<StoredMethod> methods = new TreeSet<>();
    methods.addAll(storedMethods);
    storedMethods = Collections.unmodifiableSortedSet(methods);
    attributions = List.copyOf(attributions);
    SortedSet<String> hooks = new TreeSet<>();
    hooks.addAll(forgetting);
    forgetting = Collections.unmodifiableSortedSet(hooks);
  }

  /** A customer without attributions, who is not being forgotten. */
  public Customer(
      CustomerId id,
      long version,
      Optional<Person> person,
      SortedMap<String, String> metadata,
      SortedSet<StoredMethod> storedMethods,
      Instant registeredAt) {
    this(id, version, person, metadata, storedMethods, List.of(), new TreeSet<>(), registeredAt);
  }

  /** A customer who registers now, with nothing known but who it is. */
  public static Customer registered(CustomerId id, Person person, Instant now) {
    return new Customer(id, 0, Optional.of(person), new TreeMap<>(), new TreeSet<>(), now);
  }

  /**
   * Whether metadata is kept: a hook may learn of an id that it will need to have the customer
   * forgotten, after the erasure and before it is told of that.
   */
  public boolean keepsMetadata() {
    return !isErased() || !forgetting.isEmpty();
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
   * @throws InvalidStateException if the customer was erased, and no hook is still to be told of it
   */
  public Customer with(String key, String value) {
    Metadata.demand(metadata, key, value);
    if (!keepsMetadata()) {
      demandNotErased();
    }
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    return new Customer(
        id, version, person, changed, storedMethods, attributions, forgetting, registeredAt);
  }

  /**
   * This, of whom a hook that runs elsewhere keeps something: an erasure waits for it as for those
   * that are here.
   */
  public Customer keptBy(String hook) {
    SortedSet<String> keepers = new TreeSet<>(forgetting);
    keepers.add(required("hook", hook));
    return new Customer(
        id, version, person, metadata, storedMethods, attributions, keepers, registeredAt);
  }

  /**
   * This, owning a stored payment method; what was known of the same method gives way.
   *
   * @throws InvalidStateException if the customer was erased
   */
  public Customer with(StoredMethod method) {
    required("method", method);
    demandNotErased();
    SortedSet<StoredMethod> changed = new TreeSet<>(storedMethods);
    changed.removeIf(known -> known.is(method.gateway(), method.method()));
    changed.add(method);
    return new Customer(
        id, version, person, metadata, changed, attributions, forgetting, registeredAt);
  }

  /**
   * This, who started a checkout in a visit. Of the last 20 it is known.
   *
   * @throws InvalidStateException if the customer was erased
   */
  public Customer with(Attributed attributed) {
    required("attributed", attributed);
    demandNotErased();
    List<Attributed> all = new ArrayList<>(attributions);
    all.add(attributed);
    List<Attributed> last = all.subList(Math.max(0, all.size() - MOST_ATTRIBUTIONS), all.size());
    return new Customer(
        id, version, person, metadata, storedMethods, last, forgetting, registeredAt);
  }

  /** In which visit a checkout was started, if that is known. */
  public Optional<Attribution> attribution(CheckoutId checkout) {
    return attributions.stream()
        .filter(known -> known.checkout().equals(checkout))
        .map(Attributed::attribution)
        .findFirst();
  }

  /** The last visit in which a checkout was started, if one is known. */
  public Optional<Attribution> lastAttribution() {
    return attributions.isEmpty()
        ? Optional.empty()
        : Optional.of(attributions.get(attributions.size() - 1).attribution());
  }

  /** This, without a stored payment method. */
  public Customer without(StoredMethod method) {
    SortedSet<StoredMethod> changed = new TreeSet<>(storedMethods);
    changed.removeIf(known -> known.is(method.gateway(), method.method()));
    return new Customer(
        id, version, person, metadata, changed, attributions, forgetting, registeredAt);
  }

  /** The stored payment method with this id, if the customer has it at this gateway. */
  public Optional<StoredMethod> storedMethod(GatewayInstanceId gateway, String method) {
    return storedMethods.stream().filter(stored -> stored.is(gateway, method)).findFirst();
  }

  /** The customer's other methods with the same account behind them, such as the same card. */
  public List<StoredMethod> duplicatesOf(StoredMethod method) {
    return storedMethods.stream().filter(method::isDuplicateOf).toList();
  }

  /**
   * Under which id a provider knows the customer: that of the stored method that is used, or else
   * of one that the customer has there; empty if none is known.
   */
  public Optional<String> knownAs(GatewayInstanceId gateway, PaymentMethod used) {
    Optional<StoredMethod> ofUsed =
        used instanceof PaymentMethod.Stored stored
            ? storedMethod(gateway, stored.id())
            : Optional.empty();
    return ofUsed
        .flatMap(StoredMethod::owner)
        .or(
            () ->
                storedMethods.stream()
                    .filter(method -> method.gateway().equals(gateway))
                    .flatMap(method -> method.owner().stream())
                    .findFirst());
  }

  /** This, without anything that says who it is, or that it could pay with. */
  public Customer erased() {
    return erased(new TreeSet<>());
  }

  /**
   * This, without anything that says who it is, or that it could pay with. The metadata is kept
   * until these hooks were told, and those that keep something elsewhere; if there are none of
   * these, nobody is waited for. Of who was erased before, only those of these are waited for that
   * were to be told then.
   */
  public Customer erased(Set<String> hooks) {
    SortedSet<String> waiting = new TreeSet<>();
    waiting.addAll(hooks);
    if (isErased()) {
      waiting.retainAll(forgetting);
    } else if (!hooks.isEmpty()) {
      waiting.addAll(forgetting);
    }
    SortedMap<String, String> kept = waiting.isEmpty() ? new TreeMap<>() : metadata;
    return new Customer(
        id, version, Optional.empty(), kept, new TreeSet<>(), List.of(), waiting, registeredAt);
  }

  /** This, of whose erasure a hook was told. */
  public Customer forgottenBy(String hook) {
    SortedSet<String> waiting = new TreeSet<>(forgetting);
    return isErased() && waiting.remove(hook) ? erased(waiting) : this;
  }

  /** This, as the store holds it after a commit. */
  public Customer atVersion(long stored) {
    return new Customer(
        id, stored, person, metadata, storedMethods, attributions, forgetting, registeredAt);
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
