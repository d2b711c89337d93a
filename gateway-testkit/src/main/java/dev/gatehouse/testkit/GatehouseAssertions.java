package dev.gatehouse.testkit;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions begin, in the manner of AssertJ: {@code assertThat(payment).isCaptured()}. They
 * go along with a static import of AssertJ's own. A failure shows everything that is known of what
 * was looked at.
 */
public final class GatehouseAssertions {
  private GatehouseAssertions() {}

  /** Looks at a payment. */
  public static PaymentAssert assertThat(@Nullable Payment payment) {
    return new PaymentAssert(payment);
  }

  /** Looks at a checkout with its payments and its membership. */
  public static CheckoutAssert assertThat(@Nullable CheckoutView checkout) {
    return new CheckoutAssert(checkout);
  }

  /** Looks at a membership. */
  public static MembershipAssert assertThat(@Nullable Membership membership) {
    return new MembershipAssert(membership);
  }

  /** Looks at events, in the order in which they were raised, such as a customer's timeline. */
  public static EventsAssert assertThatEvents(@Nullable List<LifecycleEvent> events) {
    return new EventsAssert(events);
  }
}
