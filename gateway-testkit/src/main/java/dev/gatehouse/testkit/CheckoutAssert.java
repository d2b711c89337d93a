package dev.gatehouse.testkit;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.MembershipState;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a checkout. A failure shows its payments with their facts and events. */
public final class CheckoutAssert extends AbstractAssert<CheckoutAssert, CheckoutView> {
  private List<LifecycleEvent> timeline = List.of();

  CheckoutAssert(@Nullable CheckoutView checkout) {
    super(checkout, CheckoutAssert.class);
  }

  /** Shows these events, too, when something fails. */
  public CheckoutAssert withTimeline(List<LifecycleEvent> events) {
    timeline = List.copyOf(events);
    return this;
  }

  /** It is in this state. */
  public CheckoutAssert isIn(CheckoutState state) {
    isNotNull();
    return demand(actual.state() == state, "to be " + state, "it is " + actual.state());
  }

  /** Nothing was tried yet. */
  public CheckoutAssert isOpen() {
    return isIn(CheckoutState.OPEN);
  }

  /** It is paid, or free and done. */
  public CheckoutAssert isCompleted() {
    return isIn(CheckoutState.COMPLETED);
  }

  /** It is completed, and this payment paid for it. */
  public CheckoutAssert isPaidBy(PaymentId payment) {
    isCompleted();
    Optional<PaymentId> paidBy = actual.checkout().paidBy();
    return demand(
        paidBy.filter(payment::equals).isPresent(),
        "to be paid by " + payment,
        "it is paid by " + paidBy.map(PaymentId::value).orElse("none"));
  }

  /** Its last payment failed; the customer may try again. */
  public CheckoutAssert isFailed() {
    return isIn(CheckoutState.FAILED);
  }

  /** A payment is under way, or its outcome is not known yet. */
  public CheckoutAssert isPending() {
    return isIn(CheckoutState.PENDING);
  }

  /** The money is held. */
  public CheckoutAssert isAuthorized() {
    return isIn(CheckoutState.AUTHORIZED);
  }

  /** The customer must do something, and it is known what. */
  public CheckoutAssert awaitsCustomer() {
    isIn(CheckoutState.AWAITING_CUSTOMER);
    return demand(actual.action().isPresent(), "to say what the customer must do", "it does not");
  }

  /** Its time ran out. */
  public CheckoutAssert isExpired() {
    return isIn(CheckoutState.EXPIRED);
  }

  /** It was called off. */
  public CheckoutAssert isCancelled() {
    return isIn(CheckoutState.CANCELLED);
  }

  /** So many payments were tried. */
  public CheckoutAssert hasPayments(int count) {
    isNotNull();
    int tried = actual.payments().size();
    return demand(tried == count, "to have tried " + count + " payments", "it tried " + tried);
  }

  /** Its last payment was declined with this code. */
  public CheckoutAssert isDeclinedWith(DeclineCode code) {
    isNotNull();
    Optional<DeclineCode> seen = actual.decline().map(decline -> decline.code());
    return demand(
        seen.filter(code::equals).isPresent(), "to be declined with " + code, "it has " + seen);
  }

  /** The membership that it brings is in this state. */
  public CheckoutAssert hasMembership(MembershipState state) {
    isNotNull();
    Optional<MembershipState> seen = actual.membership().map(membership -> membership.state());
    return demand(
        seen.filter(state::equals).isPresent(),
        "to have a membership that is " + state,
        "it has " + seen);
  }

  private CheckoutAssert demand(boolean met, String wanted, String but) {
    if (!met) {
      failWithMessage(
          "%s",
          "Expected checkout "
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
