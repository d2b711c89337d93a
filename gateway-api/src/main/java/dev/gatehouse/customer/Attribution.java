package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.ForeignId;
import jakarta.validation.constraints.NotNull;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the browser's analytics knows a visit by, and what the customer agreed to, so that what
 * happens later can be told of the same visit. Personal data: it is kept with the customer, and in
 * no event. Never logged.
 *
 * @param clientId the browser's id, such as the client id of Google Analytics
 * @param sessionId the visit's id
 * @param granted what the customer agreed to
 * @param denied what the customer refused; who was not asked has done neither
 */
public record Attribution(
    @NotNull Optional<@ForeignId(max = 128) String> clientId,
    @NotNull Optional<@ForeignId(max = 128) String> sessionId,
    @NotNull SortedSet<Purpose> granted,
    @NotNull SortedSet<Purpose> denied) {
  private static final Attribution NONE =
      new Attribution(Optional.empty(), Optional.empty(), new TreeSet<>(), new TreeSet<>());

  /** Copies the sets; refuses a purpose that is in both. */
  public Attribution {
    required("clientId", clientId);
    required("sessionId", sessionId);
    granted = copy(required("granted", granted));
    denied = copy(required("denied", denied));
    if (granted.stream().anyMatch(denied::contains)) {
      throw new InvalidInputException(
          new Problem(
              "denied",
              "attribution.consent",
              "holds a purpose that is granted, too",
              "say once what the customer answered"));
    }
  }

  /** Of a visit that is known by nothing, by a customer who was asked nothing. */
  public static Attribution none() {
    return NONE;
  }

  /** This, of a browser with this id. */
  public Attribution client(String id) {
    return new Attribution(Optional.of(required("clientId", id)), sessionId, granted, denied);
  }

  /** This, of a visit with this id. */
  public Attribution session(String id) {
    return new Attribution(clientId, Optional.of(required("sessionId", id)), granted, denied);
  }

  /** This, with what the customer agreed to. */
  public Attribution granting(Purpose... purposes) {
    return new Attribution(clientId, sessionId, with(granted, purposes), denied);
  }

  /** This, with what the customer refused. */
  public Attribution denying(Purpose... purposes) {
    return new Attribution(clientId, sessionId, granted, with(denied, purposes));
  }

  private static SortedSet<Purpose> with(SortedSet<Purpose> known, Purpose... more) {
    SortedSet<Purpose> all = new TreeSet<>(known);
    for (Purpose purpose : required("purposes", more)) {
      all.add(required("purpose", purpose));
    }
    return all;
  }

  private static SortedSet<Purpose> copy(SortedSet<Purpose> purposes) {
    SortedSet<Purpose> sorted = new TreeSet<>();
    purposes.forEach(purpose -> sorted.add(required("purpose", purpose)));
    return Collections.unmodifiableSortedSet(sorted);
  }

  @Override
  public String toString() {
    return "Attribution[redacted]";
  }
}
