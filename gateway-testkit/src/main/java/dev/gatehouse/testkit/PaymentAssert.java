package dev.gatehouse.testkit;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Assertions about a payment. A failure shows its facts, its operations and its events. */
public final class PaymentAssert extends AbstractAssert<PaymentAssert, Payment> {
  private List<LifecycleEvent> timeline = List.of();

  PaymentAssert(@Nullable Payment payment) {
    super(payment, PaymentAssert.class);
  }

  /** Shows these events, too, when something fails. */
  public PaymentAssert withTimeline(List<LifecycleEvent> events) {
    timeline = List.copyOf(events);
    return this;
  }

  /** It is in this state. */
  public PaymentAssert isIn(PaymentState state) {
    isNotNull();
    return demand(actual.state() == state, "to be " + state, "it is " + actual.state());
  }

  /** All of the money is taken, and none went back. */
  public PaymentAssert isCaptured() {
    return isIn(PaymentState.CAPTURED);
  }

  /** A part of the held money is taken, the rest is still held. */
  public PaymentAssert isPartlyCaptured() {
    return isIn(PaymentState.PARTLY_CAPTURED);
  }

  /** The money is held. */
  public PaymentAssert isAuthorized() {
    return isIn(PaymentState.AUTHORIZED);
  }

  /** The held money was released. */
  public PaymentAssert isVoided() {
    return isIn(PaymentState.VOIDED);
  }

  /** All of the taken money was refunded. */
  public PaymentAssert isRefunded() {
    return isIn(PaymentState.REFUNDED);
  }

  /** A part of the taken money was refunded. */
  public PaymentAssert isPartlyRefunded() {
    return isIn(PaymentState.PARTLY_REFUNDED);
  }

  /** It was declined, or provably never sent. */
  public PaymentAssert isFailed() {
    return isIn(PaymentState.FAILED);
  }

  /** Nobody knows (yet) what became of it. */
  public PaymentAssert isInDoubt() {
    return isIn(PaymentState.IN_DOUBT);
  }

  /** The provider or the bank is working on it. */
  public PaymentAssert isPending() {
    return isIn(PaymentState.PENDING);
  }

  /** The customer must do something. */
  public PaymentAssert awaitsCustomer() {
    return isIn(PaymentState.ACTION_REQUIRED);
  }

  /** The money that we asked for was taken, beyond doubt. */
  public PaymentAssert isPaid() {
    isNotNull();
    return demand(actual.isPaid(), "to be paid", "it is not, beyond doubt");
  }

  /** The money that we asked for was not taken beyond doubt. */
  public PaymentAssert isNotPaid() {
    isNotNull();
    return demand(!actual.isPaid(), "not to be paid", "it is");
  }

  /** So much was ever captured. */
  public PaymentAssert hasCaptured(Money amount) {
    return hasTotal("captured", Totals::captured, amount);
  }

  /** So much is refunded and stayed refunded. */
  public PaymentAssert hasRefunded(Money amount) {
    return hasTotal("refunded", Totals::refunded, amount);
  }

  /** So much may still be refunded. */
  public PaymentAssert hasRefundable(Money amount) {
    isNotNull();
    Optional<Money> seen = actual.refundable();
    return demand(
        seen.filter(amount::equals).isPresent(),
        "to have refundable " + amount,
        "it has " + seen.map(Money::toString).orElse("none"));
  }

  /** The last failed attempt was declined with this code. */
  public PaymentAssert isDeclinedWith(DeclineCode code) {
    isNotNull();
    Optional<DeclineCode> seen = actual.decline().map(decline -> decline.code());
    return demand(
        seen.filter(code::equals).isPresent(), "to be declined with " + code, "it has " + seen);
  }

  /** What the provider did is what we asked for, and no two facts contradict each other. */
  public PaymentAssert isSound() {
    isNotNull();
    List<Conflict> conflicts = Conflict.in(actual.facts());
    return demand(
        conflicts.isEmpty() && actual.mismatches().isEmpty(),
        "to be sound",
        "it has " + conflicts + " and " + actual.mismatches());
  }

  /** What the provider did differs in this way from what we asked for. */
  public PaymentAssert hasMismatch(Mismatch mismatch) {
    isNotNull();
    return demand(
        actual.mismatches().contains(mismatch),
        "to have the mismatch " + mismatch,
        "it has " + actual.mismatches());
  }

  private PaymentAssert hasTotal(String what, Function<Totals, Money> of, Money amount) {
    isNotNull();
    Optional<Money> seen = actual.totals().map(of);
    return demand(
        seen.filter(amount::equals).isPresent(),
        "to have " + what + " " + amount,
        "it has " + seen.map(Money::toString).orElse("no currency"));
  }

  private PaymentAssert demand(boolean met, String wanted, String but) {
    if (!met) {
      failWithMessage(
          "%s",
          "Expected payment "
              + actual.id()
              + " "
              + wanted
              + ", but "
              + but
              + ".\n"
              + Story.of(actual)
              + Story.of(timeline));
    }
    return this;
  }
}
