package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.CustomerDetails;

/**
 * The customer of Stripe's that methods are stored for: one for each of ours. Where its id is not
 * known, it is looked for by the address and our reference, and made only if it is not there, under
 * a key that is made of our reference. So an answer that got lost leads to no second one, and one
 * that is made for nothing holds nothing.
 */
final class StripeCustomers {
  /** Where our id of the customer is in the metadata. */
  static final String REFERENCE = "gatehouse_customer";

  private final StripeCall call;

  StripeCustomers(StripeCall call) {
    this.call = call;
  }

  /** Stripe's id of the customer. */
  String idOf(CustomerDetails who) throws StripeException {
    if (who.providerId().isPresent()) {
      return who.providerId().get();
    }
    String reference = who.reference().orElseThrow(StripeCustomers::nobody);
    if (who.email().isPresent()) {
      for (Customer known : byAddress(who.email().get())) {
        if (StripeFacts.metadata(known.getMetadata(), REFERENCE)
            .filter(reference::equals)
            .isPresent()) {
          return Unreadable.demand("id", known.getId());
        }
      }
    }
    return made(who, reference);
  }

  private Iterable<Customer> byAddress(String email) throws StripeException {
    var params = CustomerListParams.builder().setEmail(email).setLimit(StripePages.PAGE);
    return Unreadable.demand("data", call.client().v1().customers().list(params.build()).getData());
  }

  private String made(CustomerDetails who, String reference) throws StripeException {
    var params = CustomerCreateParams.builder().putMetadata(REFERENCE, reference);
    who.email().ifPresent(params::setEmail);
    who.name().ifPresent(params::setName);
    String key = "gatehouse.customer." + reference;
    return Unreadable.demand(
        "id", call.client().v1().customers().create(params.build(), StripeCall.under(key)).getId());
  }

  private static InvalidInputException nobody() {
    return new InvalidInputException(
        new Problem(
            "customer",
            "stripe.customer",
            "is not said, and Stripe stores methods for customers alone",
            "store it for a customer who is registered"));
  }
}
