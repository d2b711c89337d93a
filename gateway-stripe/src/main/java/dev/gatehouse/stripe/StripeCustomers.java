package dev.gatehouse.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.CustomerDetails;
import java.util.List;
import java.util.Optional;

/**
 * The customer of Stripe's that methods are stored for: one for each of ours. Where its id is not
 * known, or somebody deleted it, it is looked for by the address and our reference, and made only
 * if it is not there, under a key that is made of what is sent. So an answer that got lost leads to
 * no second one, and one that is made for nothing holds nothing.
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
    Optional<String> known = who.providerId();
    if (known.isPresent() && isThere(known.get())) {
      return known.get();
    }
    String reference = who.reference().orElseThrow(StripeCustomers::nobody);
    if (who.email().isPresent()) {
      for (Customer one : byAddress(who.email().get())) {
        if (StripeFacts.metadata(one.getMetadata(), REFERENCE)
            .filter(reference::equals)
            .isPresent()) {
          return Unreadable.demand("id", one.getId());
        }
      }
    }
    return made(who, reference, known.orElse(""));
  }

  private boolean isThere(String id) throws StripeException {
    try {
      return !Boolean.TRUE.equals(call.client().v1().customers().retrieve(id).getDeleted());
    } catch (InvalidRequestException e) {
      if ("resource_missing".equals(e.getCode())) {
        return false;
      }
      throw e;
    }
  }

  private Iterable<Customer> byAddress(String email) throws StripeException {
    var params = CustomerListParams.builder().setEmail(email).setLimit(StripePages.PAGE);
    return Unreadable.demand("data", call.client().v1().customers().list(params.build()).getData());
  }

  /**
   * Stripe refuses a key with other details, such as a new address, and under the key of one that
   * was deleted, it shows that one.
   */
  private String made(CustomerDetails who, String reference, String gone) throws StripeException {
    var params = CustomerCreateParams.builder().putMetadata(REFERENCE, reference);
    who.email().ifPresent(params::setEmail);
    who.name().ifPresent(params::setName);
    List<String> all = List.of(who.email().orElse(""), who.name().orElse(""), gone);
    String key = "gatehouse.customer." + reference + "." + StripeParts.hash(all.toString());
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
