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
 * @param lastSentAt when the last send was committed; once its answer got lost, when it was given
 *     up
 * @param nextSendAt when it is to be sent again; empty if it is not to be
 * @param closed whether it will not be sent again, come what may
 * @param leftToPerson whether its outcome can't be found by the declared recovery
 * @param failure what the last send reported, if it failed
 * @param action what the last response asked of the customer
 * @param reportedAs the provider's id of its effect, as a person reported it; empty once the
 *     provider shows that id itself
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
    Optional<CustomerAction> action,
    Optional<String> reportedAs) {

  /** A new operation with its first send committed. */
  public static Operation first(String key, Intent intent, Instant now) {
    return new Operation(
        key,
        intent.kind(),
        intent.command(),
        intent.amount(),
        intent.target(),
        intent.isFinal(),
        intent.reason(),
        now,
        1,
        now,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The key of a send's fact. */
  public String sendKey(int number) {
    return key + '#' + number;
  }

  /** This, with one more send committed, of which nothing was heard yet. */
  public Operation sentAgain(Instant now) {
    Copy copy = new Copy(this);
    copy.sends = sends + 1;
    copy.lastSentAt = now;
    copy.nextSendAt = Optional.empty();
    copy.failure = Optional.empty();
    return copy.build();
  }

  /** This, to be sent again at that time. */
  public Operation resendAt(Instant time) {
    Copy copy = new Copy(this);
    copy.nextSendAt = Optional.of(time);
    return copy.build();
  }

  /** This, never to be sent again. */
  public Operation close() {
    Copy copy = new Copy(this);
    copy.nextSendAt = Optional.empty();
    copy.closed = true;
    return copy.build();
  }

  /** This, in a person's hands. */
  public Operation leaveToPerson() {
    Copy copy = new Copy(close());
    copy.leftToPerson = true;
    return copy.build();
  }

  /** This, with what the last send reported. */
  public Operation failedWith(Failure seen) {
    Copy copy = new Copy(this);
    copy.failure = Optional.of(seen);
    return copy.build();
  }

  /** This, given up at that time: whatever was sent may have arrived until then. */
  public Operation givenUp(Failure seen, Instant at) {
    Copy copy = new Copy(failedWith(seen));
    copy.lastSentAt = at;
    return copy.build();
  }

  /** This, with what the last response asked of the customer. */
  public Operation asking(CustomerAction asked) {
    Copy copy = new Copy(this);
    copy.action = Optional.of(asked);
    return copy.build();
  }

  /** This, settled by a person: with the provider's id of its effect, if it had one. */
  public Operation reported(Optional<String> effect) {
    Copy copy = new Copy(close());
    copy.reportedAs = effect;
    return copy.build();
  }

  /** This, as the provider itself shows now what a person had reported. */
  public Operation withoutReport() {
    Copy copy = new Copy(this);
    copy.reportedAs = Optional.empty();
    return copy.build();
  }

  /** What may change of an operation. */
  private static final class Copy {
    private final Operation of;
    private int sends;
    private Instant lastSentAt;
    private Optional<Instant> nextSendAt;
    private boolean closed;
    private boolean leftToPerson;
    private Optional<Failure> failure;
    private Optional<CustomerAction> action;
    private Optional<String> reportedAs;

    Copy(Operation of) {
      this.of = of;
      sends = of.sends;
      lastSentAt = of.lastSentAt;
      nextSendAt = of.nextSendAt;
      closed = of.closed;
      leftToPerson = of.leftToPerson;
      failure = of.failure;
      action = of.action;
      reportedAs = of.reportedAs;
    }

    Operation build() {
      return new Operation(
          of.key,
          of.kind,
          of.command,
          of.amount,
          of.target,
          of.isFinal,
          of.reason,
          of.createdAt,
          sends,
          lastSentAt,
          nextSendAt,
          closed,
          leftToPerson,
          failure,
          action,
          reportedAs);
    }
  }
}
