package dev.gatehouse.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import java.util.Optional;

/** Why Stripe refuses what it was asked about a stored method: not every refusal says so. */
enum StripeMissing {
  /** It is stored, and the refusal is about something else. */
  STORED,
  /** It is stored no more, or was never there: Stripe takes nothing back that was detached. */
  GONE,
  /** It is stored in another account. */
  ELSEWHERE;

  /**
   * Stripe says of the methods of another account that they are not there, and so it does of its
   * customers. In the right account it shows even a customer who was deleted.
   *
   * @param owner the customer that the method is stored for, where that is known
   */
  static StripeMissing of(
      StripeCall call, String method, Optional<String> owner, InvalidRequestException refused)
      throws StripeException {
    if (!isMissing(refused)) {
      var shown = call.client().v1().paymentMethods().retrieve(method);
      return shown.getCustomer() == null ? GONE : STORED;
    }
    return owner.isEmpty() || isShown(call, owner.get()) ? GONE : ELSEWHERE;
  }

  private static boolean isShown(StripeCall call, String customer) throws StripeException {
    try {
      call.client().v1().customers().retrieve(customer);
      return true;
    } catch (InvalidRequestException e) {
      if (isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isMissing(InvalidRequestException refused) {
    return "resource_missing".equals(refused.getCode());
  }
}
