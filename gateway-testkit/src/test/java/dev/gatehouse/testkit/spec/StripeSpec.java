package dev.gatehouse.testkit.spec;

import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.spec.SpecException.Part;
import java.nio.file.Path;
import java.util.List;

/** Stripe's description, which is of API version 2023-08-16, and what is newer than it. */
public final class StripeSpec {
  static final String FILE = "stripe-openapi-2023-08-16.json";

  /** What the description does not know, each with its reason. */
  public static final List<SpecException> NEWER =
      List.of(
          new SpecException(
              Part.RESPONSE_BODY,
              "*",
              List.of("cancellation_reason"),
              "since 2025-03-31 an expired hold is cancelled as 'expired', no longer 'automatic'"),
          new SpecException(
              Part.RESPONSE_BODY,
              "*",
              List.of("data", "*", "cancellation_reason"),
              "the same, in lists"),
          new SpecException(
              Part.RESPONSE_BODY,
              "*",
              List.of("payment_intent", "cancellation_reason"),
              "the same, in a Checkout Session whose intent was asked for"),
          new SpecException(
              Part.QUERY,
              "GET /v1/checkout/sessions",
              List.of("created"),
              "since 2024 sessions can be listed by the time of their making"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/payment_intents",
              List.of("payment_method_options", "card", "request_multicapture"),
              "since 2023-11 holds of cards can be captured several times"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/payment_intents/{intent}/capture",
              List.of("final_capture"),
              "the same"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/checkout/sessions",
              List.of("payment_method_options", "card", "request_multicapture"),
              "the same, of a hold on a page"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/payment_intents",
              List.of("confirmation_token"),
              "since 2024 Stripe's script makes tokens that bring what the customer agreed to"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/setup_intents",
              List.of("confirmation_token"),
              "the same"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/webhook_endpoints",
              List.of("api_version"),
              "the SDK's version is newer"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/webhook_endpoints",
              List.of("enabled_events", "=refund.failed"),
              "since 2024 there is refund.failed"),
          new SpecException(
              Part.REQUEST_BODY,
              "POST /v1/webhook_endpoints/{webhook_endpoint}",
              List.of("enabled_events", "=refund.failed"),
              "since 2024 there is refund.failed"));

  private StripeSpec() {}

  /** The file with the description, for other programs to read. */
  public static Path description() {
    return Specs.path(FILE);
  }

  /** A door that holds all that goes through it against the description, if that is there. */
  public static HeldTransport around(HttpTransport inner) {
    return new HeldTransport(FILE, Specs.find(FILE).map(spec -> spec.allowing(NEWER)), inner);
  }
}
