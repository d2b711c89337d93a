package dev.gatehouse.examples.membership;

import static dev.gatehouse.checkout.CheckoutState.CANCELLED;
import static dev.gatehouse.checkout.CheckoutState.EXPIRED;
import static dev.gatehouse.checkout.CheckoutState.FAILED;

import dev.gatehouse.event.AuthorizationEnded;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.CheckoutExpired;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A turn that a checkout can take, and what must be true after it. */
enum Scenario {
  /** Paid at once. */
  APPROVED(Plays::approved, Expectation.completed(List.of(PaymentCaptured.class))),

  /** Declined for now; the customer tries again and pays. */
  DECLINED_THEN_RETRIED(
      Plays::declinedThenRetried,
      Expectation.completed(List.of(PaymentFailed.class, PaymentCaptured.class))),

  /** Declined for good; the shop does not try again. */
  DECLINED_FOR_GOOD(
      Plays::declinedForGood, Expectation.ending(FAILED, List.of(PaymentFailed.class))),

  /** The bank asks the customer, who approves on the provider's page. */
  CUSTOMER_ACTION(Plays::customerAction, Expectation.completed(List.of(PaymentCaptured.class))),

  /** The provider needs time; a webhook tells how it ended. */
  PENDING_THEN_WEBHOOK(
      Plays::pendingThenWebhook, Expectation.completed(List.of(PaymentCaptured.class))),

  /** The provider charged, and its answer was lost; there must be one charge. */
  RESPONSE_LOST(Plays::responseLost, Expectation.completed(List.of(PaymentCaptured.class))),

  /** Every webhook comes twice, the last one first. */
  WEBHOOKS_DOUBLED_AND_REVERSED(
      Plays::webhooksDoubledAndReversed,
      Expectation.completed(List.of(PaymentCaptured.class, PaymentRefunded.class)).thenRefunded()),

  /** Two attempts are both paid; the excess goes back. */
  PAID_TWICE(
      Plays::paidTwice,
      Expectation.completed(
          List.of(
              PaymentCaptured.class,
              PaymentCaptured.class,
              Overpaid.class,
              PaymentRefunded.class))),

  /** A part is refunded, then the rest. */
  REFUNDED(
      Plays::refunded,
      Expectation.completed(
              List.of(PaymentCaptured.class, PaymentRefunded.class, PaymentRefunded.class))
          .thenRefunded()),

  /** The money is held, and taken in two parts. */
  CAPTURED_IN_PARTS(
      Plays::capturedInParts,
      Expectation.completed(
          List.of(PaymentAuthorized.class, PaymentCaptured.class, PaymentCaptured.class))),

  /** The money is held, then released, and the checkout is called off. */
  VOIDED(
      Plays::voided,
      Expectation.ending(
          CANCELLED,
          List.of(
              PaymentAuthorized.class,
              AuthorizationEnded.class,
              CheckoutCancelled.class,
              MembershipStatusChanged.class))),

  /** The member leaves after a while. */
  MEMBERSHIP_CANCELLED(
      Plays::membershipCancelled,
      Expectation.completed(List.of(PaymentCaptured.class, MembershipStatusChanged.class))
          .thenChurned()),

  /** There is nothing to pay. */
  FREE(Plays::free, Expectation.completed(List.of())),

  /** The customer transfers the money, and an operator sees it arrive. */
  BANK_TRANSFER(Plays::bankTransfer, Expectation.completed(List.of(PaymentCaptured.class))),

  /** The customer pays after the checkout expired; the money goes back. */
  EXPIRED_THEN_PAID(
      Plays::expiredThenPaid,
      Expectation.ending(
          EXPIRED,
          List.of(
              CheckoutExpired.class,
              MembershipStatusChanged.class,
              PaymentCaptured.class,
              LateMoney.class,
              PaymentRefunded.class)));

  private final Consumer<Visit> play;
  private final Expectation expectation;

  Scenario(Consumer<Visit> play, Expectation expectation) {
    this.play = play;
    this.expectation = expectation;
  }

  /** Its name in files and tables, such as {@code declined-then-retried}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What must be true afterwards. */
  Expectation expectation() {
    return expectation;
  }

  /** Whether it is for plans that cost nothing. */
  boolean isFree() {
    return this == FREE;
  }

  /** Lets it happen. */
  void play(Visit visit) {
    play.accept(visit);
  }
}
