package dev.gatehouse.examples.membership;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import org.joda.money.Money;

/**
 * One customer who signs up.
 *
 * @param registration who it is
 * @param plan for which plan
 * @param gateway through which gateway
 * @param scenario what will happen
 * @param expected where the checkout must end
 * @param keep what the shop must have in the end, in the plan's currency
 */
record Signup(
    RegisterCustomer registration,
    Plan plan,
    GatewayInstanceId gateway,
    Scenario scenario,
    CheckoutState expected,
    Money keep) {

  /** The customer's id. */
  CustomerId customer() {
    return registration.customer();
  }

  /** The same through another gateway; by another customer, since each signs up once. */
  Signup through(GatewayInstanceId other) {
    CustomerId twin = new CustomerId(customer() + "." + other);
    return new Signup(
        new RegisterCustomer(twin, registration.person()), plan, other, scenario, expected, keep);
  }

  /** The same in a later tour on the same store: by another customer. */
  Signup inTour(int number) {
    if (number == 1) {
      return this;
    }
    CustomerId other = new CustomerId(customer() + "." + number);
    return new Signup(
        new RegisterCustomer(other, registration.person()),
        plan,
        gateway,
        scenario,
        expected,
        keep);
  }

  /** The customer's name. */
  String name() {
    return registration.person().name();
  }
}
