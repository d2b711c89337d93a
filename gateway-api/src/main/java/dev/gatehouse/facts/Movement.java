package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Optional;
import org.joda.money.Money;

/**
 * What is known of one movement of money: a capture, a refund, or the money side of a dispute.
 *
 * @param kind what moved the money
 * @param step how far it came
 * @param amount how much, in the payment's currency; never negative, the kind gives the direction
 * @param charge the attempt whose money this is
 * @param parent the authorisation captured, the capture refunded, or the dispute
 * @param operation the key of the operation of ours that caused it
 * @param settled the amount in the currency of the merchant's account, where it differs
 */
public record Movement(
    Flat<MovementKind> kind,
    Chain<MovementStep> step,
    Flat<Money> amount,
    Flat<String> charge,
    Flat<String> parent,
    Flat<String> operation,
    Flat<Money> settled)
    implements Joinable<Movement> {

  /** Refuses missing parts and negative amounts. */
  public Movement {
    required("kind", kind);
    required("step", step);
    Amounts.demandNoneNegative("amount", amount);
    required("charge", charge);
    required("parent", parent);
    required("operation", operation);
    Amounts.demandNoneNegative("settled", settled);
  }

  /** A movement of this kind, at this step, with nothing else known. */
  public static Movement of(MovementKind kind, MovementStep step) {
    return new Movement(
        Flat.of(kind),
        Chain.at(step),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown(),
        Flat.unknown());
  }

  /** This, with the amount. */
  public Movement with(Money seen) {
    return new Movement(kind, step, Flat.of(seen), charge, parent, operation, settled);
  }

  /** This, as part of an attempt's money. */
  public Movement ofCharge(String attemptId) {
    return new Movement(kind, step, amount, Flat.of(attemptId), parent, operation, settled);
  }

  /** This, out of an authorisation, a capture or a dispute. */
  public Movement outOf(String parentId) {
    return new Movement(kind, step, amount, charge, Flat.of(parentId), operation, settled);
  }

  /** This, caused by the operation of ours with this key. */
  public Movement causedBy(String operationKey) {
    return new Movement(kind, step, amount, charge, parent, Flat.of(operationKey), settled);
  }

  /** This, caused by an operation of ours if the provider echoes its key. */
  public Movement causedBy(Optional<String> operationKey) {
    return operationKey.map(this::causedBy).orElse(this);
  }

  /** This, with the amount in the merchant account's currency. */
  public Movement settledAs(Money seen) {
    return new Movement(kind, step, amount, charge, parent, operation, Flat.of(seen));
  }

  /** Whether it is of this kind and no other. */
  public boolean is(MovementKind wanted) {
    return kind.value().filter(wanted::equals).isPresent();
  }

  @Override
  public Movement join(Movement other) {
    return new Movement(
        kind.join(other.kind),
        step.join(other.step),
        amount.join(other.amount),
        charge.join(other.charge),
        parent.join(other.parent),
        operation.join(other.operation),
        settled.join(other.settled));
  }
}
