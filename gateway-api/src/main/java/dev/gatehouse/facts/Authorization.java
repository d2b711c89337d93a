package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.Money;

/**
 * What is known of one hold on the customer's money.
 *
 * @param terms how much may be captured and until when; written only from a fetch or dated by the
 *     provider
 * @param amount what was authorised at first
 * @param end how it ended; unknown while it lives
 * @param supersededBy the authorisation that took its place, and in which it goes on
 * @param operation the key of the operation of ours that caused it
 */
public record Authorization(
    Register<Terms> terms,
    Flat<Money> amount,
    Flat<AuthorizationEnd> end,
    Flat<String> supersededBy,
    Flat<String> operation)
    implements Joinable<Authorization> {

  /** Refuses missing parts and negative amounts. */
  public Authorization {
    required("terms", terms);
    Amounts.demandNoneNegative("amount", amount);
    required("end", end);
    required("supersededBy", supersededBy);
    required("operation", operation);
  }

  /**
   * How much may be captured and until when.
   *
   * @param capturable the most that may be captured in all
   * @param expiresAt when the hold ends; empty when the provider does not say
   */
  public record Terms(Money capturable, Optional<Instant> expiresAt) {
    /** Refuses missing parts and a negative amount. */
    public Terms {
      Amounts.demandNotNegative("capturable", capturable);
      required("expiresAt", expiresAt);
    }
  }

  /** An authorisation of this amount, alive as far as is known. */
  public static Authorization of(Money amount) {
    return new Authorization(
        Register.unknown(), Flat.of(amount), Flat.unknown(), Flat.unknown(), Flat.unknown());
  }

  /** A hold of which only its end is known. */
  public static Authorization over(AuthorizationEnd how) {
    return new Authorization(
        Register.unknown(), Flat.unknown(), Flat.of(how), Flat.unknown(), Flat.unknown());
  }

  /** This, with its terms as seen. */
  public Authorization with(Register<Terms> seen) {
    return seen == terms ? this : new Authorization(seen, amount, end, supersededBy, operation);
  }

  /** This, ended. */
  public Authorization ended(AuthorizationEnd how) {
    return new Authorization(terms, amount, Flat.of(how), supersededBy, operation);
  }

  /**
   * This, of which another took the place. It may also have ended: what releases a renewed hold may
   * release the one before with it.
   */
  public Authorization supersededBy(String authorizationId) {
    return new Authorization(terms, amount, end, Flat.of(authorizationId), operation);
  }

  /** This, caused by the operation of ours with this key. */
  public Authorization causedBy(String operationKey) {
    return new Authorization(terms, amount, end, supersededBy, Flat.of(operationKey));
  }

  /** Whether no end of it is known, and no other that took its place. */
  public boolean isAlive() {
    return end.isUnknown() && supersededBy.isUnknown();
  }

  /**
   * The most that may be captured, by the newest terms, else by the first amount. Of several that
   * contradict each other, the smallest; none if they are in several currencies.
   */
  public Optional<Money> capturable() {
    Set<Money> seen =
        terms.values().isEmpty()
            ? amount.values()
            : terms.values().stream().map(Terms::capturable).collect(Collectors.toSet());
    boolean comparable = seen.stream().map(Money::getCurrencyUnit).distinct().count() == 1;
    return comparable ? seen.stream().min(Comparator.naturalOrder()) : Optional.empty();
  }

  @Override
  public Authorization join(Authorization other) {
    return new Authorization(
        terms.join(other.terms),
        amount.join(other.amount),
        end.join(other.end),
        supersededBy.join(other.supersededBy),
        operation.join(other.operation));
  }
}
