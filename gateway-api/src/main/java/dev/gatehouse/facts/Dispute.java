package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import org.joda.money.Money;

/**
 * What is known of one dispute (chargeback). Its money is in {@link Movement}s of its own.
 *
 * @param status where it stands; written only from a fetch or dated by the provider
 * @param amount how much is disputed
 * @param charge the attempt that is disputed
 * @param reason the provider's reason code
 */
public record Dispute(
    Register<DisputeStatus> status, Flat<Money> amount, Flat<String> charge, Flat<String> reason)
    implements Joinable<Dispute> {

  /** Refuses missing parts and negative amounts. */
  public Dispute {
    required("status", status);
    Amounts.demandNoneNegative("amount", amount);
    required("charge", charge);
    required("reason", reason);
  }

  /** A dispute about this amount of this attempt. */
  public static Dispute of(Money amount, String attemptId) {
    return new Dispute(Register.unknown(), Flat.of(amount), Flat.of(attemptId), Flat.unknown());
  }

  /** This, with its status as seen. */
  public Dispute with(Register<DisputeStatus> seen) {
    return seen == status ? this : new Dispute(seen, amount, charge, reason);
  }

  /** This, with the provider's reason code. */
  public Dispute because(String reasonCode) {
    return new Dispute(status, amount, charge, Flat.of(reasonCode));
  }

  /** Whether it was won or lost, as far as is known. */
  public boolean isDecided() {
    return status
        .value()
        .filter(now -> now == DisputeStatus.WON || now == DisputeStatus.LOST)
        .isPresent();
  }

  @Override
  public Dispute join(Dispute other) {
    return new Dispute(
        status.join(other.status),
        amount.join(other.amount),
        charge.join(other.charge),
        reason.join(other.reason));
  }
}
