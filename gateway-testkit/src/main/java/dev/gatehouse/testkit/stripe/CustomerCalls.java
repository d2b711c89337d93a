package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Customer;
import dev.gatehouse.testkit.stripe.Entries.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The calls about customers and the payment methods that are stored for them. */
final class CustomerCalls {
  private final Desk desk;

  CustomerCalls(Desk desk) {
    this.desk = desk;
  }

  ObjectNode create(StripeAccount account, Params params) {
    Customer customer = new Customer(desk.id("cus"), account, desk.now());
    customer.email = params.text("email", 512).orElse(null);
    customer.name = params.text("name", 256).orElse(null);
    customer.metadata.putAll(params.metadata());
    params.done();
    desk.add(customer);
    desk.happened("customer.created", account, SetUpViews.customer(customer));
    return SetUpViews.customer(customer);
  }

  /** A method that was detached can't be used again. */
  ObjectNode detach(StripeAccount account, String id, Params params) {
    params.done();
    Method method = desk.method(account, id);
    if (method.customer == null) {
      throw ApiError.parameter(
          null,
          "payment_method",
          "The payment method you provided is not attached to a customer so detachment is"
              + " impossible.");
    }
    desk.detach(method);
    return Views.method(method);
  }

  /** The customer of a request, which has to be the one that its method is stored for. */
  static @Nullable Customer of(
      Desk desk, StripeAccount account, Params params, @Nullable Method method) {
    Customer customer = params.text("customer").map(id -> desk.customer(account, id)).orElse(null);
    Customer owner = method == null ? null : method.customer;
    if (method != null && owner != null && owner != customer) {
      throw ApiError.parameter(
          null,
          "payment_method",
          "The PaymentMethod "
              + method.id
              + " belongs to a Customer "
              + owner.id
              + ". Please include the Customer in the `customer` parameter on the"
              + " PaymentIntent.");
    }
    return customer;
  }
}
