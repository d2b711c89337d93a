package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Optional;
import org.joda.money.Money;

/**
 * What is known of one attempt to pay: a charge, in the provider's words.
 *
 * @param step how far it came
 * @param amount what it is for
 * @param decline why it failed
 * @param operation the key of the operation of ours that caused it
 * @param storedMethod the provider's id of the payment method that it stored
 * @param action what the customer must do now; written only from a fetch
 * @param supersededBy the attempt that took its place: it counts no more, that one does
 */
public record Attempt(
    Chain<AttemptStep> step,
    Flat<Money> amount,
    Flat<Decline> decline,
    Flat<String> operation,
    Flat<String> storedMethod,
    Register<CustomerAction> action,
    Flat<String> supersededBy)
    implements Joinable<Attempt> {

  /** Refuses missing parts and negative amounts. */
  public Attempt {
    required("step", step);
    Amounts.demandNoneNegative("amount", amount);
    required("decline", decline);
    required("operation", operation);
    required("storedMethod", storedMethod);
    required("action", action);
    required("supersededBy", supersededBy);
  }

  /** An attempt at a step, with nothing else known. */
  public static Attempt at(AttemptStep step) {
    return new Attempt(
        Chain.at(step),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Register.unknown(),
        Flat.unknown());
  }

  /** A failed attempt with its reason. */
  public static Attempt declined(Decline decline) {
    return at(AttemptStep.FAILED).with(decline);
  }

  /**
   * Why it failed; {@link DeclineCode#GENERIC_DECLINE} if the provider did not say. Empty if it did
   * not fail.
   */
  public Optional<Decline> failure() {
    return step.reached(AttemptStep.FAILED)
        ? Optional.of(
            decline.values().stream().findFirst().orElse(Decline.of(DeclineCode.GENERIC_DECLINE)))
        : Optional.empty();
  }

  /** This, with the amount. */
  public Attempt with(Money seen) {
    return new Attempt(step, Flat.of(seen), decline, operation, storedMethod, action, supersededBy);
  }

  /** This, with the decline. */
  public Attempt with(Decline seen) {
    return new Attempt(step, amount, Flat.of(seen), operation, storedMethod, action, supersededBy);
  }

  /** This, with what the customer must do, as fetched. */
  public Attempt with(CustomerAction fetched) {
    return new Attempt(
        step, amount, decline, operation, storedMethod, Register.unstamped(fetched), supersededBy);
  }

  /** This, caused by the operation of ours with this key. */
  public Attempt causedBy(String operationKey) {
    return new Attempt(
        step, amount, decline, Flat.of(operationKey), storedMethod, action, supersededBy);
  }

  /** This, caused by an operation of ours if the provider echoes its key. */
  public Attempt causedBy(Optional<String> operationKey) {
    return operationKey.map(this::causedBy).orElse(this);
  }

  /**
   * This, with the payment method that it stored, by the id under which it is to be charged: at
   * most 255 of {@code A-Za-z0-9._:/+=|~-}, and no card number. Where a provider's ids are digits
   * only, put a word before them, because one in ten would pass for a card number and be refused
   * when it is charged. What people know it by is told by {@link Snapshot.Builder#credential}. Only
   * once it can be charged: a method that the customer must still authenticate is not stored.
   */
  public Attempt storing(String methodId) {
    return new Attempt(step, amount, decline, operation, Flat.of(methodId), action, supersededBy);
  }

  /**
   * This, of which another attempt took the place. For providers that have no id for an attempt
   * before its charge is made: the attempt is known under an id of the whole until then.
   */
  public Attempt supersededBy(String attemptId) {
    return new Attempt(step, amount, decline, operation, storedMethod, action, Flat.of(attemptId));
  }

  /** Whether no other attempt is known to have taken its place. */
  public boolean isCurrent() {
    return supersededBy.isUnknown();
  }

  @Override
  public Attempt join(Attempt other) {
    return new Attempt(
        step.join(other.step),
        amount.join(other.amount),
        decline.join(other.decline),
        operation.join(other.operation),
        storedMethod.join(other.storedMethod),
        action.join(other.action),
        supersededBy.join(other.supersededBy));
  }

  Attempt withAction(Register<CustomerAction> changed) {
    return changed == action
        ? this
        : new Attempt(step, amount, decline, operation, storedMethod, changed, supersededBy);
  }
}
