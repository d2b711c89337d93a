package dev.gatehouse.payment;

import dev.gatehouse.spi.OperationKind;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What we are about to ask of a provider. It is committed as an {@link Operation} before anything
 * is sent.
 *
 * @param kind which call
 * @param command the caller's own key; the same command is carried out once
 * @param amount how much; empty for a void and for going on after an action
 * @param target the provider's id of what it acts on; empty for a charge
 * @param isFinal whether a capture releases the rest
 * @param reason for people
 */
public record Intent(
    OperationKind kind,
    String command,
    Optional<Money> amount,
    String target,
    boolean isFinal,
    Optional<String> reason) {

  /** To charge. */
  public static Intent charge(String command, Money amount) {
    return new Intent(
        OperationKind.CHARGE, command, Optional.of(amount), "", false, Optional.empty());
  }

  /** To store a payment method without a charge. */
  public static Intent setUp(String command) {
    return new Intent(OperationKind.SET_UP, command, Optional.empty(), "", false, Optional.empty());
  }

  /** To remove a stored payment method. */
  public static Intent remove(String command, String method) {
    return new Intent(
        OperationKind.REMOVE, command, Optional.empty(), method, false, Optional.empty());
  }

  /** To go on with an attempt that the customer approved. */
  public static Intent complete(String command, String attempt) {
    return new Intent(
        OperationKind.COMPLETE, command, Optional.empty(), attempt, false, Optional.empty());
  }

  /** To take held money. */
  public static Intent capture(String command, Money amount, String hold, boolean isFinal) {
    return new Intent(
        OperationKind.CAPTURE, command, Optional.of(amount), hold, isFinal, Optional.empty());
  }

  /** To release a hold. */
  public static Intent release(String command, String hold) {
    return new Intent(OperationKind.VOID, command, Optional.empty(), hold, false, Optional.empty());
  }

  /** To give money back out of a capture. */
  public static Intent refund(
      String command, Money amount, String capture, Optional<String> reason) {
    return new Intent(OperationKind.REFUND, command, Optional.of(amount), capture, false, reason);
  }
}
