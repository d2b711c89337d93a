package dev.gatehouse.testkit.spec;

import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.spec.SpecException.Part;
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
              "the same, in lists"));

  private StripeSpec() {}

  /** A door that holds all that goes through it against the description, if that is there. */
  public static HeldTransport around(HttpTransport inner) {
    return new HeldTransport(FILE, Specs.find(FILE).map(spec -> spec.allowing(NEWER)), inner);
  }
}
