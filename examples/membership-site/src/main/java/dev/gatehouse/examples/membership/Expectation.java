package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * What must be true after a scenario.
 *
 * @param state where the checkout ends
 * @param keepsMoney whether the shop has the plan's price in the end, or nothing
 * @param churns whether a member leaves
 * @param events the types of all events of the customer, however often each, in alphabetical order
 */
record Expectation(CheckoutState state, boolean keepsMoney, boolean churns, List<String> events) {

  /** A checkout that brings a membership, with these events beside those of every such one. */
  static Expectation completed(List<Class<? extends LifecycleEvent>> also) {
    return of(
        CheckoutState.COMPLETED,
        true,
        Stream.concat(
            Stream.of(CheckoutCompleted.class, MembershipStatusChanged.class), also.stream()));
  }

  /** A checkout that ends without money, with these events beside that of every customer. */
  static Expectation ending(CheckoutState state, List<Class<? extends LifecycleEvent>> also) {
    return of(state, false, also.stream());
  }

  /** This, with all of the money given back. */
  Expectation thenRefunded() {
    return new Expectation(state, false, churns, events);
  }

  /** This, with the member leaving. */
  Expectation thenChurned() {
    return new Expectation(state, keepsMoney, true, events);
  }

  /** What the shop has in the end of a plan's price. */
  Money kept(Money price) {
    return keepsMoney ? price : Money.zero(price.getCurrencyUnit());
  }

  /** How many events of a type there must be. */
  int count(Class<? extends LifecycleEvent> type) {
    return (int) events.stream().filter(type.getSimpleName()::equals).count();
  }

  private static Expectation of(
      CheckoutState state, boolean keeps, Stream<Class<? extends LifecycleEvent>> also) {
    List<String> events =
        Stream.concat(Stream.of(CustomerCreated.class), also)
            .map(Class::getSimpleName)
            .sorted()
            .toList();
    return new Expectation(state, keeps, false, events);
  }
}
