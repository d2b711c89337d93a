package dev.gatehouse.payment;

import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;

/**
 * One call of ours that can move money: committed before it is sent, with the idempotency key that
 * every send of it carries. What it came to is derived from facts ({@link OperationStatus}).
 *
 * @param key the idempotency key: payment, kind and number; never a hash of the content
 * @param kind which call
 * @param command the caller's own key; the same command is carried out once
 * @param amount how much; empty for a void and for going on after an action
 * @param target the provider's id of what it acts on; empty for a charge
 * @param isFinal whether a capture releases the rest
 * @param reason for people
 * @param createdAt when it was committed
 * @param sends how many sends were committed
 * @param lastSentAt when the last send was committed
 * @param nextSendAt when it is to be sent again; empty if it is not to be
 * @param closed whether it will not be sent again, come what may
 * @param leftToPerson whether its outcome can't be found by the declared recovery
 * @param failure what the last send reported, if it failed
 * @param action what the last response asked of the customer
 */
public record Operation(
    String key,
    OperationKind kind,
    String command,
    Optional<Money> amount,
    String target,
    boolean isFinal,
    Optional<String> reason,
    Instant createdAt,
    int sends,
    Instant lastSentAt,
    Optional<Instant> nextSendAt,
    boolean closed,
    boolean leftToPerson,
    Optional<Failure> failure,
    Optional<CustomerAction> action) {

  /** A new operation with its first send committed. */
  public static Operation first(
      String key,
      OperationKind kind,
      String command,
      Optional<Money> amount,
      String target,
      boolean isFinal,
      Optional<String> reason,
      Instant now) {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        now,
        1,
        now,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The key of a send's fact. */
  public String sendKey(int number) {
    return key + '#' + number;
  }

  /** This, with one more send committed, of which nothing was heard yet. */
  public Operation sentAgain(Instant now) {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends + 1,
        now,
        Optional.empty(),
        closed,
        leftToPerson,
        Optional.empty(),
        action);
  }

  /** This, to be sent again at that time. */
  public Operation resendAt(Instant time) {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends,
        lastSentAt,
        Optional.of(time),
        closed,
        leftToPerson,
        failure,
        action);
  }

  /** This, never to be sent again. */
  public Operation close() {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends,
        lastSentAt,
        Optional.empty(),
        true,
        leftToPerson,
        failure,
        action);
  }

  /** This, in a person's hands. */
  public Operation leaveToPerson() {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends,
        lastSentAt,
        Optional.empty(),
        true,
        true,
        failure,
        action);
  }

  /** This, with what the last send reported. */
  public Operation failedWith(Failure seen) {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends,
        lastSentAt,
        nextSendAt,
        closed,
        leftToPerson,
        Optional.of(seen),
        action);
  }

  /** This, with what the last response asked of the customer. */
  public Operation asking(CustomerAction asked) {
    return new Operation(
        key,
        kind,
        command,
        amount,
        target,
        isFinal,
        reason,
        createdAt,
        sends,
        lastSentAt,
        nextSendAt,
        closed,
        leftToPerson,
        failure,
        Optional.of(asked));
  }
}
