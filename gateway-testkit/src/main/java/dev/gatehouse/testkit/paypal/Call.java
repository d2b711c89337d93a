package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated request.
 *
 * @param kind which call it is
 * @param app whose token it carries
 * @param request as it came
 * @param id the id in its path; empty if there is none
 * @param body its body; an empty object if it has none
 */
record Call(Kind kind, PayPalApp app, HttpRequest request, String id, Fields body) {

  /** The calls whose request ids and refusals differ. */
  enum Kind {
    CREATE_ORDER,
    PATCH_ORDER,
    AUTHORIZE_ORDER,
    CAPTURE_ORDER,
    CAPTURE_HOLD,
    REAUTHORIZE,
    VOID,
    REFUND,
    SET_UP,
    VAULT,
    PATCH_WEBHOOK,
    OTHER;

    boolean isOfOrders() {
      return ordinal() <= CAPTURE_ORDER.ordinal();
    }

    boolean isOfVault() {
      return this == SET_UP || this == VAULT;
    }

    /** Patches and verifications know no request ids. */
    boolean takesKeys() {
      return !isPatch() && this != OTHER;
    }

    /** Its body is a list of changes. */
    boolean isPatch() {
      return this == PATCH_ORDER || this == PATCH_WEBHOOK;
    }
  }

  @Nullable String key() {
    return request.headers().first("paypal-request-id").orElse(null);
  }

  /** The answer is the whole resource, and not only its id, status and links. */
  boolean wantsRepresentation() {
    return request.headers().first("prefer").filter("return=representation"::equals).isPresent();
  }

  Issue unprocessable(String issue) {
    return Issue.unprocessable(kind, issue);
  }
}
