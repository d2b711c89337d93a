package dev.gatehouse.examples.membership;

import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.id.CustomerId;
import java.net.URI;
import java.util.Map;

/**
 * Which integration hooks the site has: one to HubSpot and one to Google Analytics 4, or to what
 * takes their places. Both are found by themselves; this is all that a site says of them.
 */
final class SiteHooks {
  /** Where the contact's id is kept among the customer's metadata. */
  static final String CONTACT_ID = "crm_contact_id";

  static final String TOKEN = "pat-na1-of-the-tour";
  static final String MEASUREMENT_ID = "G-TOUR000001";
  static final String API_SECRET = "secret-of-the-tour";

  private SiteHooks() {}

  /** The hooks, telling these places. The tour plays in test mode, so they hear of that, too. */
  static HookConfigs telling(URI crm, URI analytics) {
    return HookConfigs.collect()
        .add(
            HookConfig.live(
                    "crm",
                    "crm-hubspot",
                    Map.of(
                        "access-token",
                        TOKEN,
                        "base-url",
                        crm.toString(),
                        "property-plan",
                        Receiver.PLAN,
                        "property-status",
                        Receiver.STATUS,
                        "contact-id-key",
                        CONTACT_ID))
                .withTestEvents())
        .add(
            HookConfig.live(
                    "analytics",
                    "analytics-ga4",
                    Map.of(
                        "measurement-id", MEASUREMENT_ID,
                        "api-secret", API_SECRET,
                        "base-url", analytics.toString()))
                .withTestEvents());
  }

  /** The visit of a customer, as the browser's analytics would tell it. */
  static Attribution visit(CustomerId customer) {
    return Attribution.none()
        .client(clientOf(customer.value()))
        .session("1700000001")
        .granting(Purpose.ANALYTICS);
  }

  /** What analytics knows a customer's browser by. */
  static String clientOf(String customer) {
    return "browser-of-" + customer;
  }
}
