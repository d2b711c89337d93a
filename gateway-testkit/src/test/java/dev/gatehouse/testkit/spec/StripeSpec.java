package dev.gatehouse.testkit.spec;

import dev.gatehouse.testkit.spec.SpecException.Part;
import java.util.List;

/** Stripe's description, which is of API version 2023-08-16, and what is newer than it. */
public final class StripeSpec {
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

  /** The description; the test that asks is skipped, aloud, if it is not there. */
  public static ApiSpec load() {
    return Specs.load("stripe-openapi-2023-08-16.json").allowing(NEWER);
  }
}
